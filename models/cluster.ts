import { type Instance, instance } from '#composition/instance.ts';
import { allocationBefore, attachmentBefore, claimBefore, mountBefore, watcherBefore } from '#models/beginning.ts';
import type { Behaviours } from '#models/designs/behaviour.ts';
import type { Design } from '#models/designs/design.ts';
import { allocation } from '#models/machines/allocation.ts';
import { attachment } from '#models/machines/attachment.ts';
import { claim } from '#models/machines/claim.ts';
import { clock } from '#models/machines/clock.ts';
import { collector } from '#models/machines/collector.ts';
import { evaluation } from '#models/machines/evaluation.ts';
import { faults } from '#models/machines/faults.ts';
import { mount } from '#models/machines/mount.ts';
import { node } from '#models/machines/node.ts';
import { operators } from '#models/machines/operators.ts';
import { controllerPlugin, nodePlugin } from '#models/machines/plugins.ts';
import { publish } from '#models/machines/publish.ts';
import { server } from '#models/machines/server.ts';
import { unpublish } from '#models/machines/unpublish.ts';
import { volume } from '#models/machines/volume.ts';
import { watcher } from '#models/machines/watcher.ts';
import type { FaultKind } from '#models/scopes/fault.ts';
import type { Scope } from '#models/scopes/scope.ts';

/** The instances of one world, as the actions find them. */
export interface Cluster {
  readonly design: Design;
  readonly behaviours: Behaviours;
  readonly scope: Scope;
  /** The clients' and operators' part is played by hand, as in a recording: each of their requests may come at any time. */
  readonly byHand: boolean;
  /** Volumes that are claimed and left out: what is seen of them may be in the way of this world's. */
  readonly elsewhere: boolean;
  /** Allocations that use a volume left out; their records decide whether a node is collected. */
  readonly bystanders: readonly Bystander[];
  readonly server: Instance<typeof server>;
  readonly collector: Instance<typeof collector>;
  readonly clock: Instance<typeof clock>;
  readonly faults: Instance<typeof faults>;
  readonly operators: Instance<typeof operators>;
  readonly controllerPlugin: Instance<typeof controllerPlugin>;
  readonly nodes: readonly NodePart[];
  readonly volumes: readonly VolumePart[];
  readonly claims: readonly ClaimPart[];
}

/** An allocation on one of the nodes, with no part in the volumes of this world. */
export interface Bystander {
  readonly alloc: string;
  readonly node: NodePart;
  readonly allocation: Instance<typeof allocation>;
}

/** A client and its node plugin. */
export interface NodePart {
  readonly name: string;
  readonly node: Instance<typeof node>;
  readonly plugin: Instance<typeof nodePlugin>;
  readonly claims: readonly ClaimPart[];
}

/** A volume: its place in the leader's sweep, its watcher, the claims on it. */
export interface VolumePart {
  readonly name: string;
  readonly index: number;
  readonly access: Scope['volumes'][number]['access'];
  /** Its provider refuses every detach. */
  readonly neverDetaches: boolean;
  /** Its provider never answers one. */
  readonly neverAnswers: boolean;
  /** The servers have it unmounted in whatever mode it was claimed last, and it is claimed in several. */
  readonly takesItsMode: boolean;
  readonly volume: Instance<typeof volume>;
  readonly watcher: Instance<typeof watcher>;
  /** Where claims are collected by evaluations. */
  readonly evaluation: Instance<typeof evaluation> | null;
  readonly claims: readonly ClaimPart[];
}

/** One allocation's use of one volume on one machine. */
export interface ClaimPart {
  /** `v1/a1` */
  readonly name: string;
  readonly alloc: string;
  readonly mode: 'read' | 'write';
  /** The allocation that it is to take the place of once it runs. */
  readonly canaryOf: string | null;
  readonly volume: VolumePart;
  readonly node: NodePart;
  readonly claim: Instance<typeof claim>;
  readonly allocation: Instance<typeof allocation>;
  readonly mount: Instance<typeof mount>;
  readonly attachment: Instance<typeof attachment>;
  readonly publish: Instance<typeof publish>;
  readonly unpublishes: readonly UnpublishPart[];
  /** The claim of the allocation that this one's replaces. */
  readonly replaces: ClaimPart | null;
  /** Nobody stops its allocation, and its task does not end by itself. */
  readonly stays: boolean;
  /** Its group has `disconnect.lost_after`: on a disconnected node it is unknown for a while. */
  readonly mayBeUnknown: boolean;
}

/** One caller's Unpublish of one claim. Where leaders change, a watcher has two: a new leader's need not wait for an old call. */
export interface UnpublishPart {
  /** `v1/a1, watcher` */
  readonly name: string;
  readonly caller: 'watcher' | 'client';
  readonly seat: 0 | 1 | null;
  readonly unpublish: Instance<typeof unpublish>;
  readonly of: ClaimPart;
}

