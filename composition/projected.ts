import type { Exploration } from '#checker/explore.ts';
import { Tuples } from '#checker/tuples.ts';
import type { Composition } from './compose.ts';
import type { Instance } from './instance.ts';
import { definedBy, type PathGraph, type PathStep, placesOf } from './path-graph.ts';

/** A system seen through some of its instances: their local states, alone or together, and how each is reached soonest. */
export interface Projected {
  readonly graph: PathGraph;
  /** By state of the graph, the actions of a shortest run of the whole system to it, and the graph's state after each. */
  readonly runs: readonly { readonly actions: readonly number[]; readonly through: readonly number[] }[];
}

/**
 * Every combination of local states of the chosen instances that an exploration found. It found them nearest first, so the
 * first state of each combination ends a shortest run to it; `rule` names an action (several may share a name). A path through the graph need not be a run; the runs are.
 */
export function project(
  composition: Composition,
  exploration: Exploration,
  chosen: readonly Instance[],
  rule: (action: number) => string,
): Projected {
  const fields = chosen.map((one) => composition.fieldOf(one));
  const tuples = new Tuples();
  const first: number[] = [];
  const seen = Int32Array.from({ length: exploration.states }, (_, id) => {
    const locals = exploration.locals(id);
    const view = tuples.number(fields.map((field) => locals[field] ?? 0));
    if (view === first.length) first.push(id);
    return view;
  });
  return {
    graph: {
      name: chosen.map(({ name }) => name).join(' and '),
      parts: 'instances',
      defined: chosen.flatMap((one) => definedBy(composition, one, one.name)),
      states: first.map((id) => {
        const locals = exploration.locals(id);
        return chosen.flatMap((one, at) =>
          placesOf(composition.localStates(one).snapshot(locals[fields[at] ?? 0] ?? 0), one.name),
        );
      }),
      steps: stepsBetween(exploration, seen, rule),
      left: exploration.states - exploration.expanded,
    },
    runs: first.map((id) => runTo(exploration, seen, id)),
  };
}

function stepsBetween(exploration: Exploration, seen: Int32Array, rule: (action: number) => string): PathStep[] {
  const edges = exploration.edges();
  if (edges === null) throw new RangeError('a projection is read off the steps, and a limit forbade keeping them');
  const steps = new Map<string, PathStep>();
  for (let id = 0; id < exploration.expanded; id++) {
    for (let edge = edges.rows[id] ?? 0; edge < (edges.rows[id + 1] ?? 0); edge++) {
      const [from, to] = [seen[id] ?? 0, seen[edges.targets[edge] ?? 0] ?? 0];
      if (from === to) continue;
      const action = edges.labels[edge] ?? 0;
      const event = exploration.system.actions[action]?.name ?? '';
      const key = `${from} ${to} ${event}`;
      if (!steps.has(key)) steps.set(key, { from, to, event, by: [rule(action)] });
    }
  }
  return [...steps.values()].sort((a, b) => a.from - b.from || a.to - b.to || (a.event < b.event ? -1 : 1));
}

function runTo({ found }: Exploration, seen: Int32Array, id: number): Projected['runs'][number] {
  const actions: number[] = [];
  const through: number[] = [];
  for (let at = id; at > 0; at = found.parents[at] ?? 0) {
    actions.push(found.via[at] ?? 0);
    through.push(seen[at] ?? 0);
  }
  return { actions: actions.reverse(), through: through.reverse() };
}
