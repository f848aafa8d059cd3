import { setup } from 'xstate';

/**
 * The evaluation that collects one volume's claims, in releases that collect by evaluations (nomad/core_sched.go of 0.11).
 *
 * States
 * - `none`; `pending`: a worker may take it. `delayed`: it failed, and comes back after a while.
 *
 * Left out: the delivery limit and the follow-up that starts the count anew; the job's priority.
 */
export const evaluation = setup({
  types: { events: {} as { type: 'isMade' } | { type: 'isDone' } | { type: 'fails' } | { type: 'tick' } },
}).createMachine({
  id: 'evaluation',
  initial: 'none',
  states: {
    none: { on: { isMade: 'pending' } },
    pending: { on: { isDone: 'none', fails: 'delayed' } },
    delayed: { on: { tick: 'pending' } },
  },
});
