import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise one provider that hangs stops the scheduler for everybody. */
export const schedulingGoesOn: PromiseSpec = {
  name: 'schedulingGoesOn',
  form: 'leads to',
  words: 'an allocation on a node that is down is marked lost in the end, whatever a provider does',
  appliesTo: ({ volumes }) => volumes.some((one) => one.neverAnswers === true),
  obligations: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'leadsTo',
        name: `allocation ${part.alloc} is marked lost`,
        from: predicate(
          { node: part.node.node, allocation: part.allocation },
          ({ node, allocation }) =>
            node.at('believed.down', 'believed.collected') && allocation.at('record.live', 'record.stopping'),
        ),
        to: predicate(
          { allocation: part.allocation },
          ({ allocation }) => !allocation.at('record.live', 'record.stopping'),
        ),
        stays: true,
        forGood: false,
      },
      broken: `allocation ${part.alloc} is on a node that is down, and no worker has time to mark it lost`,
    })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `the provider is asked to detach for ${part.name}`,
        holds: predicate({ all: part.unpublishes.map((one) => one.unpublish) }, ({ all }) =>
          all.some((one) => one.at('controllerCall')),
        ),
      },
      broken: `the provider is never asked to detach for ${part.name}`,
    })),
};
