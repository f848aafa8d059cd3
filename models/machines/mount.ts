import { assign, setup } from 'xstate';

/**
 * One volume on one host, as the host has it (client/pluginmanager/csimanager/volume.go).
 *
 * States
 * - `unstaged`: nothing. `published`: published to the allocations in `users`.
 *
 * Unmounting the last user also unstages: the two calls are one step here, since nobody acts between them.
 *
 * Context
 * - `forgotten`: users that the client's usage tracker does not know of, because the agent restarted since. Only where
 *   several allocations share the mount; alone, a user that is forgotten is the last one all the same.
 *
 * Left out: an unstage that fails after the unpublish, so a volume that is staged for nobody; usage modes, of which a world has one; a node plugin that restarts, which has the tracker forget as well.
 */
export const mount = setup({
  types: {
    context: {} as {
      readonly users: readonly string[];
      readonly forgotten: readonly string[];
      readonly shared: boolean;
    },
    input: {} as { readonly shared: boolean } | undefined,
    events: {} as
      | { type: 'published'; alloc: string }
      | { type: 'unpublished'; alloc: string }
      | { type: 'agentStarted' }
      | { type: 'hostDied' },
  },
  guards: {
    // The last that the tracker knows of: whoever it has forgotten is not asked.
    isLast: ({ context, event }) =>
      'alloc' in event && context.users.every((user) => user === event.alloc || context.forgotten.includes(user)),
    isShared: ({ context }) => context.shared,
  },
  actions: {
    add: assign({
      users: ({ context, event }) =>
        'alloc' in event ? [...new Set([...context.users, event.alloc])].sort() : context.users,
    }),
    remove: assign(({ context, event }) => ({
      users: 'alloc' in event ? context.users.filter((user) => user !== event.alloc) : [],
      forgotten: 'alloc' in event ? context.forgotten.filter((user) => user !== event.alloc) : [],
    })),
    // Its staging goes from under whoever is still there.
    unstage: assign({ users: [], forgotten: [] }),
    forget: assign({ forgotten: ({ context }) => context.users }),
  },
}).createMachine({
  id: 'mount',
  context: ({ input }) => ({ users: [], forgotten: [], shared: input?.shared ?? false }),
  initial: 'unstaged',
  on: { hostDied: { target: '.unstaged', actions: 'remove' } },
  states: {
    unstaged: { on: { published: { target: 'published', actions: 'add' }, unpublished: 'unstaged' } },
    published: {
      on: {
        published: { actions: 'add' },
        agentStarted: { guard: 'isShared', actions: 'forget' },
        unpublished: [{ guard: 'isLast', target: 'unstaged', actions: 'unstage' }, { actions: 'remove' }],
      },
    },
  },
});
