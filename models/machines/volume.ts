import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/** What a registration remembers of one claim between reading the row and writing it. */
export interface ClaimCopy {
  readonly alloc: string;
  readonly held: boolean;
  readonly past: 'unpublishing' | 'nodeDetached' | null;
  readonly access: boolean;
}

/**
 * One volume's row in the store, apart from the claims on it, and a registration of it under way
 * (nomad/csi_endpoint.go: Register).
 *
 * States
 * - `row.registered`: there is a row. `row.missing`: there is none, and nothing can be claimed or released.
 * - `registration.none`; `registration.read`: the row was read, the controller is to validate it;
 *   `registration.validated`: the whole row, claims and all, is to be written as it was read.
 *
 * Context
 * - `copy`: the claims as the registration read them.
 * - `mode`: in which it was claimed last, where that matters (releases before 1.2.5, volumes that are claimed in several).
 *
 * Left out: capabilities, mount options, topology, capacity: no rule of the release path reads them.
 */
export const volume = setup({
  types: {
    context: {} as { readonly mode: 'write' | 'read'; readonly copy: readonly ClaimCopy[] },
    events: {} as
      | { type: 'isRead'; copy: readonly ClaimCopy[] }
      | { type: 'isClaimed'; mode: 'write' | 'read' }
      | { type: 'isValidated' }
      | { type: 'isWritten' }
      | { type: 'isRefused' }
      | { type: 'isDeregistered' },
  },
}).createMachine({
  id: 'volume',
  type: 'parallel',
  context: { mode: 'write', copy: [] },
  states: {
    row: {
      initial: 'registered',
      states: {
        registered: {
          on: { isDeregistered: 'missing', isClaimed: { actions: assign({ mode: ({ event }) => event.mode }) } },
        },
        missing: { on: { isWritten: 'registered' } },
      },
    },
    registration: {
      initial: 'none',
      states: {
        none: { on: { isRead: { target: 'read', actions: assign({ copy: ({ event }) => event.copy }) } } },
        read: { on: { isValidated: 'validated', isRefused: { target: 'none', actions: assign({ copy: [] }) } } },
        validated: {
          on: {
            isWritten: { target: 'none', actions: assign({ copy: [] }) },
            isRefused: { target: 'none', actions: assign({ copy: [] }) },
          },
        },
      },
    },
  },
});

/** What an action sees of a volume. */
export type VolumeView = View<typeof volume>;
