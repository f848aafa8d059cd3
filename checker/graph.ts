import type { Edges } from './edges.ts';
import type { Exploration } from './explore.ts';
import { type Reach, reach } from './reach.ts';
import type { States } from './states.ts';
import type { System } from './system.ts';

/** A finished exploration with all its steps, and the runs that are considered. */
export interface Graph {
  readonly system: System;
  readonly found: Readonly<States>;
  readonly states: number;
  readonly edges: Edges;
  /** Runs that take one of these are not considered; what they enable still counts. */
  readonly without: ReadonlySet<number>;
  /** By action: 1 if runs may take it. */
  readonly allowed: Uint8Array;
  /** The states that the considered runs reach, nearest first. */
  reached(): Reach;
}

/** What is worked out about a graph is shared by all that is asked of the exploration. */
const whole = new WeakMap<Exploration, Graph>();

/** The graph of an exploration; null if its steps take more memory than the limit allows. */
export function graphOf(exploration: Exploration, without: ReadonlySet<number>): Graph | null {
  if (without.size > 0) return makeGraph(exploration, without);
  const graph = whole.get(exploration) ?? makeGraph(exploration, without);
  if (graph) whole.set(exploration, graph);
  return graph;
}

function makeGraph(exploration: Exploration, without: ReadonlySet<number>): Graph | null {
  const edges = exploration.edges();
  if (!edges) return null;
  const { system, found, states } = exploration;
  const allowed = Uint8Array.from(system.actions, (_, action) => (without.has(action) ? 0 : 1));
  let reached: Reach | undefined;
  return {
    system,
    found,
    states,
    edges,
    without,
    allowed,
    reached() {
      reached ??=
        without.size === 0
          ? foundOrder(exploration)
          : reach(edges, states, 1, 0, (_, action) => (allowed[action] ? 0 : -1));
      return reached;
    },
  };
}

/** All states that were found. Ids follow the order of discovery, so the search has done the work already. */
export function foundOrder({ found, states }: Exploration): Reach {
  const order = new Int32Array(states);
  for (let id = 0; id < states; id++) order[id] = id;
  return { layers: 1, order, parents: found.parents, via: found.via };
}
