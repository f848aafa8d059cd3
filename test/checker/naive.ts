import type { Bound, LeadsTo, Run, Supremum } from '#checker/formula.ts';
import type { Fairness, Predicate, System } from '#checker/system.ts';

/** A step of the naive graph. */
export interface NaiveEdge {
  readonly action: number;
  readonly to: number;
}

/** All reachable states as plain objects; nothing here is packed, memoised or clever. */
export interface NaiveGraph {
  readonly system: System;
  readonly states: readonly (readonly number[])[];
  readonly edges: readonly (readonly NaiveEdge[])[];
  /** Steps on a shortest run to each state. */
  readonly depths: readonly number[];
}

/** Breadth first with string keys. */
export function naiveGraph(system: System): NaiveGraph {
  const initial = system.fields.map((field) => field.initial);
  const ids = new Map([[initial.join(), 0]]);
  const states = [initial];
  const depths = [0];
  const edges: NaiveEdge[][] = [];
  for (let id = 0; id < states.length; id++) {
    const out: NaiveEdge[] = [];
    for (const [action, after] of naiveSteps(system, states[id] as number[])) {
      let to = ids.get(after.join());
      if (to === undefined) {
        to = states.push(after) - 1;
        ids.set(after.join(), to);
        depths.push((depths[id] as number) + 1);
      }
      out.push({ action, to });
    }
    edges.push(out);
  }
  return { system, states, edges, depths };
}

/** What is enabled, and what comes of it. */
export function naiveSteps(system: System, locals: readonly number[]): [action: number, after: number[]][] {
  return [...system.actions.entries()].flatMap(([id, action]): [number, number[]][] => {
    const next = action.step(action.participants.map((field) => locals[field] as number));
    if (next === null) return [];
    const after = [...locals];
    for (const [at, field] of action.participants.entries()) after[field] = next[at] as number;
    for (const hearer of action.broadcast ?? []) after[hearer.field] = hearer.next(locals[hearer.field] as number);
    return [[id, after]];
  });
}

/** Does the predicate hold in a state? */
export function naiveHolds(predicate: Predicate, locals: readonly number[]): boolean {
  return predicate.holds(predicate.participants.map((field) => locals[field] as number));
}

/** The lengths of the shortest violation, stem before cycle (0: the run stops); null if the promise holds. */
export function naiveLeadsTo(
  graph: NaiveGraph,
  formula: LeadsTo,
  without: ReadonlySet<number> = new Set(),
  counts: (locals: readonly number[]) => boolean = () => true,
): [number, number] | null {
  const { system, states, edges } = graph;
  const from = states.map((locals) => naiveHolds(formula.from, locals));
  const to = states.map((locals) => naiveHolds(formula.to, locals));
  const often = (action: number) => !without.has(action) && !formula.finitelyOften?.has(action);
  const mayStay = (state: number) =>
    counts(states[state] ?? []) && (!formula.stays || (from[state] === true && (formula.forGood || !to[state])));
  const owes = system.actions.map(
    ({ fairness }, action): Fairness =>
      formula.finitelyOften?.has(action) ? 'none' : (formula.fairness?.get(action) ?? fairness),
  );

  // Every (state, whether `from` is pending) with its distance.
  const start = { state: 0, pending: from[0] === true && !to[0] };
  const nodes = [{ ...start, depth: 0 }];
  const known = new Set([JSON.stringify(start)]);
  for (const { state, pending, depth } of nodes) {
    for (const edge of edges[state] ?? []) {
      if (without.has(edge.action)) continue;
      const next = { state: edge.to, pending: (pending || from[edge.to] === true) && !to[edge.to] };
      if (known.has(JSON.stringify(next))) continue;
      known.add(JSON.stringify(next));
      nodes.push({ ...next, depth: depth + 1 });
    }
  }
  let best: [number, number] | null = null;
  for (const { state, pending, depth } of nodes) {
    if (!mayStay(state) || (!formula.stays && !pending)) continue;
    if (best && depth > best[0]) break;
    const stays = formula.stays ? mayStay : (other: number) => mayStay(other) && !to[other];
    const length = shortestFairStay(state, stays);
    if (length !== null && (!best || length < best[1])) best = [depth, length];
  }
  return best;

  // 0 for stopping; otherwise the first way back on which everything owed was done, over all sets of things done.
  function shortestFairStay(first: number, stays: (state: number) => boolean): number | null {
    const enabled = (state: number) => (edges[state] ?? []).map(({ action }) => action);
    const isWanted = (state: number) => !formula.forGood || !to[state];
    if (isWanted(first) && enabled(first).every((action) => owes[action] === 'none')) return 0;
    interface Walk {
      at: number;
      taken: number[];
      disabledSomewhere: number[];
      enabledSomewhere: number[];
      wanted: boolean;
    }
    const seeing = (walk: Walk, state: number): Walk => ({
      at: state,
      taken: walk.taken,
      disabledSomewhere: union(
        walk.disabledSomewhere,
        [...owes.keys()].filter((a) => owes[a] !== 'none' && !enabled(state).includes(a)),
      ),
      enabledSomewhere: union(
        walk.enabledSomewhere,
        enabled(state).filter((a) => owes[a] === 'strong'),
      ),
      wanted: walk.wanted || isWanted(state),
    });
    const isFair = ({ taken, disabledSomewhere, enabledSomewhere, wanted }: Walk) =>
      wanted &&
      owes.every(
        (owed, action) =>
          owed === 'none' ||
          taken.includes(action) ||
          (owed === 'weak' ? disabledSomewhere.includes(action) : !enabledSomewhere.includes(action)),
      );
    let level = [seeing({ at: first, taken: [], disabledSomewhere: [], enabledSomewhere: [], wanted: false }, first)];
    const seen = new Set(level.map((walk) => JSON.stringify(walk)));
    for (let length = 1; level.length > 0; length++) {
      const next: Walk[] = [];
      for (const walk of level) {
        for (const { action, to: target } of edges[walk.at] ?? []) {
          if (!often(action) || !stays(target)) continue;
          const taken = owes[action] === 'none' ? walk.taken : union(walk.taken, [action]);
          const step = seeing({ ...walk, taken }, target);
          if (target === first && isFair(step)) return length;
          const key = JSON.stringify(step);
          if (seen.has(key)) continue;
          seen.add(key);
          next.push(step);
        }
      }
      level = next;
    }
    return null;
  }
}

