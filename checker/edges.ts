import { type Allowance, grown } from './grow.ts';

/**
 * Every step between the states, row by row: the steps out of state `s` are `rows[s]` up to `rows[s + 1]`, each with the
 * state it leads to and its action, sorted by action.
 */
export interface Edges {
  rows: Int32Array;
  targets: Int32Array;
  labels: Uint16Array;
  count: number;
}

/** No steps yet. */
export function noEdges(): Edges {
  return { rows: new Int32Array(1024), targets: new Int32Array(4096), labels: new Uint16Array(4096), count: 0 };
}

/** The bytes that the arrays take. */
export function edgeBytesOf({ rows, targets, labels }: Edges): number {
  return rows.byteLength + targets.byteLength + labels.byteLength;
}

/** Makes room for so many states and steps, as far as that is allowed; false if it is not. */
export function makeEdgeRoom(edges: Edges, states: number, steps: number, allowed: Allowance): boolean {
  if (states + 1 > edges.rows.length) {
    const length = Math.max(states + 1, Math.ceil(edges.rows.length * 1.25));
    if (!allowed(length * 4)) return false;
    edges.rows = grown(edges.rows, length);
  }
  if (steps > edges.labels.length) {
    const length = Math.max(steps, Math.ceil(edges.labels.length * 1.25));
    if (!allowed(length * 4) || !allowed(length * 6)) return false;
    edges.targets = grown(edges.targets, length);
    edges.labels = grown(edges.labels, length);
  }
  return true;
}

/** The steps that are to be kept, in a graph of their own: those of actions that `keptIn` marks with 1 for the state. */
export function keepEdges(
  { rows, targets, labels, count }: Edges,
  states: number,
  keptIn: (state: number) => Uint8Array,
): Edges {
  const kept = {
    rows: new Int32Array(states + 1),
    targets: new Int32Array(count),
    labels: new Uint16Array(count),
  };
  let used = 0;
  for (let state = 0; state < states; state++) {
    const isKept = keptIn(state);
    const end = rows[state + 1] as number;
    for (let edge = rows[state] as number; edge < end; edge++) {
      const action = labels[edge] as number;
      if (isKept[action] === 0) continue;
      kept.targets[used] = targets[edge] as number;
      kept.labels[used++] = action;
    }
    kept.rows[state + 1] = used;
  }
  return { ...kept, count: used };
}
