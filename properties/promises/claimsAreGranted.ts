import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise an allocation waits for another that waits for it. */
export const claimsAreGranted: PromiseSpec = {
  name: 'claimsAreGranted',
  form: 'leads to',
  words: 'a canary that waits for its claim gets it in the end, or is given up',
  appliesTo: ({ allocations }) => allocations.some((one) => one.canaryOf !== undefined),
  obligations: ({ cluster, composition: { predicate } }) =>
    cluster.claims
      .filter((part) => part.canaryOf !== null)
      .map((part) => ({
        formula: {
          kind: 'leadsTo',
          name: `claim ${part.name} is granted`,
          from: predicate(
            { allocation: part.allocation, node: part.node.node },
            ({ allocation, node }) =>
              allocation.at('client.waiting') && allocation.at('record.live') && node.at('believed.ready'),
          ),
          to: predicate({ allocation: part.allocation }, ({ allocation }) => !allocation.at('client.waiting')),
          stays: true,
          forGood: false,
        },
        broken: `allocation ${part.alloc} waits for its claim on ${part.volume.name} for ever`,
      })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `claim ${part.name} is held`,
        holds: predicate({ claim: part.claim }, ({ claim }) => claim.context.held),
      },
      broken: `claim ${part.name} is never held`,
    })),
};
