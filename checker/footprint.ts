import { type Action, type Disabled, disabled, type Looked, type System } from './system.ts';

/** All actions with the same participants. */
export interface Footprint {
  readonly fields: readonly number[];
  readonly actions: readonly number[];
}

/** The footprints of a system, in order of their first action. */
export function footprintsOf(system: System): Footprint[] {
  const byFields = new Map<string, Footprint & { readonly actions: number[] }>();
  system.actions.forEach(({ participants }, id) => {
    const key = participants.join(' ');
    const same = byFields.get(key);
    if (same) same.actions.push(id);
    else byFields.set(key, { fields: participants, actions: [id] });
  });
  return [...byFields.values()];
}

/** Asks the action itself, and what it looked at, and holds it to its word. */
export function ask(system: System, id: number, locals: readonly number[]): Looked {
  const action = actionOf(system, id);
  const looked = action.look?.(locals) ?? { next: action.step(locals), places: [...locals.keys()] };
  const { next } = looked;
  if (next === disabled) return looked;
  if (next.length !== action.participants.length) {
    throw new Error(
      `${action.name} answered ${next.length} local states for ${action.participants.length} participants.`,
    );
  }
  for (let at = 0; at < next.length; at++) hold(system, action, action.participants[at] as number, next[at] as number);
  return looked;
}

/** The participants' next local states, held to the action's word. */
export function askStep(system: System, id: number, locals: readonly number[]): readonly number[] | Disabled {
  return ask(system, id, locals).next;
}
/** A hearer's next local state, held to its word. */
export function askHearer(system: System, id: number, hearer: number, local: number): number {
  const action = actionOf(system, id);
  const heard = action.broadcast?.[hearer];
  if (!heard) throw new Error(`${action.name} has no hearer ${hearer}.`);
  const next = heard.next(local);
  hold(system, action, heard.field, next);
  return next;
}

function actionOf(system: System, id: number): Action {
  const action = system.actions[id];
  if (!action) throw new Error(`There is no action ${id}; the system has ${system.actions.length}.`);
  return action;
}

function hold(system: System, action: Action, id: number, local: number): void {
  const field = system.fields[id];
  if (!field) throw new Error(`${action.name} names field ${id}; the system has ${system.fields.length}.`);
  if (!Number.isInteger(local) || local < 0 || local >= field.size()) {
    throw new Error(`${action.name} puts ${field.name} into local state ${local}; it knows ${field.size()}.`);
  }
}
