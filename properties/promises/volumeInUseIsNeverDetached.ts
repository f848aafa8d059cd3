import { everywhere, type PromiseSpec } from '#properties/promise.ts';

/** Otherwise a running task writes to a disk that is no longer there. */
export const volumeInUseIsNeverDetached: PromiseSpec = {
  name: 'volumeInUseIsNeverDetached',
  form: 'always',
  words: 'no unmount and no detach under a running task',
  appliesTo: everywhere,
  obligations: ({ cluster, composition: { stepPredicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'alwaysStep',
        name: `${part.name} is neither unmounted nor detached while its task runs`,
        holds: stepPredicate(
          { allocation: part.allocation, mount: part.mount, attachment: part.attachment },
          (before, after) => {
            if (!before.allocation.at('client.running') || !after.allocation.at('client.running')) return true;
            const isUnmounted =
              before.mount.context.users.includes(part.alloc) && !after.mount.context.users.includes(part.alloc);
            return !isUnmounted && !(before.attachment.at('attached') && after.attachment.at('detached'));
          },
        ),
      },
      broken: `${part.volume.name} is unmounted or detached while the task of ${part.alloc} runs on it`,
    })),
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.claims.map((part) => ({
      formula: {
        kind: 'sometimes',
        name: `the task of ${part.alloc} runs`,
        holds: predicate({ allocation: part.allocation }, ({ allocation }) => allocation.at('client.running')),
      },
      broken: `the task of ${part.alloc} never runs`,
    })),
};
