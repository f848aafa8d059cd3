import type { Exploration } from './explore.ts';
import { localAt } from './layout.ts';

/** What an exploration exercised; what it did not is a promise that may hold for nothing. */
export interface Coverage {
  /** By action: in how many expanded states it could happen. Whatever can happen is taken by the search. */
  readonly taken: readonly number[];
  /** By field, by local state that the field knows: whether some reached state has it. */
  readonly locals: readonly (readonly boolean[])[];
}

/** Counts what was exercised; null if the steps take more memory than the limit allows. */
export function coverage(exploration: Exploration): Coverage | null {
  const { system, found, states } = exploration;
  const edges = exploration.edges();
  if (!edges) return null;
  const taken = system.actions.map(() => 0);
  for (let edge = 0; edge < edges.count; edge++) {
    const action = edges.labels[edge] as number;
    taken[action] = (taken[action] as number) + 1;
  }
  const locals = system.fields.map((field, id) => {
    const reached = new Array<boolean>(field.size()).fill(false);
    const { layout, words } = found;
    for (let state = 0; state < states; state++) reached[localAt(layout, words, state * layout.width, id)] = true;
    return reached;
  });
  return { taken, locals };
}
