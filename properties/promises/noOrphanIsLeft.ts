import { answers, isOver, pluginsOf } from '#properties/over.ts';
import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise the store or a host keeps what belongs to nobody. */
export const noOrphanIsLeft: PromiseSpec = {
  name: 'noOrphanIsLeft',
  form: 'leads to',
  words: 'a past claim or a mount that outlives its claim is removed in the end',
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { predicate } }) =>
    cluster.claims.flatMap((part) => [
      {
        formula: {
          kind: 'leadsTo' as const,
          name: `past claim ${part.name} does not outlive its claim`,
          from: predicate(
            { claim: part.claim, ...pluginsOf(cluster, part) },
            ({ claim, ...plugins }) => claim.at('past') && !claim.context.held && answers(plugins),
          ),
          to: predicate({ claim: part.claim }, ({ claim }) => claim.context.held || !claim.at('past')),
          stays: true,
          forGood: false,
        },
        broken: `a past claim of ${part.alloc} on ${part.volume.name} outlives the claim for ever`,
      },
      {
        formula: {
          kind: 'leadsTo' as const,
          name: `mount of ${part.name} does not outlive its claim`,
          from: predicate(
            {
              claim: part.claim,
              allocation: part.allocation,
              mount: part.mount,
              plugin: part.node.plugin,
              node: part.node.node,
            },
            ({ claim, allocation, mount, plugin, node }) =>
              claim.at('absent') &&
              isOver(allocation) &&
              mount.context.users.includes(part.alloc) &&
              node.at('machine.running') &&
              plugin.at('registered'),
          ),
          to: predicate({ mount: part.mount }, ({ mount }) => !mount.context.users.includes(part.alloc)),
          stays: true,
          forGood: false,
        },
        broken: `${part.volume.name} stays mounted on ${part.node.name} for ${part.alloc}, whose claim is gone`,
      },
    ]),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `past claim ${part.name} outlives its claim for a while`,
        holds: predicate({ claim: part.claim }, ({ claim }) => claim.at('past') && !claim.context.held),
      },
      broken: `no past claim of ${part.alloc} outlives its claim`,
    })),
};
