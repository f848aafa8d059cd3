import type { Predicate } from '#checker/system.ts';
import type { Model } from '#models/model.ts';
import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise the leader works for nothing, for ever. */
export const clusterFallsQuiet: PromiseSpec = {
  name: 'clusterFallsQuiet',
  form: 'leads to',
  words: 'with nothing left to do, nothing is done',
  appliesTo: everywhere,
  obligations: (model) => [
    {
      formula: {
        kind: 'leadsTo',
        name: 'the cluster falls quiet',
        from: nothingIsLeft(model),
        // A leader that is stuck does nothing either: that it is stuck is another promise's matter.
        to: model.composition.predicate(
          {
            watchers: model.cluster.volumes.map((one) => one.watcher),
            unpublishes: model.cluster.claims.flatMap((part) => part.unpublishes.map((one) => one.unpublish)),
          },
          ({ watchers, unpublishes }) =>
            unpublishes.every((one) => one.at('idle')) &&
            watchers.every((one) => !one.at('throttled') && !(one.at('watching') && one.context.full)),
        ),
        stays: true,
        forGood: true,
      },
      broken: 'no claim and no allocation is left, and the servers work on for ever',
    },
  ],
  witnesses: (model) => [
    {
      formula: {
        kind: 'sometimes',
        name: 'nothing is left to do',
        holds: nothingIsLeft(model),
      },
      broken: 'there is always something left to do',
    },
  ],
};

function nothingIsLeft({ cluster, composition }: Model): Predicate {
  return composition.predicate(
    { claims: cluster.claims.map((part) => part.claim), allocations: cluster.claims.map((part) => part.allocation) },
    ({ claims, allocations }) =>
      claims.every((one) => one.at('absent')) && allocations.every((one) => one.at('client.over', 'client.dead')),
  );
}
