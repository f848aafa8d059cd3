import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { ControllerPluginView } from '#models/machines/plugins.ts';
import type { PublishView } from '#models/machines/publish.ts';
import { client, type ModelAction, type Observation, world } from '#models/note.ts';
import { isTerminal, type RowViews, rowWrite, written } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { asked, isFull, refusesAll, takes, taking } from './claimWrite.ts';
import { besideOnMount } from './colliding.ts';
import { refusesCanary } from './promoting.ts';
import { publishing } from './publishing.ts';

/** How a client takes a claim, has the volume attached and mounts it: server.md section 2, surroundings.md A.2. */
export function claiming(cluster: Cluster): ModelAction[] {
  return cluster.claims.flatMap((part) => [
    ...requesting(cluster, part),
    ...publishing(cluster, part),
    ...(cluster.byHand ? [] : mounting(cluster, part)),
  ]);
}

type Refusal = 'volume not found' | 'volume is currently unschedulable' | 'volume max claims reached';

/** What a claim request is decided on. */
interface Asking extends RowViews {
  readonly allocation: AllocationView;
  readonly publish: PublishView;
  readonly node: NodeView;
  readonly controllerPlugin: ControllerPluginView;
  readonly replaced?: AllocationView;
}

function requesting(cluster: Cluster, part: ClaimPart): ModelAction[] {
  const { behaviours, controllerPlugin, scope } = cluster;
  const { node } = part.node;
  const { allocation } = part;
  /** What is asked before the claim is written; whether the volume is full, when it is. */
  const writesAfter = behaviours.claimIsWritten === 'afterPublish';
  const asks = {
    allocation,
    publish: part.publish,
    node,
    controllerPlugin,
    ...(part.replaces && { replaced: part.replaces.allocation }),
    ...rowWrite(cluster, part),
  };
  /** It is the client's turn, and a server answers. */
  const isDue = (at: Asking) =>
    at.publish.at('idle') &&
    at.server.at('leader') &&
    (cluster.byHand ||
      (at.allocation.at('client.waiting') &&
        at.allocation.at('record.live') &&
        !refusesCanary(part, behaviours.canaryOfSingleWriter) &&
        at.node.at('believed.ready') &&
        at.node.at('machine.running') &&
        (at.replaced === undefined || isTerminal(at.replaced) || at.replaced.at('record.unknown'))));
  /** Why the apply would refuse it, in the order of Nomad's questions. */
  const refusal = (at: Asking): Refusal | null => {
    if (at.volume.at('row.missing')) return 'volume not found';
    if (!isSchedulable(at.controllerPlugin) || refusesAll(part)) return 'volume is currently unschedulable';
    return !writesAfter && isFull(cluster, part, at) ? 'volume max claims reached' : null;
  };
  /** What fingerprints say of the plugin; by hand a machine that has stopped is still what it said last. */
  const isSchedulable = (plugin: ControllerPluginView) =>
    cluster.byHand
      ? plugin.context.nodes.length > 0 && (!scope.controllerRequired || plugin.context.controllers.length > 0)
      : !scope.controllerRequired || plugin.at('registered');
  const isRefused = (at: Asking, error: Refusal) => isDue(at) && refusal(at) === error;
  const take = taking(cluster, part);
  const seen = (error: Refusal): Observation[] => [
    request(part),
    ...(writesAfter ? [] : [take]),
    { what: 'reply', fields: { ...asked(part), ok: false, error } },
  ];
  /** Only a full volume is worth another try, and that only since 1.3.0; with anything else the allocation fails. */
  const gives = (error: Refusal, forGood = '') =>
    client(`is refused a claim${forGood}: ${error}`, {
      of: part.name,
      source: sources.claimApply,
      participants: asks,
      step: (at) => (isRefused(at, error) ? (cluster.byHand ? [] : [at.allocation.gets('claimFailed')]) : disabled),
      seen: () => seen(error),
    });

  return [
    client('claims the volume', {
      of: part.name,
      source: sources.claimApply,
      participants: asks,
      step: (at) => {
        if (!isDue(at) || refusal(at) !== null) return disabled;
        const starts = cluster.byHand ? [] : [at.allocation.gets('claimed')];
        if (writesAfter) return [...starts, at.publish.gets('begins')];
        return written(at, behaviours, ...starts, at.publish.gets('begins'), ...takes(part, at));
      },
      seen: () => [request(part), ...(writesAfter ? [] : [take])],
    }),
    // The apply is refused: the log has the entry, the table has not, and nobody is woken. The client tries again later.
    ...(writesAfter
      ? []
      : behaviours.fullVolume === 'failsTheAllocation'
        ? [gives('volume max claims reached', ' for good')]
        : [
            client('is refused a claim: volume max claims reached', {
              of: part.name,
              source: sources.claimApply,
              fairness: 'none',
              participants: asks,
              step: (at) => (isRefused(at, 'volume max claims reached') ? [] : disabled),
              seen: () => seen('volume max claims reached'),
            }),
          ]),
    gives('volume is currently unschedulable'),
    gives('volume not found'),
    ...(cluster.byHand
      ? []
      : [
          client('gives up before it claimed', {
            of: part.name,
            source: sources.claimWithRetry,
            participants: { allocation },
            step: ({ allocation }) =>
              allocation.at('client.waiting') && isTerminal(allocation) ? [allocation.gets('neverStarted')] : disabled,
          }),
        ]),
  ];
}

function mounting({ behaviours, faults }: Cluster, part: ClaimPart): ModelAction[] {
  const { allocation, mount } = part;
  /** Since 1.11.0 a mount waits for the servers' call for another allocation on the same mount. */
  const calls =
    behaviours.nodeCalls === 'oneAtATime'
      ? besideOnMount(part).flatMap((other) => other.unpublishes.map((one) => one.unpublish))
      : [];
  const { node, plugin } = part.node;
  return [
    client('mounts the volume and starts the task', {
      of: part.name,
      source: sources.mountVolume,
      participants: { allocation, node, plugin, mount, calls },
      step: ({ allocation, node, plugin, mount, calls }) =>
        allocation.at('client.mounting') &&
        !calls.some((one) => one.at('nodeCall')) &&
        !node.at('machine.gone', 'machine.agentGone') &&
        plugin.at('registered')
          ? [allocation.gets('mounted'), mount.gets('published', { alloc: part.alloc })]
          : disabled,
    }),
    client('finds no plugin to mount with', {
      of: part.name,
      source: sources.mountVolume,
      participants: { allocation, node, plugin },
      step: ({ allocation, node, plugin }) =>
        allocation.at('client.mounting') && !node.at('machine.gone', 'machine.agentGone') && !plugin.at('registered')
          ? [allocation.gets('mountFailed')]
          : disabled,
    }),
    world('fails a mount', {
      of: part.name,
      source: sources.mountVolume,
      participants: { allocation, faults },
      step: ({ allocation, faults }) =>
        allocation.at('client.mounting') && mayHappen(faults.context, 'rpcFailure')
          ? [allocation.gets('mountFailed'), faults.gets('happens', { kind: 'rpcFailure' })]
          : disabled,
      fault: 'rpcFailure',
    }),
  ];
}

function request(part: ClaimPart): Observation {
  return { what: 'request', fields: { ...asked(part), node: part.node.name, mode: part.mode } };
}
