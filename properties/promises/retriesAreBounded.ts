import type { Counted } from '#models/note.ts';
import { everywhere, type PromiseSpec } from '#properties/promise.ts';

const counted = {
  attempts: 'unpublish attempts',
  nodeCalls: 'calls to its node',
  controllerCalls: 'calls to its controller',
} as const satisfies Record<Counted, string>;

/**
 * Otherwise one stuck claim burns the leader, the Raft log and the provider's quota.
 *
 * Where the scope holds a volume that can never be released, it is tried for ever in every release: then only what
 * happens between two ticks must be finite.
 */
export const retriesAreBounded: PromiseSpec = {
  name: 'retriesAreBounded',
  form: 'bound',
  words:
    'unpublish attempts, node calls and controller calls per claim are finite between two ticks, and finite in all unless the scope holds a volume that can never be released',
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { actions } }) => {
    const isHopeless = cluster.volumes.some((one) => one.neverDetaches);
    const ticks = new Set(actions.flatMap((one, id) => (one.note.isTick ? [id] : [])));
    return cluster.claims.flatMap((part) =>
      (Object.keys(counted) as Counted[]).map((what) => ({
        formula: {
          kind: 'bound' as const,
          name: cluster.claims.length === 1 ? what : `${part.name} ${what}`,
          counted: new Set(
            actions.flatMap(({ note }, id) =>
              note.counts?.what === what && note.counts.claim === part.name ? [id] : [],
            ),
          ),
          ticks,
          ...(isHopeless && { only: 'perTick' as const }),
        },
        broken: `there is no end to the ${counted[what]} for claim ${part.name}`,
      })),
    );
  },
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `claim ${part.name} is being unpublished`,
        holds: predicate({ all: part.unpublishes.map((one) => one.unpublish) }, ({ all }) =>
          all.some((one) => !one.at('idle', 'listed', 'requested')),
        ),
      },
      broken: `claim ${part.name} is never unpublished`,
    })),
};
