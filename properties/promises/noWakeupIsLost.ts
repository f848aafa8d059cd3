import { isOver } from '#models/past.ts';
import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise a release waits for the next periodic collection, and where that fails, for ever. */
export const noWakeupIsLost: PromiseSpec = {
  name: 'noWakeupIsLost',
  form: 'leads to',
  words: 'a reapable claim is attempted even if the periodic claim collection never runs again',
  appliesTo: everywhere,
  obligations: (model) => {
    const { cluster, composition } = model;
    const collections = new Set(
      composition.actions.flatMap(({ note }, id) =>
        note.rule === 'server collects claims as time passes' ? [id] : [],
      ),
    );
    return cluster.claims.map((part) => ({
      formula: {
        kind: 'leadsTo',
        name: `claim ${part.name} is attempted`,
        from: composition.predicate(
          { claim: part.claim, allocation: part.allocation },
          ({ claim, allocation }) => claim.at('past') || (claim.at('taken') && isOver(allocation, cluster.behaviours)),
        ),
        to: composition.predicate(
          { claim: part.claim, all: part.unpublishes.map((one) => one.unpublish) },
          ({ claim, all }) => claim.at('absent') || all.some((one) => !one.at('idle')),
        ),
        stays: false,
        forGood: false,
        finitelyOften: collections,
      },
      broken: `claim ${part.name} could be released and nobody attempts it`,
    }));
  },
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `claim ${part.name} is reapable`,
        holds: predicate(
          { claim: part.claim, allocation: part.allocation },
          ({ claim, allocation }) => claim.at('past') || (claim.at('taken') && isOver(allocation, cluster.behaviours)),
        ),
      },
      broken: `claim ${part.name} is never reapable`,
    })),
};
