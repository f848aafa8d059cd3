import { type Cycle, type Duties, type Start, shortestCycle } from './cycle.ts';
import type { Edges } from './edges.ts';
import { type FairPlaces, fairPlaces, type Rules, rulesFor } from './fair.ts';
import type { Answer, LeadsTo } from './formula.ts';
import type { Graph } from './graph.ts';
import { actionsTo, isReached, nearest, type Reach, reach } from './reach.ts';
import { truthOf } from './truth.ts';

/**
 * Looks for a fair run that breaks the promise: a stem to a place where a fair run can stay for ever with `to` missing. Either it
 * stops there, or it goes round a fair cycle.
 */
export function judgeLeadsTo(graph: Graph, formula: LeadsTo, considered: Uint8Array | null): Answer {
  if (formula.forGood && !formula.stays) {
    throw new Error(`${formula.name} asks for its end for good, but not that its beginning stays. Set stays as well.`);
  }
  const rules = rulesFor(graph.system, graph.without, formula.fairness, formula.finitelyOften);
  const from = truthOf(graph.found, formula.from);
  const to = truthOf(graph.found, formula.to);
  const open = from.map((holds, state) => (holds === 1 && to[state] === 0 ? 1 : 0));
  const holds: Answer = { formula, verdict: 'holds', run: null, notes: notesOn(formula) };
  if (!open.includes(1)) return holds;

  const stems = formula.stays ? graph.reached() : pendingRuns(graph, open, to);
  const node = formula.stays ? (state: number) => state : (state: number) => 2 * state + 1;
  const inside = open.map((isOpen, state) => {
    const counts = formula.stays ? (formula.forGood ? from[state] : isOpen) : 1;
    return counts === 1 && considered?.[state] !== 0 && isReached(stems, node(state)) ? 1 : 0;
  });
  const missing = formula.forGood ? open : null;
  const places = fairPlaces(graph.edges, inside, rules, missing);
  const lasso = shortestLasso(graph.edges, stems, places, rules, missing);
  return lasso ? { ...holds, verdict: 'violated', run: lasso.run, notes: [...holds.notes, ...lasso.notes] } : holds;
}

// Layer 1: some state had `from`, and `to` was missing ever since.
function pendingRuns({ edges, states, allowed }: Graph, open: Uint8Array, to: Uint8Array): Reach {
  return reach(edges, states, 2, open[0] as number, (layer, action, target) => {
    if (allowed[action] === 0) return -1;
    return open[target] === 1 || (layer === 1 && to[target] === 0) ? 1 : 0;
  });
}

function shortestLasso(
  edges: Edges,
  stems: Reach,
  { components, stops }: FairPlaces,
  rules: Rules,
  visit: Uint8Array | null,
): { run: NonNullable<Answer['run']>; notes: string[] } | null {
  const stateOf = stems.layers === 1 ? (node: number) => node : (node: number) => node >> 1;
  const counts = stems.layers === 1 ? () => true : (node: number) => (node & 1) === 1;
  const ends = nearest(stems, (node) => {
    const state = stateOf(node);
    return counts(node) && (stops[state] === 1 || components[state] !== 0);
  });
  const stop = ends.find((node) => stops[stateOf(node)] === 1);
  if (stop !== undefined) return { run: { actions: actionsTo(stems, stop), loopsTo: null }, notes: [] };
  const duties = dutiesOf(
    edges,
    components,
    new Set(ends.map((node) => components[stateOf(node)] as number)),
    rules,
    visit,
  );
  const starts = ends.map((node): Start => {
    const number = components[stateOf(node)] as number;
    const ground = { edges, components, number, repeatable: rules.repeatable };
    return { at: stateOf(node), ground, duties: duties.get(number) as Duties };
  });
  const cycle: Cycle | null = shortestCycle(starts);
  if (!cycle) return null;
  const stem = actionsTo(stems, ends[starts.findIndex(({ at }) => at === cycle.at)] as number);
  return {
    run: { actions: [...stem, ...cycle.actions], loopsTo: stem.length },
    notes: cycle.isShortest ? [] : ['The stem is a shortest one; the cycle after it may not be.'],
  };
}

// A component owes what is enabled somewhere in it.
function dutiesOf(
  { rows, labels }: Edges,
  components: Int32Array,
  numbers: ReadonlySet<number>,
  { fairness }: Rules,
  visit: Uint8Array | null,
): Map<number, Duties> {
  const enabled = new Map([...numbers].map((number) => [number, new Uint8Array(fairness.length)]));
  components.forEach((component, state) => {
    const here = component === 0 ? undefined : enabled.get(component);
    if (!here) return;
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) here[labels[edge] as number] = 1;
  });
  return new Map(
    [...enabled].map(([number, here]) => {
      const owed = (kind: 'weak' | 'strong') =>
        [...fairness.keys()].filter((a) => fairness[a] === kind && here[a] === 1);
      return [number, { weak: owed('weak'), strong: owed('strong'), visit, take: null }];
    }),
  );
}

function notesOn({ finitelyOften }: LeadsTo): string[] {
  return finitelyOften?.size ? ['Actions that the run may take finitely often only owe nothing.'] : [];
}
