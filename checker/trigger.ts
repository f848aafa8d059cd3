import type { Action, Predicate, System } from './system.ts';

/** Actions that must be taken one after the other, whatever happens in between; each place may be filled by any of its actions. */
export type Trigger = readonly ReadonlySet<number>[];

/** A system beside a counter of how much of a trigger its run has shown so far. */
export interface Triggered {
  /** The same actions under the same numbers, so a run of this system is one of the system that was given. */
  readonly system: System;
  /** The run so far contains the trigger. Once true it stays so. */
  readonly seen: Predicate;
}

/**
 * Composes a system with the automaton of a trigger: one more field, which counts the places that were filled in their order and
 * hears every action without a say in it. A run contains the trigger exactly when the counter, which takes the first action
 * that fits, gets to its end. One step fills one place.
 */
export function withTrigger(system: System, trigger: Trigger): Triggered {
  const counter = system.fields.length;
  const actions = system.actions.map((action, id): Action => {
    const fills = trigger.map((place) => place.has(id));
    if (!fills.includes(true)) return action;
    const hearer = { field: counter, next: (count: number) => (fills[count] ? count + 1 : count) };
    return { ...action, broadcast: [...(action.broadcast ?? []), hearer] };
  });
  return {
    system: {
      fields: [...system.fields, { name: 'trigger', initial: 0, size: () => trigger.length + 1 }],
      actions,
    },
    seen: { participants: [counter], holds: ([count]) => count === trigger.length },
  };
}
