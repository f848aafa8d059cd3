import { type Action, type Disabled, disabled, type System } from './system.ts';
import { Tuples } from './tuples.ts';

/** One action that is enabled, and what it does to each of its participants: XOR of the local ids before and after. */
export interface Move {
  readonly action: number;
  readonly changes: readonly number[];
}

/**
 * All actions with the same participants, and the memo of what they do. `step` is asked once per action and tuple of
 * participants' locals; the memo knows no layout, so it outlives every repacking of the states.
 */
export interface Footprint {
  readonly fields: readonly number[];
  readonly actions: readonly number[];
  moves(locals: readonly number[]): readonly Move[];
  bytes(): number;
}

/** The footprints of a system, in order of their first action. */
export function footprintsOf(system: System): Footprint[] {
  const byFields = new Map<string, number[]>();
  system.actions.forEach((action, id) => {
    const key = action.participants.join(' ');
    const same = byFields.get(key);
    if (same) same.push(id);
    else byFields.set(key, [id]);
  });
  return [...byFields.values()].map((actions) => footprint(system, actions));
}

function footprint(system: System, actions: readonly number[]): Footprint {
  const fields = system.actions[actions[0] ?? -1]?.participants ?? [];
  const tuples = new Tuples();
  const known: (readonly Move[])[] = [];
  let moveCount = 0;
  return {
    fields,
    actions,
    moves(locals) {
      const tuple = tuples.number(locals);
      const seen = known[tuple];
      if (seen) return seen;
      const moves: Move[] = [];
      for (const action of actions) {
        const next = ask(system, action, locals);
        if (next !== disabled) moves.push({ action, changes: next.map((local, at) => local ^ (locals[at] as number)) });
      }
      moveCount += moves.length;
      known[tuple] = moves;
      return moves;
    },
    bytes: () => tuples.bytes + moveCount * (40 + fields.length * 8),
  };
}

/** Asks the action itself and holds it to its word. */
export function ask(system: System, id: number, locals: readonly number[]): readonly number[] | Disabled {
  const action = actionOf(system, id);
  const next = action.step(locals);
  if (next === disabled) return disabled;
  if (next.length !== action.participants.length) {
    throw new Error(
      `${action.name} answered ${next.length} local states for ${action.participants.length} participants.`,
    );
  }
  for (let at = 0; at < next.length; at++) hold(system, action, action.participants[at] as number, next[at] as number);
  return next;
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
