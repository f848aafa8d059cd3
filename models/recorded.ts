import type { EventObject } from 'xstate';
import { type Composition, compose } from '#composition/compose.ts';
import type { Instance } from '#composition/instance.ts';
import { instance } from '#composition/instance.ts';
import { playingByHand } from './actions/byHand/byHand.ts';
import { claiming } from './actions/claiming.ts';
import { ending } from './actions/ending.ts';
import { leading } from './actions/leading.ts';
import { registering } from './actions/registering.ts';
import { releasing } from './actions/release/release.ts';
import { systemGC } from './actions/systemGC.ts';
import { watching } from './actions/watching.ts';
import { buildCluster, type Cluster, instancesOf } from './cluster.ts';
import type { Design } from './designs/design.ts';
import { allocation } from './machines/allocation.ts';
import { controllerPlugin } from './machines/plugins.ts';
import type { Model } from './model.ts';
import type { Note } from './note.ts';
import type { Scope } from './scopes/scope.ts';

/** The world of a recording. */
export interface RecordedWorld {
  readonly volumes: readonly { readonly name: string; readonly access: AccessMode }[];
  readonly nodes: readonly string[];
  readonly allocations: readonly RecordedUse[];
  /** Allocations that only use volumes which this world leaves out, and where they run. */
  readonly bystanders: readonly { readonly name: string; readonly node: string }[];
  /** Some of the volumes that are left out are claimed. */
  readonly elsewhere: boolean;
  readonly acls: boolean;
  /** The machines that ever run a controller; if none does, volumes need none. */
  readonly controllers: readonly string[];
  /** Leaders come and go. */
  readonly leaders: boolean;
}

type AccessMode = Scope['volumes'][number]['access'];

/** One allocation's use of one volume; it may use several. */
export interface RecordedUse {
  readonly name: string;
  readonly volume: string;
  readonly node: string;
  readonly mode: 'read' | 'write';
}

/**
 * The same servers, with clients and operators played by hand: each of their requests and reports may come at any time,
 * and faults have no budget. The limiter's machine always has a token: its real rate is the recording's clock's. A write
 * to a volume that this world leaves out is the observation `write` of type `another volume`.
 */
export function buildRecordedModel(design: Design, world: RecordedWorld): Model {
  const scope: Scope = {
    name: 'recorded',
    says: '',
    cannotShow: '',
    topFaults: 0,
    volumes: world.volumes.map((one) => ({ ...one, neverDetaches: false })),
    nodes: [...world.nodes],
    allocations: world.allocations.map((one) => ({ ...one })),
    controllerRequired: world.controllers.length > 0,
    acls: world.acls,
    faults: { rpcFailure: true, replyLost: true, ...(world.leaders && { leaderChange: true }) },
    events: [],
  };
  const limited = design.behaviours.watcherLimiter !== null;
  const played: Design = {
    ...design,
    behaviours: { ...design.behaviours, watcherLimiter: limited ? { burst: 1, perTick: 1 } : null },
  };
  const built = buildCluster(played, scope, Number.POSITIVE_INFINITY, true);
  const cluster: Cluster = {
    ...built,
    elsewhere: world.elsewhere,
    bystanders: world.bystanders.flatMap(({ name, node }) =>
      built.nodes
        .filter((part) => part.name === node)
        .map((part) => ({ alloc: name, node: part, allocation: instance(`allocation ${name}`, allocation) })),
    ),
    controllerPlugin: instance('controllerPlugin', controllerPlugin, {
      controllers: world.controllers,
      nodes: world.nodes,
    }),
  };
  const actions = [claiming, ending, releasing, watching, systemGC, leading, registering, playingByHand].flatMap(
    (part) => part(cluster),
  );
  return { cluster, composition: beforeAnything(cluster, compose(instancesOf(cluster), actions)) };
}

/** A recording begins before the first machine and the first volume are registered. */
function beforeAnything(cluster: Cluster, composition: Composition<Note>): Composition<Note> {
  const { controllerPlugin: plugin, nodes, volumes } = cluster;
  const before = new Map<Instance, EventObject>([
    ...nodes.map(({ node }) => [node, { type: 'isCollected' }] as const),
    ...volumes.map(({ volume }) => [volume, { type: 'isDeregistered' }] as const),
    [plugin, { type: 'isSet', state: 'missing', controllers: [], nodes: [] } as EventObject],
  ]);
  const fields = composition.system.fields.map((field, i) => {
    const one = composition.instances[i];
    const event = one && before.get(one);
    return event ? { ...field, initial: composition.localStates(one).next(field.initial, event) } : field;
  });
  return { ...composition, system: { ...composition.system, fields } };
}
