import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise one server's store differs from the others', and nobody is told of a change. */
export const storeChangesByWritesOnly: PromiseSpec = {
  name: 'storeChangesByWritesOnly',
  form: 'always',
  words: 'a stored claim changes only by a write that every server applies',
  appliesTo: ({ events }) => events.includes('systemGC') || events.includes('volumeDeregisteredByForce'),
  obligations: ({ cluster, composition: { stepPredicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'alwaysStep',
        name: `claim ${part.name} changes by writes only`,
        // Every write moves the index of the table, of which the watchers are to be told.
        holds: stepPredicate({ claim: part.claim, server: cluster.server }, (before, after) => {
          const changes = states.some((state) => before.claim.at(state) !== after.claim.at(state));
          return !changes || after.server.context.dirty;
        }),
      },
      broken: `the stored claim ${part.name} changes and nothing was written`,
    })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `claim ${part.name} is past`,
        holds: predicate({ claim: part.claim }, ({ claim }) => claim.at('past')),
      },
      broken: `claim ${part.name} is never past`,
    })),
};

const states = ['absent', 'taken', 'past.unpublishing', 'past.nodeDetached'] as const;
