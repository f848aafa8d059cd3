import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise two hosts write to one file system that knows of one. */
export const singleWriter: PromiseSpec = {
  name: 'singleWriter',
  form: 'always',
  words: 'a single-writer volume is mounted writable on one node at most',
  appliesTo: (scope) =>
    scope.volumes.some(
      ({ name, access }) =>
        access === 'single-node-writer' &&
        new Set(scope.allocations.filter((one) => one.volume === name).map((one) => one.node)).size > 1,
    ),
  obligations: ({ cluster, composition: { predicate } }) =>
    cluster.volumes
      .filter((volume) => volume.access === 'single-node-writer')
      .map((volume) => {
        const places = volume.claims.filter(
          (part, i) => volume.claims.findIndex((other) => other.mount === part.mount) === i,
        );
        return {
          formula: {
            kind: 'always',
            name: `${volume.name} is mounted on one node at most`,
            holds: predicate(
              { mounts: places.map((part) => part.mount), nodes: places.map((part) => part.node.node) },
              ({ mounts, nodes }) =>
                mounts.filter((one, i) => one.at('published') && !nodes[i]?.at('machine.gone')).length <= 1,
            ),
          },
          broken: `${volume.name} is mounted writable on two nodes at once`,
        };
      }),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `${part.name} is mounted`,
        holds: predicate({ mount: part.mount }, ({ mount }) => mount.context.users.includes(part.alloc)),
      },
      broken: `${part.volume.name} is never mounted for ${part.alloc}`,
    })),
};
