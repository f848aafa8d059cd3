import { type Condensation, condensationOf } from './components.ts';
import { shortestCycle } from './cycle.ts';
import { type Edges, keepEdges } from './edges.ts';
import type { Answer, Bound, Run, Supremum } from './formula.ts';
import type { Graph } from './graph.ts';
import { actionsTo, nearest, type Reach, reach } from './reach.ts';

/** The largest counts, each with a run that reaches it or a cycle to pump; `violated` if one that is asked for is unbounded. */
export function judgeBound(graph: Graph, formula: Bound, considered: Uint8Array | null): Answer {
  const { counted, ticks } = formula;
  const { untimed, prompt } = timedOf(graph, ticks);
  const perTick = largest(untimed, counted, considered);
  const total = largest(prompt, counted, considered);
  const asked = formula.only === 'perTick' ? [perTick] : [perTick, total];
  const worst = asked.find(({ supremum }) => supremum === 'unbounded');
  return {
    formula,
    verdict: worst ? 'violated' : 'holds',
    run: (worst ?? total).run,
    bound: { perTick: perTick.supremum, total: total.supremum, perTickRun: perTick.run, totalRun: total.run },
    notes: [perTick, total].some(({ isShortest }) => !isShortest)
      ? ['The cycle to pump may not be a shortest one.']
      : [],
  };
}

/** Some of the steps, the states that they are gone through from, and the components that they make of these. */
interface Part {
  readonly edges: Edges;
  readonly reached: Reach;
  readonly condensation: Condensation;
}

/** The steps between two ticks, from wherever a run comes; and the steps of runs in which time passes only where nobody owes a step. */
interface Timed {
  readonly untimed: Part;
  readonly prompt: Part;
}

/** By graph and ticks, so that the obligations of one promise share them. */
const known = new WeakMap<Graph, Map<string, Timed>>();

function timedOf(graph: Graph, ticks: ReadonlySet<number>): Timed {
  const ofGraph = known.get(graph) ?? new Map<string, Timed>();
  known.set(graph, ofGraph);
  const key = [...ticks].sort((a, b) => a - b).join();
  const made = ofGraph.get(key) ?? makeTimed(graph, ticks);
  ofGraph.set(key, made);
  return made;
}

function makeTimed(graph: Graph, ticks: ReadonlySet<number>): Timed {
  const { allowed, states } = graph;
  const noTick = allowed.map((isAllowed, action) => (ticks.has(action) ? 0 : isAllowed));
  const busy = busyStates(graph, ticks);
  const untimed = keepEdges(graph.edges, states, () => noTick);
  const prompt = keepEdges(graph.edges, states, (state) => (busy[state] === 1 ? noTick : allowed));
  const part = (edges: Edges, reached: Reach): Part => ({
    edges,
    reached,
    condensation: condensationOf(edges, states, reached.order),
  });
  return {
    untimed: part(untimed, graph.reached()),
    prompt: part(
      prompt,
      reach(prompt, states, 1, 0, () => 0),
    ),
  };
}

// Where somebody who owes a step can take one, so that no time passes.
function busyStates({ system, edges: { rows, labels }, states }: Graph, ticks: ReadonlySet<number>): Uint8Array {
  const hurries = Uint8Array.from(system.actions, ({ fairness }, id) =>
    fairness !== 'none' && !ticks.has(id) ? 1 : 0,
  );
  const busy = new Uint8Array(states);
  for (let state = 0; state < states; state++) {
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      if (hurries[labels[edge] as number] === 1) busy[state] = 1;
    }
  }
  return busy;
}

interface Largest {
  readonly supremum: Supremum;
  readonly run: Run;
  readonly isShortest: boolean;
}