/** Builds the instances of a design in a scope, with a budget of faults. */
export function buildCluster(design: Design, scope: Scope, faultsLeft: number, byHand = false): Cluster {
  const { burst, perTick } = design.behaviours.watcherLimiter ?? { burst: 0, perTick: 0 };
  const limiter = { burst: Math.min(burst, scope.burst ?? burst), perTick: Math.min(perTick, scope.burst ?? perTick) };
  const kinds: Partial<Record<FaultKind, number>> = Object.fromEntries(
    Object.entries(scope.faults).map(([kind, cap]) => [kind, cap === true ? faultsLeft : cap]),
  );
  const volumes = scope.volumes.map(({ name, access, neverDetaches, neverAnswers = false }, index) => ({
    name,
    index,
    access,
    neverDetaches,
    neverAnswers,
    takesItsMode:
      design.behaviours.unmountMode === 'volumes' &&
      scope.allocations.some((one) => one.volume === name && one.mode === 'read'),
    volume: instance(`volume ${name}`, volume),
    watcher: instance(
      `watcher ${name}`,
      watcher,
      limiter,
      watcherBefore(scope.allocations.filter((one) => one.volume === name)),
    ),
    evaluation:
      design.behaviours.claimEvaluations === 'none' || byHand ? null : instance(`evaluation ${name}`, evaluation),
    claims: [] as ClaimPart[],
  }));
  const nodes = scope.nodes.map((name) => ({
    name,
    node: instance(`node ${name}`, node),
    plugin: instance(`nodePlugin ${name}`, nodePlugin),
    claims: [] as ClaimPart[],
  }));
  const shared = new Map<string, Pick<ClaimPart, 'mount' | 'attachment'>>();
  const claims: ClaimPart[] = [];
  const running = new Map<string, ClaimPart['allocation']>();
  for (const one of scope.allocations) {
    const { name: alloc, volume, node: at, replaces, canaryOf = null, mode = 'write' } = one;
    const [ofVolume, ofNode] = [volumes.find((one) => one.name === volume), nodes.find((one) => one.name === at)];
    if (!ofVolume || !ofNode)
      throw new RangeError(`scope ${scope.name}: allocation ${alloc} is about no volume or node of it`);
    const place = `${volume}@${at}`;
    const users = scope.allocations.filter((other) => other.volume === volume && other.node === at);
    const { mount: mounted, attachment: attached } = shared.get(place) ?? {
      mount: instance(`mount ${place}`, mount, { shared: users.length > 1 }, mountBefore(users)),
      attachment: instance(`attachment ${place}`, attachment, undefined, attachmentBefore(users)),
    };
    shared.set(place, { mount: mounted, attachment: attached });
    // One allocation may use several volumes; only a recording's does.
    const its = running.get(alloc) ?? instance(`allocation ${alloc}`, allocation, undefined, allocationBefore(one));
    running.set(alloc, its);
    const unpublishes: UnpublishPart[] = [];
    const part: ClaimPart = {
      name: `${volume}/${alloc}`,
      alloc,
      mode,
      canaryOf,
      volume: ofVolume,
      node: ofNode,
      claim: instance(`claim ${volume}/${alloc}`, claim, undefined, claimBefore(one)),
      allocation: its,
      mount: mounted,
      attachment: attached,
      publish: instance(`publish ${volume}/${alloc}`, publish),
      unpublishes,
      replaces: claims.find((other) => other.alloc === replaces) ?? null,
      stays: one.stays ?? false,
      mayBeUnknown: one.mayBeUnknown ?? false,
    };
    const add = (caller: UnpublishPart['caller'], seat: UnpublishPart['seat'], name: string) =>
      unpublishes.push({ name, caller, seat, unpublish: instance(`unpublish ${name}`, unpublish), of: part });
    add('watcher', 0, `${part.name}, watcher`);
    if (scope.faults.leaderChange) add('watcher', 1, `${part.name}, watcher of the next leader`);
    add('client', null, `${part.name}, client`);
    if (byHand) {
      add('client', null, `${part.name}, client again`);
      add('client', null, `${part.name}, client once more`);
    }
    ofVolume.claims.push(part);
    ofNode.claims.push(part);
    claims.push(part);
  }
  return {
    design,
    behaviours: design.behaviours,
    scope,
    byHand,
    elsewhere: false,
    bystanders: [],
    server: instance('server', server),
    collector: instance('collector', collector),
    clock: instance('clock', clock),
    faults: instance('faults', faults, { left: faultsLeft, kinds }),
    operators: instance('operators', operators, { left: scope.commands ?? Number.POSITIVE_INFINITY }),
    controllerPlugin: instance('controllerPlugin', controllerPlugin),
    nodes,
    volumes,
    claims,
  };
}

/** Every instance of a cluster once, neighbours beside each other. */
export function instancesOf(cluster: Cluster): Instance[] {
  const all: Instance[] = [
    ...cluster.claims.flatMap(({ claim, allocation, publish, mount, attachment, unpublishes }) => [
      claim,
      allocation,
      publish,
      mount,
      attachment,
      ...unpublishes.map((one) => one.unpublish),
    ]),
    ...cluster.volumes.flatMap((one) => [one.watcher, one.volume, ...(one.evaluation ? [one.evaluation] : [])]),
    ...cluster.bystanders.map((one) => one.allocation),
    ...cluster.nodes.flatMap((one) => [one.node, one.plugin]),
    cluster.controllerPlugin,
    cluster.server,
    cluster.collector,
    cluster.clock,
    cluster.faults,
    cluster.operators,
  ];
  return [...new Set(all)];
}
