import { or, setup, stateIn } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * One allocation that uses one volume: what the servers' record of it says, and what its client really does.
 *
 * Record (structs.Allocation)
 * - `live`: desired to run, client status pending or running.
 * - `stopping`: server-terminal (desired stop), the client has not reported its end.
 * - `unknown.wanted`, `unknown.stopping`: desired to run or to stop, client status unknown: its node is disconnected.
 * - `terminal.reported`, `terminal.lost`: client-terminal, by the client's own word or by the scheduler's.
 * - `collected`: the record is gone.
 *
 * Client (client/allocrunner/csi_hook.go, Prerun and Postrun)
 * - `waiting`: not started, or its claim was refused and is retried. `claiming`: its claim is in Raft, and it waits for
 *   the answer.
 * - `mounting`: the claim was answered. `running`: the task runs on the mounted volume.
 * - `ended`: the task is over, Postrun is due. `unmounted`: Unpublish is to be sent.
 * - `stillMounted`: the unmount failed; Unpublish is sent all the same. `retrying`: ... was sent (or, before 1.3.0, is held
 *   back), the unmount is retried in the background. `late`: the retry is over, a second Unpublish is to be sent.
 * - `over`: nothing is left to do. `dead`: its machine died under it.
 *
 * Left out: pending against running (no rule of the release path reads it); a claim's first and later tries are the
 * same request; several volumes in one allocation; `evict`, which every predicate treats as stop.
 */
export const allocation = setup({
  types: {
    events: {} as
      | { type: 'isToldToStop' }
      | { type: 'isMarkedLost' }
      | { type: 'isMarkedUnknown' }
      | { type: 'reportsItsEnd' }
      | { type: 'reportsRunning' }
      | { type: 'isCollected' }
      | { type: 'claimed' }
      | { type: 'claimAnswered' }
      | { type: 'claimFailed' }
      | { type: 'claimRefused' }
      | { type: 'mounted' }
      | { type: 'ended' }
      | { type: 'unmounted' }
      | { type: 'unmountFailed' }
      | { type: 'unpublishSent' }
      | { type: 'gaveUp' }
      | { type: 'neverStarted' }
      | { type: 'machineDied' }
      | { type: 'agentStarted' }
      | { type: 'mountFailed' }
      | { type: 'isSet'; record: 'live' | 'stopping' | 'reported' | 'lost' | 'collected' },
  },
  guards: {
    isLive: or([stateIn('#allocation.record.live'), stateIn('#allocation.record.unknown.wanted')]),
    sets: ({ event }, { record }: { record: string }) => event.type === 'isSet' && event.record === record,
  },
}).createMachine({
  id: 'allocation',
  type: 'parallel',
  states: {
    record: {
      initial: 'live',
      on: {
        isSet: [
          { guard: { type: 'sets', params: { record: 'live' } }, target: '.live' },
          { guard: { type: 'sets', params: { record: 'stopping' } }, target: '.stopping' },
          { guard: { type: 'sets', params: { record: 'reported' } }, target: '.terminal.reported' },
          { guard: { type: 'sets', params: { record: 'lost' } }, target: '.terminal.lost' },
          { target: '.collected' },
        ],
      },
      states: {
        live: {
          on: {
            isToldToStop: 'stopping',
            isMarkedLost: 'terminal.lost',
            isMarkedUnknown: 'unknown',
            reportsItsEnd: 'terminal.reported',
          },
        },
        unknown: {
          initial: 'wanted',
          on: { reportsItsEnd: 'terminal.reported' },
          states: {
            wanted: {
              on: {
                isToldToStop: 'stopping',
                isMarkedLost: '#allocation.record.terminal.lost',
                reportsRunning: '#allocation.record.live',
              },
            },
            // Nobody marks it lost any more: it stays unknown until its client says something or its record is collected.
            stopping: {
              on: { reportsRunning: '#allocation.record.stopping', isCollected: '#allocation.record.collected' },
            },
          },
        },
        stopping: {
          on: { isMarkedLost: 'terminal.lost', reportsItsEnd: 'terminal.reported', isCollected: 'collected' },
        },
        terminal: {
          initial: 'reported',
          on: { isCollected: 'collected' },
          states: {
            reported: {},
            // Not final: a client that comes back while the task still runs overwrites `lost` with `running`.
            lost: { on: { reportsRunning: '#allocation.record.stopping', reportsItsEnd: 'reported' } },
          },
        },
        collected: {},
      },
    },
    client: {
      initial: 'waiting',
      on: { machineDied: '.dead' },
      states: {
        waiting: { on: { claimed: 'claiming', claimFailed: 'stillMounted', neverStarted: 'over' } },
        claiming: { on: { claimAnswered: 'mounting', claimFailed: 'stillMounted', claimRefused: 'waiting' } },
        // What was claimed and not yet written down by the client is claimed again after a restart.
        mounting: {
          on: {
            mounted: 'running',
            mountFailed: 'ended',
            agentStarted: [{ guard: 'isLive', target: 'waiting' }, { target: 'over' }],
          },
        },
        running: { on: { ended: 'ended', agentStarted: [{ guard: 'isLive', target: 'running' }, { target: 'over' }] } },
        // An agent that restarts does not restore what is over, so nothing of Postrun is left.
        ended: { on: { unmounted: 'unmounted', unmountFailed: 'stillMounted', agentStarted: 'over' } },
        unmounted: { on: { unpublishSent: 'over', agentStarted: 'over' } },
        stillMounted: { on: { unpublishSent: 'retrying', unmounted: 'unmounted', agentStarted: 'over' } },
        retrying: { on: { unmounted: 'late', unmountFailed: 'late', gaveUp: 'over', agentStarted: 'over' } },
        late: { on: { unpublishSent: 'over', agentStarted: 'over' } },
        over: { on: { machineDied: 'over' } },
        dead: {},
      },
    },
  },
});

/** What an action sees of an allocation. */
export type AllocationView = View<typeof allocation>;
