import type { Exploration } from './explore.ts';
import type { Always, AlwaysStep, Answer, Sometimes } from './formula.ts';
import type { Graph } from './graph.ts';
import { actionsTo, type Reach } from './reach.ts';
import type { States } from './states.ts';
import type { Predicate } from './system.ts';
import { localsOf, truthOf, viewOf } from './truth.ts';

/** What an exploration says of a formula about states; a limit that was reached leaves what was not seen unknown. */
export function judgeStates(
  exploration: Exploration,
  formula: Always | Sometimes,
  reached: Reach,
  counts: Uint8Array | null,
): Answer {
  const wanted = formula.kind === 'sometimes' ? 1 : 0;
  const nearest = firstState(exploration.found, formula.holds, reached, wanted, counts);
  const run = nearest === null ? null : { actions: actionsTo(reached, nearest), loopsTo: null };
  const [seen, unseen] =
    formula.kind === 'sometimes' ? (['holds', 'violated'] as const) : (['violated', 'holds'] as const);
  const verdict = run ? seen : exploration.stopped ? 'unknown' : unseen;
  return { formula, verdict, run, notes: [] };
}

function firstState(
  found: Readonly<States>,
  predicate: Predicate,
  { order }: Reach,
  wanted: 0 | 1,
  counts: Uint8Array | null,
): number | null {
  const truth = truthOf(found, predicate);
  return order.find((state) => truth[state] === wanted && counts?.[state] !== 0) ?? null;
}

// A pair of views must stay an exact number.
const VIEWS_MAX = 2 ** 26;

/** Looks for a step that breaks the promise: the nearest one. */
export function judgeSteps(graph: Graph, formula: AlwaysStep, counts: Uint8Array | null, isPartial: boolean): Answer {
  const { found, allowed, edges } = graph;
  const { participants } = formula.holds;
  const { rows, targets, labels } = edges;
  const reached = graph.reached();
  const view = viewOf(found, participants);
  const known = new Map<number, boolean>();
  for (const state of reached.order) {
    const before = view(state);
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      const action = labels[edge] as number;
      if (allowed[action] === 0) continue;
      const target = targets[edge] as number;
      if (counts?.[target] === 0) continue;
      const pair = before * VIEWS_MAX + view(target);
      let holds = known.get(pair);
      if (holds === undefined) {
        holds = formula.holds.holds(localsOf(found, participants, state), localsOf(found, participants, target));
        known.set(pair, holds);
      }
      if (!holds) {
        const run = { actions: [...actionsTo(reached, state), action], loopsTo: null };
        return { formula, verdict: 'violated', run, notes: [] };
      }
    }
  }
  return { formula, verdict: isPartial ? 'unknown' : 'holds', run: null, notes: [] };
}
