import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise the leader works for nothing, for ever. */
export const clusterFallsQuiet: PromiseSpec = {
  name: 'clusterFallsQuiet',
  form: 'leads to',
  words: 'with nothing left to do, nothing is done',
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { predicate } }) => [
    {
      formula: {
        kind: 'leadsTo',
        name: 'the cluster falls quiet',
        from: predicate(
          {
            claims: cluster.claims.map((part) => part.claim),
            allocations: cluster.claims.map((part) => part.allocation),
          },
          ({ claims, allocations }) =>
            claims.every((one) => one.at('absent')) && allocations.every((one) => one.at('client.over', 'client.dead')),
        ),
        // A leader that is stuck does nothing either: that it is stuck is another promise's matter.
        to: predicate(
          {
            watchers: cluster.volumes.map((one) => one.watcher),
            unpublishes: cluster.claims.flatMap((part) => part.unpublishes.map((one) => one.unpublish)),
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
  witnesses: ({ cluster, composition: { predicate } }) => [
    {
      formula: {
        kind: 'sometimes',
        name: 'nothing is left to do',
        holds: predicate(
          {
            claims: cluster.claims.map((part) => part.claim),
            allocations: cluster.claims.map((part) => part.allocation),
          },
          ({ claims, allocations }) =>
            claims.every((one) => one.at('absent')) && allocations.every((one) => one.at('client.over', 'client.dead')),
        ),
      },
      broken: 'there is always something left to do',
    },
  ],
};
