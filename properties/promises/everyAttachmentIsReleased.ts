import { answers, isOver, pluginsOf, releasable } from '#properties/over.ts';
import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise the provider keeps the disk at a machine that may be gone, and no other machine gets it. */
export const everyAttachmentIsReleased: PromiseSpec = {
  name: 'everyAttachmentIsReleased',
  form: 'leads to',
  words:
    'an allocation that is over, and stays so, leads to no attachment of it at the provider, if its plugins answer in the end',
  appliesTo: (scope) => scope.controllerRequired,
  obligations: ({ cluster, composition: { predicate } }) =>
    releasable(cluster).map((part) => {
      const users = part.node.claims.filter((other) => other.volume === part.volume).map((other) => other.allocation);
      return {
        formula: {
          kind: 'leadsTo',
          name: `attachment of ${part.name} is released`,
          // Whoever else uses the volume on that machine must be over too.
          from: predicate(
            { users, ...pluginsOf(cluster, part) },
            ({ users, ...plugins }) => users.every(isOver) && answers(plugins),
          ),
          to: predicate({ attachment: part.attachment }, ({ attachment }) => attachment.at('detached')),
          stays: true,
          forGood: false,
        },
        broken: `allocation ${part.alloc} is over and the provider keeps ${part.volume.name} attached to ${part.node.name} for ever`,
      };
    }),
  witnesses: ({ cluster, composition: { predicate } }) =>
    releasable(cluster).map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `attachment of ${part.name} outlasts its allocation`,
        holds: predicate(
          { allocation: part.allocation, attachment: part.attachment },
          ({ allocation, attachment }) => isOver(allocation) && attachment.at('attached'),
        ),
      },
      broken: `allocation ${part.alloc} is never over while its volume is attached`,
    })),
};
