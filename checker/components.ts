import type { Edges } from './edges.ts';

/** The graph in which components are sought: the states marked with `region`, and the steps that `allowed` actions take between them. */
export interface Region {
  readonly edges: Edges;
  /** By state: the number of the region it lies in; 0 is outside of all. */
  readonly regions: Int32Array;
  /** By action: 1 if its steps count. */
  readonly allowed: Uint8Array;
}

/** Takes a component's states; the array is only lent. */
export type FoundComponent = (component: Int32Array) => void;

/** Gives the components of one region after the other, each after those that it leads to. */
export interface Components {
  of(region: number, found: FoundComponent): void;
  /** The same, of a region that lies within `states`, whose components may have been found before. */
  within(region: number, states: Int32Array, found: FoundComponent): void;
}

/**
 * Strongly connected components after Tarjan, without recursion. `order` is 0 for a state not seen, negative once its component
 * is complete, and its number on the stack in between.
 */
export function componentsIn({ edges, regions, allowed }: Region): Components {
  const { rows, targets, labels } = edges;
  const order = new Int32Array(regions.length);
  const low = new Int32Array(regions.length);
  const stack = new Int32Array(regions.length);
  const callers = new Int32Array(regions.length);
  const nextEdge = new Int32Array(regions.length);

  return {
    of(region, found) {
      for (let root = 0; root < order.length; root++) {
        if (regions[root] === region && order[root] === 0) grow(region, root, found);
      }
    },
    within(region, states, found) {
      for (const state of states) order[state] = 0;
      for (const root of states) if (regions[root] === region && order[root] === 0) grow(region, root, found);
    },
  };

  function grow(region: number, root: number, found: FoundComponent): void {
    let clock = 1;
    let top = 0;
    let state = root;
    order[root] = clock;
    low[root] = clock;
    stack[top++] = root;
    callers[root] = -1;
    let edge = rows[root] as number;
    let end = rows[root + 1] as number;
    for (;;) {
      let deeper = -1;
      let lowest = low[state] as number;
      for (; edge < end; edge++) {
        if (allowed[labels[edge] as number] === 0) continue;
        const target = targets[edge] as number;
        if (regions[target] !== region) continue;
        const seen = order[target] as number;
        if (seen === 0) {
          deeper = target;
          break;
        }
        if (seen > 0 && seen < lowest) lowest = seen;
      }
      low[state] = lowest;
      if (deeper >= 0) {
        nextEdge[state] = edge + 1;
        callers[deeper] = state;
        state = deeper;
        order[state] = ++clock;
        low[state] = clock;
        stack[top++] = state;
        edge = rows[state] as number;
        end = rows[state + 1] as number;
        continue;
      }
      if (lowest === order[state]) {
        const last = top;
        do order[stack[--top] as number] = -1;
        while (stack[top] !== state);
        found(stack.subarray(top, last));
      }
      const caller = callers[state] as number;
      if (caller < 0) return;
      if (lowest < (low[caller] as number)) low[caller] = lowest;
      state = caller;
      edge = nextEdge[state] as number;
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
  const regions = new Int32Array(states);
  for (const state of among) regions[state] = 1;
  const numbers = new Int32Array(states);
  const members = new Int32Array(among.length);
  const ends = new Int32Array(among.length + 1);
  let number = 0;
  let end = 0;
  componentsIn({ edges, regions, allowed: new Uint8Array(2 ** 16).fill(1) }).of(1, (component) => {
    number++;
    for (const state of component) numbers[state] = number;
    members.set(component, end);
    end += component.length;
    ends[number] = end;
  });
  return { numbers, members, ends: ends.subarray(0, number + 1) };
}
