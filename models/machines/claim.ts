import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * One allocation's claim on one volume, as the Raft store holds it: the entries of ReadClaims or WriteClaims and of
 * PastClaims under that allocation's id (nomad/structs/csi.go: CSIVolume).
 *
 * States
 * - `absent`: no entry.
 * - `taken`: a current claim and no past one.
 * - `past.unpublishing`, `past.nodeDetached`: a past claim at that step. `held` says whether the current claim is still
 *   there beside it; without it the past claim is a zombie, left by a release that wrote after the claim was freed.
 *
 * Context
 * - `held`: the volume is not free for others because of this claim.
 * - `access`: the past claim still knows its access mode. Only one created by denormalizing does; a checkpoint writes
 *   the mode away, and an empty mode is later read as "the client has unmounted".
 *
 * Left out: the external node ID, which no release since 1.3.0 ever stores (executed.md X4); `controllerDetached`, which
 * nobody writes; read or write mode, which only admission reads and the scope gives.
 */
export const claim = setup({
  types: {
    context: {} as { readonly held: boolean; readonly access: boolean },
    events: {} as
      | { type: 'taken' }
      | { type: 'checkpointed'; state: 'unpublishing' | 'nodeDetached' }
      | { type: 'becamePast' }
      | { type: 'freed' }
      | { type: 'isRestored'; held: boolean; past: 'unpublishing' | 'nodeDetached' | null; access: boolean },
  },
  guards: {
    toNodeDetached: ({ event }) => event.type === 'checkpointed' && event.state === 'nodeDetached',
    restoresNodeDetached: ({ event }) => event.type === 'isRestored' && event.past === 'nodeDetached',
    restoresUnpublishing: ({ event }) => event.type === 'isRestored' && event.past === 'unpublishing',
    restoresTaken: ({ event }) => event.type === 'isRestored' && event.held,
  },
  actions: {
    restore: assign(({ context, event }) =>
      event.type === 'isRestored' ? { held: event.held, access: event.access } : context,
    ),
  },
}).createMachine({
  id: 'claim',
  context: { held: false, access: false },
  initial: 'absent',
  on: {
    // A whole-struct overwrite, with no check that it goes forward (CSIVolume.claimRelease).
    checkpointed: [
      { guard: 'toNodeDetached', target: '.past.nodeDetached', actions: assign({ access: false }) },
      { target: '.past.unpublishing', actions: assign({ access: false }) },
    ],
    // Ready to free deletes every entry of the allocation, whether or not there is one.
    freed: { target: '.absent', actions: assign({ held: false, access: false }) },
    // A registration writes the whole row as it read it; a deregistration leaves nothing to restore.
    isRestored: [
      { guard: 'restoresNodeDetached', target: '.past.nodeDetached', actions: 'restore' },
      { guard: 'restoresUnpublishing', target: '.past.unpublishing', actions: 'restore' },
      { guard: 'restoresTaken', target: '.taken', actions: 'restore' },
      { target: '.absent', actions: 'restore' },
    ],
  },
  states: {
    absent: { on: { taken: { target: 'taken', actions: assign({ held: true }) } } },
    taken: { on: { becamePast: { target: 'past.unpublishing', actions: assign({ access: true }) } } },
    past: {
      initial: 'unpublishing',
      // A zombie goes when its allocation claims anew; with a current claim, claiming again changes nothing.
      on: {
        taken: {
          guard: ({ context }) => !context.held,
          target: 'taken',
          actions: assign({ held: true, access: false }),
        },
      },
      states: { unpublishing: {}, nodeDetached: {} },
    },
  },
});

/** What an action sees of a claim. */
export type ClaimView = View<typeof claim>;
