import { setup } from 'xstate';

/**
 * One volume at one machine, as the storage provider has it: the truth that no claim is checked against.
 *
 * States
 * - `detached`, `attached`. Both calls are idempotent, as the CSI specification asks.
 *
 * Left out: an attachment that the provider moves or loses by itself.
 */
export const attachment = setup({
  types: { events: {} as { type: 'attached' } | { type: 'detached' } },
}).createMachine({
  id: 'attachment',
  initial: 'detached',
  states: {
    detached: { on: { attached: 'attached', detached: 'detached' } },
    attached: { on: { attached: 'attached', detached: 'detached' } },
  },
});
