import type { Answer, Possible } from './formula.ts';
import type { Graph } from './graph.ts';
import { actionsTo, nearest } from './reach.ts';
import { truthOf } from './truth.ts';

/** Looks for a state from which no run reaches the goal: the nearest one. */
export function judgePossible(graph: Graph, formula: Possible, counts: Uint8Array | null): Answer {
  const reached = graph.reached();
  // A way out counts even if it takes an action that the runs considered do not.
  const reaching = reachingBackwards(graph, truthOf(graph.found, formula.goal));
  const [lost] = nearest(reached, (state) => reaching[state] === 0 && counts?.[state] !== 0);
  const run = lost === undefined ? null : { actions: actionsTo(reached, lost), loopsTo: null };
  return { formula, verdict: run ? 'violated' : 'holds', run, notes: [] };
}

// Steps turned round: those into state `s` are `starts[s]` up to `starts[s + 1]`, each with the state it comes from.
function reachingBackwards({ edges: { rows, targets, count }, states }: Graph, reaching: Uint8Array): Uint8Array {
  const starts = new Int32Array(states + 1);
  for (let edge = 0; edge < count; edge++) {
    const into = (targets[edge] as number) + 1;
    starts[into] = (starts[into] as number) + 1;
  }
  for (let state = 0; state < states; state++) {
    starts[state + 1] = (starts[state + 1] as number) + (starts[state] as number);
  }
  const sources = new Int32Array(count);
  const filled = starts.slice();
  for (let state = 0; state < states; state++) {
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      const target = targets[edge] as number;
      const at = filled[target] as number;
      sources[at] = state;
      filled[target] = at + 1;
    }
  }
  const open = filled;
  let found = 0;
  reaching.forEach((holds, state) => {
    if (holds === 1) open[found++] = state;
  });
  for (let at = 0; at < found; at++) {
    const state = open[at] as number;
    for (let back = starts[state] as number; back < (starts[state + 1] as number); back++) {
      const source = sources[back] as number;
      if (reaching[source] === 1) continue;
      reaching[source] = 1;
      open[found++] = source;
    }
  }
  return reaching;
}
