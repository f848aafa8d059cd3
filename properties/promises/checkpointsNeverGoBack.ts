import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise a step that was done is done again, or one that was not is taken for done. */
export const checkpointsNeverGoBack: PromiseSpec = {
  name: 'checkpointsNeverGoBack',
  form: 'always',
  words: "a claim's stored progress never regresses",
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { stepPredicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'alwaysStep',
        name: `progress of ${part.name} never regresses`,
        holds: stepPredicate(
          { claim: part.claim },
          (before, after) => !(before.claim.at('past.nodeDetached') && after.claim.at('past.unpublishing', 'taken')),
        ),
      },
      broken: `the stored progress of claim ${part.name} goes back from node-detached`,
    })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `claim ${part.name} is node-detached`,
        holds: predicate({ claim: part.claim }, ({ claim }) => claim.at('past.nodeDetached')),
      },
      broken: `claim ${part.name} is never node-detached`,
    })),
};
