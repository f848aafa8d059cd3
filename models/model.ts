import { type Composition, compose } from '#composition/compose.ts';
import { changing } from './actions/changing.ts';
import { claiming } from './actions/claiming.ts';
import { collecting } from './actions/collecting.ts';
import { colliding } from './actions/colliding.ts';
import { commanding } from './actions/commanding.ts';
import { crashing } from './actions/crashing.ts';
import { detachingInVain } from './actions/detachingInVain.ts';
import { draining } from './actions/draining.ts';
import { ending } from './actions/ending.ts';
import { evaluating } from './actions/evaluating.ts';
import { leading } from './actions/leading.ts';
import { plugging } from './actions/plugging.ts';
import { promoting } from './actions/promoting.ts';
import { readingStored } from './actions/readingStored.ts';
import { registering } from './actions/registering.ts';
import { releasing } from './actions/release/release.ts';
import { systemGC } from './actions/systemGC.ts';
import { watching } from './actions/watching.ts';
import { buildCluster, type Cluster, instancesOf } from './cluster.ts';
import type { Design } from './designs/design.ts';
import type { ModelAction, Note } from './note.ts';
import type { Scope } from './scopes/scope.ts';

/** A design in a scope, composed: what every judge starts from. */
export interface Model {
  readonly cluster: Cluster;
  readonly composition: Composition<Note>;
}

/** Everything that can happen in a cluster: what Nomad does, and what the world and operators do to it. */
export function actionsOf(cluster: Cluster): ModelAction[] {
  return [
    claiming,
    ending,
    releasing,
    watching,
    collecting,
    systemGC,
    changing,
    leading,
    plugging,
    registering,
    commanding,
    crashing,
    evaluating,
    readingStored,
    colliding,
    draining,
    promoting,
    detachingInVain,
  ].flatMap((part) => part(cluster));
}

/** Composes a design in a scope with a budget of faults. */
export function buildModel(design: Design, scope: Scope, faults: number): Model {
  const cluster = buildCluster(design, scope, faults);
  return { cluster, composition: compose(instancesOf(cluster), actionsOf(cluster)) };
}
