import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * What a Claim request still has to do on a server after its claim is in Raft: have the controller attach the volume
 * (nomad/csi_endpoint.go: controllerPublishVolume). It writes nothing more, and an error rolls nothing back. Before 1.3.0
 * the claim is in Raft only after that.
 *
 * States
 * - `idle`: none in flight. `publishing`: the controller is not asked yet. `attaching`: it is asked.
 * - `attached`: it answered, and the claim is yet to be written, in designs that write it after.
 *
 * Context
 * - `old`: the call was sent by a leader that is no longer one; its lock was that leader's.
 *
 * Left out: a request that waits for the lock of a former leader (it waits for the present one's, to the same end).
 */
export const publish = setup({
  types: {
    context: {} as { readonly old: boolean },
    events: {} as
      | { type: 'begins' }
      | { type: 'asksController' }
      | { type: 'isAttached' }
      | { type: 'ends' }
      | { type: 'leaderLost' },
  },
}).createMachine({
  id: 'publish',
  context: { old: false },
  initial: 'idle',
  states: {
    idle: { on: { begins: 'publishing' } },
    publishing: { on: { asksController: 'attaching', isAttached: 'attached', ends: 'idle' } },
    attaching: {
      on: {
        isAttached: 'attached',
        ends: { target: 'idle', actions: assign({ old: false }) },
        leaderLost: { actions: assign({ old: true }) },
      },
    },
    attached: {
      on: { ends: { target: 'idle', actions: assign({ old: false }) }, leaderLost: { actions: assign({ old: true }) } },
    },
  },
});

/** What an action sees of a Claim request in flight. */
export type PublishView = View<typeof publish>;
