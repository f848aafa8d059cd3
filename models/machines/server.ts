import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * The servers as one: whether there is a leader, and the one goroutine on it that tells the watchers of every write to
 * the volume table (nomad/volumewatcher/volumes_watcher.go: watchVolumes).
 *
 * States
 * - `leader`: one is in office. `electing`: none is; nothing can be written.
 *
 * Context
 * - `dirty`: the table was written since the goroutine last asked for it.
 * - `next`: the volume whose watcher it tells next in its sweep over all of them, or -1 between sweeps. It holds the
 *   watchers' lock meanwhile, and where a full channel blocks it, it holds the lock for as long.
 * - `oldToken`: the watchers use the ACL token of a leader before this one.
 *
 * Left out: several servers; an old leader that still believes in itself (its writes fail, which `old` calls model).
 */
export const server = setup({
  types: {
    context: {} as { readonly dirty: boolean; readonly next: number; readonly oldToken: boolean },
    events: {} as
      | { type: 'volumesWritten' }
      | { type: 'sweeps'; next: number }
      | { type: 'leaderLost' }
      | { type: 'leaderElected'; sweeps: boolean; oldToken: boolean },
  },
}).createMachine({
  id: 'server',
  context: { dirty: false, next: -1, oldToken: false },
  initial: 'leader',
  states: {
    leader: {
      on: {
        volumesWritten: { actions: assign({ dirty: true }) },
        sweeps: {
          actions: assign(({ context, event }) => ({
            next: event.next,
            dirty: context.next === -1 ? false : context.dirty,
          })),
        },
        leaderLost: { target: 'electing', actions: assign({ dirty: false, next: -1 }) },
      },
    },
    // A new leader's goroutine starts from index one, so its first sweep is due at once, if a new watcher makes a pass.
    electing: {
      on: {
        leaderElected: {
          target: 'leader',
          actions: assign({ dirty: ({ event }) => event.sweeps, oldToken: ({ event }) => event.oldToken }),
        },
      },
    },
  },
});

/** What an action sees of the servers. */
export type ServerView = View<typeof server>;
