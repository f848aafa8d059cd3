import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise a mounted file system loses its disk under it, and what it had not written is lost. */
export const detachFollowsUnmount: PromiseSpec = {
  name: 'detachFollowsUnmount',
  form: 'always',
  words: 'no controller detach for a volume that is mounted on a host that still runs',
  appliesTo: (scope) => scope.controllerRequired,
  obligations: ({ cluster, composition: { stepPredicate } }) =>
    placesOf(cluster.claims).map((part) => ({
      formula: {
        kind: 'alwaysStep',
        name: `${part.volume.name} is unmounted on ${part.node.name} before it is detached`,
        holds: stepPredicate(
          { attachment: part.attachment, mount: part.mount, node: part.node.node },
          (before, after) =>
            !(before.attachment.at('attached') && after.attachment.at('detached')) ||
            before.mount.at('unstaged') ||
            before.node.at('machine.gone'),
        ),
      },
      broken: `${part.volume.name} is detached from ${part.node.name} while it is mounted there`,
    })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    placesOf(cluster.claims).map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `${part.volume.name} is mounted and attached at ${part.node.name}`,
        holds: predicate(
          { attachment: part.attachment, mount: part.mount },
          ({ attachment, mount }) => attachment.at('attached') && !mount.at('unstaged'),
        ),
      },
      broken: `${part.volume.name} is never mounted on ${part.node.name}`,
    })),
};

/** One claim for each volume and machine that share a mount. */
function placesOf<T extends { readonly mount: unknown }>(claims: readonly T[]): T[] {
  return claims.filter((part, i) => claims.findIndex((other) => other.mount === part.mount) === i);
}
