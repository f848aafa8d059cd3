import { setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * One Nomad client: what the servers believe of it, what its machine really does, and whether its row in the store knows
 * the node plugin (without which the provider's name of the machine cannot be looked up).
 *
 * Believed (structs.Node.Status)
 * - `ready`, `disconnected` (silent, with an allocation that may stay so for a while), `down`, `collected` (no row:
 *   collected or purged).
 *
 * Machine
 * - `running`; `partitioned`: cut off from the servers, tasks run on; `agentGone`: the client process is gone, tasks run
 *   on; `gone`: the machine is off, and with it tasks, mounts and processes.
 *
 * Plugin (Node.CSINodePlugins; without a row, what the agent will register)
 * - `known`: the row holds the node plugin's fingerprint; a stopped plugin stays known, only unhealthy. `unknown`: it
 *   does not, because the agent restarted and the plugin has not been fingerprinted again.
 *
 * Drain
 * - `none`; `asked`: an operator drains it. `complete`: its plugin was told to stop, and the node takes no system job up
 *   again. `undone`: it is eligible again. A row that is collected takes its drain with it.
 *
 * Left out: a second drain of one row; eligibility apart from a drain; `initializing`, through which a disconnected node
 * comes back, which the release path treats as `ready` and which a client always leaves; the time between a machine's
 * reboot and its plugin's fingerprint (an agent that restarts shows the same).
 */
export const node = setup({
  types: {
    events: {} as
      | { type: 'missedHeartbeats' }
      | { type: 'isDisconnected' }
      | { type: 'heartbeats' }
      | { type: 'isCollected' }
      | { type: 'registers' }
      | { type: 'fingerprints' }
      | { type: 'crashes' }
      | { type: 'boots' }
      | { type: 'isDrained' }
      | { type: 'drainCompletes' }
      | { type: 'isMadeEligible' }
      | { type: 'isCutOff' }
      | { type: 'reconnects' }
      | { type: 'agentStops' }
      | { type: 'agentStarts' }
      | { type: 'isSet'; plugin: boolean },
  },
}).createMachine({
  id: 'node',
  type: 'parallel',
  states: {
    believed: {
      initial: 'ready',
      on: { isSet: '.ready' },
      states: {
        ready: { on: { missedHeartbeats: 'down', isDisconnected: 'disconnected', isCollected: 'collected' } },
        disconnected: { on: { missedHeartbeats: 'down', heartbeats: 'ready', isCollected: 'collected' } },
        down: { on: { heartbeats: 'ready', isCollected: 'collected' } },
        collected: { on: { registers: 'ready' } },
      },
    },
    machine: {
      initial: 'running',
      on: { isSet: '.running' },
      states: {
        running: { on: { crashes: 'gone', isCutOff: 'partitioned', agentStops: 'agentGone' } },
        partitioned: { on: { reconnects: 'running' } },
        agentGone: { on: { agentStarts: 'running' } },
        gone: { on: { boots: 'running' } },
      },
    },
    drain: {
      initial: 'none',
      states: {
        none: { on: { isDrained: 'asked' } },
        asked: { on: { drainCompletes: 'complete', isCollected: 'none' } },
        complete: { on: { isMadeEligible: 'undone', isCollected: 'none' } },
        undone: { on: { isCollected: 'none' } },
      },
    },
    plugin: {
      initial: 'known',
      on: { isSet: [{ guard: ({ event }) => event.plugin, target: '.known' }, { target: '.unknown' }] },
      states: {
        known: { on: { agentStarts: 'unknown' } },
        unknown: { on: { fingerprints: 'known', boots: 'known' } },
      },
    },
  },
});

/** What an action sees of a node. */
export type NodeView = View<typeof node>;