/** Is the goal out of reach from some state that the runs considered reach? The distance of the nearest; null if from none. */
export function naivePossible({ states, edges, depths }: NaiveGraph, goal: Predicate): number | null {
  const lost = [...states.keys()].filter((state) => {
    const seen = new Set([state]);
    for (const at of seen) for (const { to } of edges[at] ?? []) seen.add(to);
    return ![...seen].some((at) => naiveHolds(goal, states[at] as readonly number[]));
  });
  return lost.length === 0 ? null : Math.min(...lost.map((state) => depths[state] as number));
}

/** Both suprema, by walking longer and longer: a count above the number of states has repeated itself. */
export function naiveBound(
  { system, states, edges }: NaiveGraph,
  { counted, ticks }: Bound,
  counts: (locals: readonly number[]) => boolean = () => true,
  mayVisit: (locals: readonly number[]) => boolean = () => true,
): [perTick: Supremum, total: Supremum] {
  const isBusy = (state: number) =>
    (edges[state] ?? []).some(({ action }) => system.actions[action]?.fairness !== 'none' && !ticks.has(action));
  const enters = (to: number) => mayVisit(states[to] ?? []);
  const untimed = edges.map((out) => out.filter(({ action, to }) => enters(to) && !ticks.has(action)));
  const prompt = edges.map((out, state) =>
    out.filter(({ action, to }) => enters(to) && !(ticks.has(action) && isBusy(state))),
  );
  const prompted = new Set([0]);
  for (const state of prompted) for (const { to } of prompt[state] ?? []) prompted.add(to);
  const isConsidered = (state: number) => counts(states[state] ?? []);
  return [
    heaviest(untimed, [...edges.keys()].filter(isConsidered)),
    heaviest(prompt, [...prompted].filter(isConsidered)),
  ];

  function heaviest(graph: readonly (readonly NaiveEdge[])[], starts: readonly number[]): Supremum {
    let level = new Map(starts.map((state) => [state, 0]));
    let most = 0;
    const lengthMax = (edges.length + 1) * (edges.length + 2);
    for (let length = 0; length < lengthMax && level.size > 0; length++) {
      const next = new Map<number, number>();
      for (const [state, count] of level) {
        for (const { action, to } of graph[state] ?? []) {
          const counts = count + (counted.has(action) ? 1 : 0);
          if (counts > (next.get(to) ?? -1)) next.set(to, counts);
          most = Math.max(most, counts);
        }
      }
      if (most > edges.length) return 'unbounded';
      level = next;
    }
    return most;
  }
}

/** The states a run goes through, by stepping; null if it cannot be taken or its cycle does not close. */
export function naiveWalk(system: System, run: Run): number[][] | null {
  const walk = [system.fields.map((field) => field.initial)];
  for (const action of run.actions) {
    const step = naiveSteps(system, walk.at(-1) as number[]).find(([enabled]) => enabled === action);
    if (!step) return null;
    walk.push(step[1]);
  }
  const closes = run.loopsTo === null || walk[run.loopsTo]?.join() === walk.at(-1)?.join();
  return closes ? walk : null;
}

function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
