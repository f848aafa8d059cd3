import { askHearer, askStep } from './footprint.ts';
import { type Disabled, disabled, type System } from './system.ts';

/** The locals of the initial state. */
export function initialLocals(system: System): number[] {
  return system.fields.map((field) => field.initial);
}

/** The actions that can happen here, ascending. */
export function enabledActions(system: System, locals: readonly number[]): number[] {
  return [...system.actions.keys()].filter((action) => takeAction(system, locals, action) !== disabled);
}

/** The locals after an action, as the action itself says; `disabled` if it cannot happen here. */
export function takeAction(system: System, locals: readonly number[], action: number): number[] | Disabled {
  const { participants, broadcast = [] } = system.actions[action] ?? { participants: [] };
  const next = askStep(
    system,
    action,
    participants.map((field) => locals[field] as number),
  );
  if (next === disabled) return disabled;
  const after = [...locals];
  participants.forEach((field, at) => {
    after[field] = next[at] as number;
  });
  broadcast.forEach(({ field }, hearer) => {
    after[field] = askHearer(system, action, hearer, locals[field] as number);
  });
  return after;
}
