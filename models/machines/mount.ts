import { assign, setup } from 'xstate';

/**
 * One volume on one host, as the host has it (client/pluginmanager/csimanager/volume.go).
 *
 * States
 * - `unstaged`: nothing. `staged`: staged for nobody. `published`: published to the allocations in `users`.
 *
 * Unmounting the last user also unstages: the two calls are one step here, since nobody acts between them.
 *
 * Left out: the usage tracker's own memory (a restarted agent forgets it), and usage modes, of which a world has one.
 */
export const mount = setup({
  types: {
    context: {} as { readonly users: readonly string[] },
    events: {} as
      | { type: 'published'; alloc: string }
      | { type: 'unpublished'; alloc: string }
      | { type: 'unstageFailed'; alloc: string }
      | { type: 'hostDied' },
  },
  guards: {
    isLast: ({ context, event }) => 'alloc' in event && context.users.every((user) => user === event.alloc),
  },
  actions: {
    add: assign({
      users: ({ context, event }) =>
        'alloc' in event ? [...new Set([...context.users, event.alloc])].sort() : context.users,
    }),
    remove: assign({
      users: ({ context, event }) => ('alloc' in event ? context.users.filter((user) => user !== event.alloc) : []),
    }),
  },
}).createMachine({
  id: 'mount',
  context: { users: [] },
  initial: 'unstaged',
  on: { hostDied: { target: '.unstaged', actions: 'remove' } },
  states: {
    unstaged: {
      on: { published: { target: 'published', actions: 'add' }, unpublished: 'unstaged', unstageFailed: 'unstaged' },
    },
    staged: {
      on: { published: { target: 'published', actions: 'add' }, unpublished: 'unstaged', unstageFailed: 'staged' },
    },
    published: {
      on: {
        published: { actions: 'add' },
        unpublished: [{ guard: 'isLast', target: 'unstaged', actions: 'remove' }, { actions: 'remove' }],
        unstageFailed: [{ guard: 'isLast', target: 'staged', actions: 'remove' }, { actions: 'remove' }],
      },
    },
  },
});
