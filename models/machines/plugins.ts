import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * The node plugin's process on one client. What the servers know of it is the node's `plugin` region.
 *
 * States
 * - `registered`: it answers. `gone`: it is stopped.
 *
 * Left out: a plugin that runs and fails every call; calls fail one by one.
 */
export const nodePlugin = setup({
  types: { events: {} as { type: 'stops' } | { type: 'starts' } },
}).createMachine({
  id: 'nodePlugin',
  initial: 'registered',
  states: {
    registered: { on: { stops: 'gone' } },
    gone: { on: { starts: 'registered' } },
  },
});

/** What a recording tells of the plugin: how it stands, and which machines run a controller and a node plugin of it. */
export interface PluginAsTold {
  readonly state: 'registered' | 'unhealthy' | 'gone' | 'missing';
  readonly controllers: readonly string[];
  readonly nodes: readonly string[];
}

/**
 * The plugin's row in the store and its controllers, and the lock that lets one controller call of the plugin run at a
 * time (nomad/csi_endpoint.go: serializedControllerRPC).
 *
 * States
 * - `registered`: a controller answers. `unhealthy`: controllers are registered and none is usable. `gone`: the row has
 *   no controller, which Nomad takes for a plugin that needs none. `missing`: there is no row.
 *
 * Context
 * - `busy`: a call of the present leader is in flight. `oldBusy`: one of a former leader is; its lock is its own.
 * - `elsewhere`, `oldElsewhere`: ... for a volume that this world leaves out, which only a recording's does.
 * - `controllers`, `nodes`: the machines that run a controller and a node plugin, where a recording tells them.
 *
 * Left out: several controllers and the choice among them; the lock of a leader before the former one.
 */
export const controllerPlugin = setup({
  types: {
    context: {} as Omit<PluginAsTold, 'state'> & {
      readonly busy: boolean;
      readonly oldBusy: boolean;
      readonly elsewhere: boolean;
      readonly oldElsewhere: boolean;
    },
    input: {} as Omit<PluginAsTold, 'state'> | undefined,
    events: {} as
      | ({ type: 'isSet' } & PluginAsTold)
      | { type: 'callStartsElsewhere' }
      | { type: 'callEndsElsewhere' }
      | { type: 'oldCallStartsElsewhere' }
      | { type: 'oldCallEndsElsewhere' }
      | { type: 'callStarts' }
      | { type: 'callEnds' }
      | { type: 'oldCallStarts' }
      | { type: 'oldCallEnds' }
      | { type: 'leaderLost' }
      | { type: 'sickens' }
      | { type: 'recovers' }
      | { type: 'stops' }
      | { type: 'starts' }
      | { type: 'isDeleted' },
  },
  guards: {
    sets: ({ event }, { state }: { state: string }) => event.type === 'isSet' && event.state === state,
  },
  actions: {
    note: assign(({ context, event }) =>
      event.type === 'isSet' ? { controllers: event.controllers, nodes: event.nodes } : context,
    ),
  },
}).createMachine({
  id: 'controllerPlugin',
  context: ({ input }) => ({
    busy: false,
    oldBusy: false,
    elsewhere: false,
    oldElsewhere: false,
    controllers: input?.controllers ?? [],
    nodes: input?.nodes ?? [],
  }),
  initial: 'registered',
  on: {
    callStarts: { actions: assign({ busy: true }) },
    callEnds: { actions: assign({ busy: false }) },
    oldCallStarts: { actions: assign({ oldBusy: true }) },
    oldCallEnds: { actions: assign({ oldBusy: false }) },
    // The lock lives in the leader's memory: the next leader has its own, and does not know of the first.
    leaderLost: {
      actions: assign(({ context }) => ({
        busy: false,
        oldBusy: context.busy || context.oldBusy,
        elsewhere: false,
        oldElsewhere: context.elsewhere || context.oldElsewhere,
      })),
    },
    callStartsElsewhere: { actions: assign({ busy: true, elsewhere: true }) },
    callEndsElsewhere: { actions: assign({ busy: false, elsewhere: false }) },
    oldCallStartsElsewhere: { actions: assign({ oldBusy: true, oldElsewhere: true }) },
    oldCallEndsElsewhere: { actions: assign({ oldBusy: false, oldElsewhere: false }) },
    isSet: [
      { guard: { type: 'sets', params: { state: 'registered' } }, target: '.registered', actions: 'note' },
      { guard: { type: 'sets', params: { state: 'unhealthy' } }, target: '.unhealthy', actions: 'note' },
      { guard: { type: 'sets', params: { state: 'gone' } }, target: '.gone', actions: 'note' },
      { target: '.missing', actions: 'note' },
    ],
  },
  states: {
    registered: { on: { sickens: 'unhealthy', stops: 'gone' } },
    unhealthy: { on: { recovers: 'registered', stops: 'gone' } },
    gone: { on: { starts: 'registered', isDeleted: 'missing' } },
    missing: { on: { starts: 'registered' } },
  },
});

/** What an action sees of the controller plugin. */
export type ControllerPluginView = View<typeof controllerPlugin>;
