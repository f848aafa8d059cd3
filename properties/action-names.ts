import { unknownName } from '#models/input.ts';
import type { Model } from '#models/model.ts';

/**
 * The numbers of the actions that a name stands for; none if it stands for none. A name is a rule (`server collects a node`), or
 * a rule and whom it is about (`watcher starts to unpublish (v1/a1)`, which takes in `... (v1/a1, watcher)`).
 */
export function actionsNamed({ composition: { actions } }: Model, name: string): number[] {
  return [...actions.entries()]
    .filter(([, { name: whole, note }]) => {
      if (name === note.rule || name === whole) return true;
      return name.endsWith(')') && whole.startsWith(`${name.slice(0, -1)}, `);
    })
    .map(([id]) => id);
}

/** The same; throws an `InputError` with the nearest name if it stands for none. */
export function findActions(model: Model, name: string): number[] {
  const found = actionsNamed(model, name);
  if (found.length === 0) throw unknownName('action', name, namesOf(model, name.endsWith(')')));
  return found;
}

/** Every rule of a world, or every action in full. */
function namesOf({ composition: { actions } }: Model, inFull: boolean): string[] {
  return [...new Set(actions.map((one) => (inFull ? one.name : one.note.rule)))];
}
