import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/** What a run of the collections still has to do, by name, as its snapshot told it. */
export interface CollectionPlan {
  /** Whose it is: the periodic collection of claims, or an operator's `nomad system gc`. */
  readonly op: 'claim gc' | 'system gc';
  readonly allocations: readonly string[];
  readonly plugin: boolean;
  readonly volumes: readonly string[];
  readonly nodes: readonly string[];
}

/** A plan of nothing. */
export const nothingToCollect: Omit<CollectionPlan, 'op'> = { allocations: [], plugin: false, volumes: [], nodes: [] };

/** Whether nothing of a plan is left to do. */
export function isDone({ allocations, plugin, volumes, nodes }: CollectionPlan): boolean {
  return allocations.length === 0 && !plugin && volumes.length === 0 && nodes.length === 0;
}

/**
 * The core scheduler's collections (nomad/core_sched.go).
 *
 * States
 * - `idle`: none is under way. `asked`: one is to be made, and no worker has taken it up.
 * - `sweeping`: a worker has taken its snapshot and goes through what it saw there, whatever has changed since.
 *
 * Context
 * - `left`: what of its snapshot it has not come to yet.
 *
 * Outside of `nomad system gc` the collection of claims happens as time passes: one look at all volumes a tick, which
 * takes no time of its own, since its every effect is the write that it makes. Node and allocation collection may come at
 * any time after what they wait for: their thresholds are hours.
 *
 * Left out: the evaluation broker that carries the job to a worker, and the worker's older snapshot; two runs at a time.
 */
export const collector = setup({
  types: {
    context: {} as { readonly left: CollectionPlan },
    events: {} as
      | { type: 'isAsked'; op: CollectionPlan['op'] }
      | { type: 'sweeps'; left: CollectionPlan }
      | { type: 'goesOn'; left: CollectionPlan }
      | { type: 'ends' },
  },
  guards: { endsThere: ({ event }) => event.type === 'sweeps' && isDone(event.left) },
  actions: {
    plan: assign(({ context, event }) =>
      event.type === 'sweeps' || event.type === 'goesOn' ? { left: event.left } : context,
    ),
    forget: assign({ left: { op: 'system gc' as const, ...nothingToCollect } }),
  },
}).createMachine({
  id: 'collector',
  context: { left: { op: 'system gc', ...nothingToCollect } },
  initial: 'idle',
  on: {
    sweeps: [
      { guard: 'endsThere', target: '.idle', actions: 'forget' },
      { target: '.sweeping', actions: 'plan' },
    ],
    // By hand a run that is through is still to be answered.
    goesOn: { target: '.sweeping', actions: 'plan' },
    ends: { target: '.idle', actions: 'forget' },
  },
  states: {
    idle: {
      on: {
        isAsked: {
          target: 'asked',
          actions: assign({ left: ({ event }) => ({ op: event.op, ...nothingToCollect }) }),
        },
      },
    },
    asked: {},
    sweeping: {},
  },
});

/** What an action sees of the collector. */
export type CollectorView = View<typeof collector>;
