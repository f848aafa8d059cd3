import { setup } from 'xstate';

/**
 * The core scheduler's collections (nomad/core_sched.go).
 *
 * States
 * - `idle`: none is under way.
 *
 * The periodic collection of claims happens as time passes: one look at all volumes a tick, which takes no time of its
 * own, since its every effect is the write that it makes. Node and allocation collection may come at any time after what
 * they wait for: their thresholds are hours.
 *
 * Left out: the evaluation broker that carries the job to a worker, and the worker's older snapshot.
 */
export const collector = setup({ types: { events: {} as { type: 'collects' } } }).createMachine({
  id: 'collector',
  initial: 'idle',
  states: { idle: { on: { collects: 'idle' } } },
});
