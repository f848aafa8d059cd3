import type { ClaimPart } from '#models/cluster.ts';
import type { Model } from '#models/model.ts';
import { answers, isOver, pluginsOf, releasable } from '#properties/over.ts';
import type { Obligation, PromiseSpec } from '#properties/promise.ts';

/**
 * Otherwise one volume that is stuck takes the others with it.
 *
 * Expected to fail up to 1.9.7, where two things leak from the stuck volume to the rest: every write of its loop wakes
 * every watcher, so an idle volume is read as often as the stuck one is tried; and a goroutine that waits for the stuck
 * volume's full channel holds the lock over all watchers, so nobody else is told of anything while a call to the stuck
 * volume's node hangs (executed.md X6, X24).
 */
export const volumesAreIsolated: PromiseSpec = {
  name: 'volumesAreIsolated',
  form: 'bound',
  words:
    'a volume that can never be released delays no other volume, and no watcher makes more than finitely many passes between two ticks',
  appliesTo: (scope) => scope.volumes.length > 1 && scope.volumes.some((one) => one.neverDetaches),
  obligations: (model) => [
    ...model.cluster.volumes.map((volume) => passes(model, volume.name)),
    ...releasable(model.cluster).flatMap((part) => [released(model, part), attempted(model, part)]),
  ],
  witnesses: (model) => {
    const { cluster, composition } = model;
    const stuck = cluster.claims.filter((part) => part.volume.neverDetaches);
    return releasable(model.cluster).map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `${part.name} is due while a volume is stuck`,
        holds: composition.predicate(
          { claim: part.claim, allocation: part.allocation, stuck: stuck.map((one) => one.claim) },
          ({ claim, allocation, stuck }) =>
            claim.context.held && isOver(allocation) && stuck.some((one) => one.at('past.nodeDetached')),
        ),
      },
      broken: `claim ${part.name} is never due while another volume is stuck`,
    }));
  },
};

function passes({ composition: { actions } }: Model, volume: string): Obligation {
  return {
    formula: {
      kind: 'bound',
      name: `passes over ${volume}`,
      counted: new Set(actions.flatMap((one, id) => (one.name === `watcher starts a pass (${volume})` ? [id] : []))),
      ticks: new Set(actions.flatMap((one, id) => (one.note.isTick ? [id] : []))),
      only: 'perTick',
    },
    broken: `there is no end to the passes over ${volume}`,
  };
}

function released({ cluster, composition: { predicate } }: Model, part: ClaimPart): Obligation {
  return {
    formula: {
      kind: 'leadsTo',
      name: `claim ${part.name} is released beside a stuck volume`,
      from: predicate(
        { allocation: part.allocation, ...pluginsOf(cluster, part) },
        ({ allocation, ...plugins }) => isOver(allocation) && answers(plugins),
      ),
      to: predicate({ claim: part.claim }, ({ claim }) => !claim.context.held),
      stays: true,
      forGood: false,
    },
    broken: `allocation ${part.alloc} is over and its claim on ${part.volume.name} waits for another volume for ever`,
  };
}

/** What delays it is seen where a node answers nothing about the stuck volume: nobody owes that answer here. */
function attempted({ cluster, composition: { actions, predicate } }: Model, part: ClaimPart): Obligation {
  const stuck = cluster.claims.filter((one) => one.volume.neverDetaches).flatMap((one) => one.unpublishes);
  const answersOfNodes = new Set(
    stuck.flatMap(({ name }) => [
      `client unmounts for the servers (${name})`,
      `client fails to unmount for the servers (${name})`,
    ]),
  );
  return {
    formula: {
      kind: 'leadsTo',
      name: `claim ${part.name} is attempted while a node hangs over a stuck volume`,
      from: predicate(
        { claim: part.claim, allocation: part.allocation },
        ({ claim, allocation }) => claim.context.held && isOver(allocation),
      ),
      to: predicate(
        { claim: part.claim, all: part.unpublishes.map((one) => one.unpublish) },
        ({ claim, all }) => !claim.context.held || all.some((one) => !one.at('idle')),
      ),
      stays: false,
      forGood: false,
      fairness: new Map(actions.flatMap((one, id) => (answersOfNodes.has(one.name) ? [[id, 'none'] as const] : []))),
    },
    broken: `allocation ${part.alloc} is over, and while a node hangs over another volume nobody attempts its claim on ${part.volume.name}`,
  };
}
