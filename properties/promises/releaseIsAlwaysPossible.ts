import { releasable } from '#properties/over.ts';
import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise no schedule and no operator gets out of where the cluster is. */
export const releaseIsAlwaysPossible: PromiseSpec = {
  name: 'releaseIsAlwaysPossible',
  form: 'possible',
  words:
    'from every state some schedule (operators allowed) releases every claim and every attachment of what is ever over',
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { predicate } }) => {
    const claims = releasable(cluster).filter((part) => !part.stays);
    // Whoever stays on a machine keeps the volume attached to it.
    const kept = new Set(cluster.claims.filter((part) => part.stays).map((part) => part.attachment));
    const attachments = new Set(claims.map((part) => part.attachment).filter((one) => !kept.has(one)));
    return [
      {
        formula: {
          kind: 'possible',
          name: 'everything can be released',
          goal: predicate(
            {
              claims: claims.map((part) => part.claim),
              attachments: [...attachments],
            },
            ({ claims, attachments }) =>
              claims.every((one) => one.at('absent')) && attachments.every((one) => one.at('detached')),
          ),
        },
        broken: 'no schedule releases every claim and every attachment any more',
      },
    ];
  },
  witnesses: ({ cluster, composition: { predicate } }) => [
    {
      formula: {
        kind: 'sometimes',
        name: 'something is held',
        holds: predicate({ claims: cluster.claims.map((part) => part.claim) }, ({ claims }) =>
          claims.some((one) => one.context.held),
        ),
      },
      broken: 'nothing is ever held',
    },
  ],
};