/** The largest count on a path along the edges from a reached state. Paths repeat states only where nothing is counted, or there is no largest. */
function largest(part: Part, counted: ReadonlySet<number>, considered: Uint8Array | null): Largest {
  const { edges, reached, condensation } = part;
  const { numbers } = condensation;
  const { best, pumps, isPumped } = weigh(part, counted);
  const pumping = isPumped
    ? nearest(reached, (state) => pumps[numbers[state] as number] === 1 && considered?.[state] !== 0)
    : [];
  // The edges are only those that count already, whatever their action.
  const repeatable = new Uint8Array(2 ** 16).fill(1);
  const duties = { weak: [], strong: [], visit: null, take: counted };
  const cycle = shortestCycle(
    pumping.map((at) => ({
      at,
      ground: { edges, components: numbers, number: numbers[at] as number, repeatable },
      duties,
    })),
  );
  if (cycle) {
    const stem = actionsTo(reached, cycle.at);
    const run = { actions: [...stem, ...cycle.actions], loopsTo: stem.length };
    return { supremum: 'unbounded', run, isShortest: cycle.isShortest };
  }
  // What a state that does not count weighs may lead through a pump, and is not asked for.
  let supremum = 0;
  let start = -1;
  for (let at = 0; at < reached.order.length; at++) {
    const state = reached.order[at] as number;
    if (considered?.[state] === 0) continue;
    const heavy = best[numbers[state] as number] as number;
    if (start >= 0 && heavy <= supremum) continue;
    supremum = heavy;
    start = state;
  }
  if (start < 0) return { supremum: 0, run: { actions: [], loopsTo: null }, isShortest: true };
  const actions = [...actionsTo(reached, start), ...heaviest(part, best, start, counted)];
  return { supremum, run: { actions, loopsTo: null }, isShortest: true };
}

/** By component: the largest count on a path from it, and 1 if it has a cycle that counts. */
function weigh(
  { edges: { rows, targets, labels }, condensation: { numbers, members, ends } }: Part,
  counted: ReadonlySet<number>,
): { best: Int32Array; pumps: Uint8Array; isPumped: boolean } {
  const weight = new Uint8Array(2 ** 16);
  for (const action of counted) weight[action] = 1;
  const best = new Int32Array(ends.length);
  const pumps = new Uint8Array(ends.length);
  let isPumped = false;
  // A component comes after those that it leads to, so what lies beyond it is weighed already.
  for (let number = 1; number < ends.length; number++) {
    const last = ends[number] as number;
    let most = 0;
    let pump = 0;
    for (let at = ends[number - 1] as number; at < last; at++) {
      const state = members[at] as number;
      const end = rows[state + 1] as number;
      for (let edge = rows[state] as number; edge < end; edge++) {
        const into = numbers[targets[edge] as number] as number;
        const counts = weight[labels[edge] as number] as number;
        if (into === number) {
          pump |= counts;
          continue;
        }
        const heavy = counts + (best[into] as number);
        if (heavy > most) most = heavy;
      }
    }
    best[number] = most;
    pumps[number] = pump;
    isPumped ||= pump === 1;
  }
  return { best, pumps, isPumped };
}

/** The shortest of the heaviest paths from a state: every step gives up exactly what it counts. */
function heaviest(
  { edges: { rows, targets, labels }, condensation: { numbers } }: Part,
  best: Int32Array,
  start: number,
  counted: ReadonlySet<number>,
): number[] {
  const steps = new Map<number, { from: number; action: number }>();
  const order = [start];
  for (const state of order) {
    const left = best[numbers[state] as number] as number;
    if (left === 0) {
      const actions: number[] = [];
      for (let step = steps.get(state); step; step = step.from === start ? undefined : steps.get(step.from)) {
        actions.push(step.action);
      }
      return actions.reverse();
    }
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      const action = labels[edge] as number;
      const target = targets[edge] as number;
      const wanted = counted.has(action) ? left - 1 : left;
      if (best[numbers[target] as number] !== wanted || target === start || steps.has(target)) continue;
      steps.set(target, { from: state, action });
      order.push(target);
    }
  }
  throw new Error('No path is as heavy as the heaviest one.');
}
