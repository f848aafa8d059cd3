import { answers, isOver, pluginsOf, releasable } from '#properties/over.ts';
import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise the volume stays taken: nobody else may claim it, and nobody may deregister it. */
export const everyClaimIsReleased: PromiseSpec = {
  name: 'everyClaimIsReleased',
  form: 'leads to',
  words: 'an allocation that is over, and stays so, leads to no claim of it, if its plugins answer in the end',
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { predicate } }) =>
    releasable(cluster).map((part) => ({
      formula: {
        kind: 'leadsTo',
        name: `claim ${part.name} is released`,
        from: predicate(
          { allocation: part.allocation, ...pluginsOf(cluster, part) },
          ({ allocation, ...plugins }) => isOver(allocation) && answers(plugins),
        ),
        to: predicate({ claim: part.claim }, ({ claim }) => !claim.context.held),
        stays: true,
        forGood: false,
      },
      broken: `allocation ${part.alloc} is over and its claim on ${part.volume.name} is never released`,
    })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    releasable(cluster).map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `claim ${part.name} is held by an allocation that is over`,
        holds: predicate(
          { allocation: part.allocation, claim: part.claim },
          ({ allocation, claim }) => isOver(allocation) && claim.context.held,
        ),
      },
      broken: `allocation ${part.alloc} is never over while it holds its claim`,
    })),
};
