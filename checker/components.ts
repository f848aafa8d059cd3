import type { Edges } from './edges.ts';

/** The graph in which components are sought: some of the states, and the steps that `allowed` actions take between them. */
export interface Subgraph {
  readonly edges: Edges;
  /** By state: 1 if it counts. */
  readonly inside: Uint8Array;
  /** By action: 1 if its steps count. */
  readonly allowed: Uint8Array;
}

/** Takes a component's states; the array is only lent. */
export type FoundComponent = (component: Int32Array) => void;

/** Gives one component after the other, each after those that it leads to. */
export interface Components {
  all(found: FoundComponent): void;
  /** Those that remain within `states`, whose components were found before. */
  within(states: Int32Array, found: FoundComponent): void;
}

const NOT_SEEN = 0;
/** Above every number on the stack: a step to a state that is complete, or outside, never makes anything lower. */
const CLOSED = 2 ** 31 - 1;

/**
 * Strongly connected components after Tarjan, without recursion, with one number a state (D. J. Pearce, "A space-efficient
 * algorithm for finding strongly connected components", 2016): its place in the order of discovery while it is gone through,
 * then the lowest that it leads to. Only that number is looked up by state; what the recursion would remember lies in a row.
 */
export function componentsIn({ edges, inside, allowed }: Subgraph): Components {
  const { rows, targets, labels } = edges;
  const numbers = new Int32Array(inside.length);
  for (let state = 0; state < inside.length; state++) if (inside[state] === 0) numbers[state] = CLOSED;
  const stack = new Int32Array(inside.length);
  // By depth: the state that is gone through, its next step, and the lowest number seen so far.
  const callers = new Int32Array(inside.length);
  const nextEdge = new Int32Array(inside.length);
  const lowestSeen = new Int32Array(inside.length);

  return {
    all(found) {
      for (let root = 0; root < numbers.length; root++) if (numbers[root] === NOT_SEEN) grow(root, found);
    },
    within(states, found) {
      for (const state of states) numbers[state] = NOT_SEEN;
      for (const root of states) if (numbers[root] === NOT_SEEN) grow(root, found);
    },
  };

  function grow(root: number, found: FoundComponent): void {
    let clock = 1;
    let top = 0;
    let depth = 0;
    let state = root;
    let lowest = clock;
    numbers[root] = clock;
    stack[top++] = root;
    let edge = rows[root] as number;
    let end = rows[root + 1] as number;
    for (;;) {
      let deeper = -1;
      while (edge < end) {
        const at = edge++;
        if (allowed[labels[at] as number] === 0) continue;
        const target = targets[at] as number;
        const number = numbers[target] as number;
        if (number === NOT_SEEN) {
          deeper = target;
          break;
        }
        if (number < lowest) lowest = number;
      }
      if (deeper >= 0) {
        callers[depth] = state;
        nextEdge[depth] = edge;
        lowestSeen[depth++] = lowest;
        state = deeper;
        lowest = ++clock;
        numbers[state] = lowest;
        stack[top++] = state;
        edge = rows[state] as number;
        end = rows[state + 1] as number;
        continue;
      }
      if (lowest === numbers[state]) {
        const last = top;
        do numbers[stack[--top] as number] = CLOSED;
        while (stack[top] !== state);
        found(stack.subarray(top, last));
        lowest = CLOSED;
      } else {
        numbers[state] = lowest;
      }
      if (depth === 0) return;
      state = callers[--depth] as number;
      if ((lowestSeen[depth] as number) < lowest) lowest = lowestSeen[depth] as number;
      edge = nextEdge[depth] as number;
      end = rows[state + 1] as number;
    }
  }
}

/** All components among some states, numbered from 1, each after those that it leads to. */
export interface Condensation {
  /** By state: the number of its component, 0 outside. */
  readonly numbers: Int32Array;
  /** The states, component by component. */
  readonly members: Int32Array;
  /** By number: where its states end in `members`; they begin where those of the number before it end. */
  readonly ends: Int32Array;
}

/** The components that the steps make of some states: found once, gone through as often as there are questions. */
export function condensationOf(edges: Edges, states: number, among: Int32Array): Condensation {
  const inside = new Uint8Array(states);
  for (const state of among) inside[state] = 1;
  const numbers = new Int32Array(states);
  const members = new Int32Array(among.length);
  const ends = new Int32Array(among.length + 1);
  let number = 0;
  let end = 0;
  componentsIn({ edges, inside, allowed: new Uint8Array(2 ** 16).fill(1) }).all((component) => {
    number++;
    for (const state of component) numbers[state] = number;
    members.set(component, end);
    end += component.length;
    ends[number] = end;
  });
  return { numbers, members, ends: ends.subarray(0, number + 1) };
}
