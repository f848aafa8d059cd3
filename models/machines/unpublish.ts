import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * One Unpublish of one claim by one caller, in flight on a server (nomad/csi_endpoint.go: Unpublish). Callers are the
 * volume's watcher and the client's Postrun (its first request, then its late one); nothing serialises them.
 *
 * States
 * - `idle`: none. `listed`: the watcher's pass has read the claim and will come to it. `requested`: a client asked.
 * - `nodeStep`: to be decided; `nodeCall`: the node is asked; `nodeDone`: it answered, not yet written.
 * - `controllerStep`: to be decided; `queued`: decided to call, waits for the plugin's lock; nothing decided is looked
 *   at again. `controllerCall`: the controller is asked; `controllerDone`: it answered, not yet written.
 * - `freeing`: ready to free is written once, and is written once more on the way out.
 *
 * Context
 * - `progress`, `access`: the private copy of the past claim, as read; they count up to the node step.
 * - `others`: allocations that held a claim on this volume from this machine when the volume was read.
 * - `external`: the claim as it was read knows the provider's name of the node, in designs that store it.
 * - `old`: the call was sent by a leader that is no longer one: it runs on, and nothing can be written after it.
 *
 * Reading the volume and the entry checkpoint are one step: whoever acts between them could as well act after.
 */
export const unpublish = setup({
  types: {
    context: {} as {
      readonly progress: 'unpublishing' | 'nodeDetached';
      readonly access: boolean;
      readonly others: readonly string[];
      readonly external: boolean;
      readonly old: boolean;
    },
    events: {} as
      | { type: 'isListed'; progress: 'unpublishing' | 'nodeDetached'; access: boolean }
      | { type: 'isRequested' }
      | { type: 'enters'; others: readonly string[]; external: boolean }
      | { type: 'callsNode' }
      | { type: 'nodeAnswered' }
      | { type: 'nodeStepDone' }
      | { type: 'queues' }
      | { type: 'callsController' }
      | { type: 'controllerAnswered' }
      | { type: 'readyToFree' }
      | { type: 'ends' }
      | { type: 'leaderLost' },
  },
  guards: { afterNodeStep: ({ context }) => context.progress === 'nodeDetached' },
  actions: {
    forget: assign({ progress: 'unpublishing', access: false, others: [], external: false, old: false }),
    enter: assign(({ context, event }) =>
      event.type === 'enters' ? { others: event.others, external: event.external } : context,
    ),
    forgetNodeStep: assign({ progress: 'unpublishing', access: false }),
    forgetCopy: assign({ progress: 'unpublishing', access: false, others: [], external: false }),
    outlivesItsLeader: assign({ old: true, access: false, others: [], external: false }),
  },
}).createMachine({
  id: 'unpublish',
  context: { progress: 'unpublishing', access: false, others: [], external: false, old: false },
  initial: 'idle',
  states: {
    idle: {
      on: {
        isListed: {
          target: 'listed',
          actions: assign(({ event }) => ({ progress: event.progress, access: event.access })),
        },
        isRequested: 'requested',
      },
    },
    listed: {
      on: {
        enters: [
          {
            guard: 'afterNodeStep',
            target: 'controllerStep',
            actions: ['forgetNodeStep', 'enter'],
          },
          { target: 'nodeStep', actions: 'enter' },
        ],
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { target: 'idle', actions: 'forget' },
      },
    },
    // A request that no server has taken up yet outlives a leader: the next one gets it, or its client gives up.
    requested: {
      on: { enters: { target: 'nodeStep', actions: 'enter' }, ends: 'idle' },
    },
    nodeStep: {
      on: {
        callsNode: 'nodeCall',
        nodeStepDone: { target: 'controllerStep', actions: 'forgetNodeStep' },
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { target: 'idle', actions: 'forget' },
      },
    },
    nodeCall: {
      entry: 'forgetNodeStep',
      on: {
        nodeAnswered: 'nodeDone',
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { actions: 'outlivesItsLeader' },
      },
    },
    nodeDone: {
      on: {
        nodeStepDone: 'controllerStep',
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { target: 'idle', actions: 'forget' },
      },
    },
    controllerStep: {
      on: {
        queues: { target: 'queued', actions: 'forgetCopy' },
        callsController: { target: 'controllerCall', actions: 'forgetCopy' },
        readyToFree: { target: 'freeing', actions: 'forgetCopy' },
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { target: 'idle', actions: 'forget' },
      },
    },
    queued: {
      on: {
        callsController: 'controllerCall',
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { actions: 'outlivesItsLeader' },
      },
    },
    controllerCall: {
      on: {
        controllerAnswered: 'controllerDone',
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { actions: 'outlivesItsLeader' },
      },
    },
    controllerDone: {
      on: {
        readyToFree: 'freeing',
        ends: { target: 'idle', actions: 'forget' },
        leaderLost: { target: 'idle', actions: 'forget' },
      },
    },
    freeing: {
      on: { ends: { target: 'idle', actions: 'forget' }, leaderLost: { target: 'idle', actions: 'forget' } },
    },
  },
});

/** What an action sees of an Unpublish. */
export type UnpublishView = View<typeof unpublish>;
