import { compose } from '#composition/compose.ts';
import { playingByHand } from './actions/byHand.ts';
import { believing } from './actions/changing.ts';
import { claiming } from './actions/claiming.ts';
import { ending } from './actions/ending.ts';
import { leading } from './actions/leading.ts';
import { registering } from './actions/registering.ts';
import { releasing } from './actions/release/release.ts';
import { systemGC } from './actions/systemGC.ts';
import { watching } from './actions/watching.ts';
import { buildCluster, instancesOf } from './cluster.ts';
import type { Design } from './designs/design.ts';
import type { Model } from './model.ts';
import type { Scope } from './scopes/scope.ts';

/** The world of a recording. */
export interface RecordedWorld {
  readonly volumes: readonly { readonly name: string; readonly access: string }[];
  readonly nodes: readonly string[];
  readonly allocations: readonly { readonly name: string; readonly volume: string; readonly node: string }[];
  readonly acls: boolean;
  /** The machine that runs the controller plugin; `null` if volumes need none. */
  readonly controllerNode: string | null;
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
    volumes: world.volumes.map(({ name, access }) => ({
      name,
      access: access === 'multi-node-multi-writer' ? access : 'single-node-writer',
      neverDetaches: false,
    })),
    nodes: [...world.nodes],
    allocations: world.allocations.map((one) => ({ ...one })),
    controllerRequired: world.controllerNode !== null,
    acls: world.acls,
    faults: { rpcFailure: true, replyLost: true, leaderChange: true },
    events: [],
  };
  const limited = design.behaviours.watcherLimiter !== null;
  const played: Design = {
    ...design,
    behaviours: { ...design.behaviours, watcherLimiter: limited ? { burst: 1, perTick: 1 } : null },
  };
  const cluster = {
    ...buildCluster(played, scope, Number.POSITIVE_INFINITY, true),
    controllerAt: world.controllerNode,
  };
  const actions = [
    claiming,
    ending,
    releasing,
    watching,
    systemGC,
    leading,
    registering,
    believing,
    playingByHand,
  ].flatMap((part) => part(cluster));
  return { cluster, composition: compose(instancesOf(cluster), actions) };
}
