import { besideOnMount } from '#models/actions/colliding.ts';
import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise two calls get in each other's way, and an allocation fails because of another. */
export const callsNeverOverlap: PromiseSpec = {
  name: 'callsNeverOverlap',
  form: 'always',
  words:
    'no two attaches to one machine at once, and no mount while the same volume is unmounted there for the servers',
  appliesTo: ({ callsCollide }) => callsCollide === true,
  obligations: ({ cluster, composition: { predicate, stepPredicate } }) => [
    ...cluster.nodes.map((part) => ({
      formula: {
        kind: 'always' as const,
        name: `attaches to ${part.name} come one at a time`,
        holds: predicate(
          { publishes: part.claims.map((one) => one.publish) },
          ({ publishes }) => publishes.filter((one) => one.at('attaching')).length <= 1,
        ),
      },
      broken: `two volumes are being attached to ${part.name} at once`,
    })),
    ...cluster.claims.flatMap((part) => {
      const beside = besideOnMount(part);
      if (beside.length === 0) return [];
      return [
        {
          formula: {
            kind: 'alwaysStep' as const,
            name: `${part.volume.name} is not mounted for ${part.alloc} while a call unmounts it`,
            holds: stepPredicate(
              {
                allocation: part.allocation,
                calls: beside.flatMap((one) => one.unpublishes.map((two) => two.unpublish)),
              },
              (before, after) =>
                !before.allocation.at('client.mounting') ||
                after.allocation.at('client.mounting') ||
                !after.calls.some((one) => one.at('nodeCall')),
            ),
          },
          broken: `${part.volume.name} is mounted for ${part.alloc} while a call of the servers unmounts it on ${part.node.name}`,
        },
      ];
    }),
  ],
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `${part.volume.name} is being attached for ${part.alloc}`,
        holds: predicate({ publish: part.publish }, ({ publish }) => publish.at('attaching')),
      },
      broken: `${part.volume.name} is never attached for ${part.alloc}`,
    })),
};
