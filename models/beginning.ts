import type { Scope } from '#models/scopes/scope.ts';

type Allocated = Scope['allocations'][number];

const started = [{ type: 'claimed' }, { type: 'claimAnswered' }, { type: 'mounted' }] as const;

/** Its client asked for its release, in vain. */
const ended = [{ type: 'ended' }, { type: 'unmounted' }, { type: 'unpublishSent' }, { type: 'reportsItsEnd' }] as const;

/** What an allocation has been through when the world begins. */
export function allocationBefore({ begins }: Allocated) {
  if (begins === undefined) return [];
  if (begins === 'running') return started;
  return begins === 'stopping' ? [...started, { type: 'isToldToStop' } as const] : [...started, ...ended];
}

/** What its claim has been through. */
export function claimBefore({ begins }: Allocated) {
  return begins ? ([{ type: 'taken' }] as const) : [];
}

/** What a mount has been through that these allocations share. */
export function mountBefore(users: readonly Allocated[]) {
  return users.flatMap(({ name, begins }) =>
    begins === 'running' || begins === 'stopping' ? [{ type: 'published', alloc: name } as const] : [],
  );
}

/** What an attachment has been through that these allocations share. */
export function attachmentBefore(users: readonly Allocated[]) {
  return users.some(({ begins }) => begins) ? ([{ type: 'attached' }] as const) : [];
}

/** What the watcher of a volume has been through that these allocations use: it was told of the last that is over. */
export function watcherBefore(users: readonly Allocated[]) {
  return users.some(({ begins }) => begins === 'over') ? ([{ type: 'isNotified' }] as const) : [];
}
