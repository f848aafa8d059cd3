import { componentsIn } from './components.ts';
import type { Edges } from './edges.ts';
import type { FairnessChanges } from './formula.ts';
import type { Fairness, System } from './system.ts';

/** What a run owes, and what its cycle may do; by action. */
export interface Rules {
  readonly fairness: readonly Fairness[];
  /** 1 for actions that a cycle may take. */
  readonly repeatable: Uint8Array;
}

/** The rules under a formula: an action that may be taken finitely often only owes nothing, or no run would be fair. */
export function rulesFor(
  system: System,
  without: ReadonlySet<number>,
  changes: FairnessChanges = new Map(),
  finitelyOften: ReadonlySet<number> = new Set(),
): Rules {
  const repeats = (action: number) => !without.has(action) && !finitelyOften.has(action);
  return {
    fairness: system.actions.map(({ fairness }, action) =>
      finitelyOften.has(action) ? 'none' : (changes.get(action) ?? fairness),
    ),
    repeatable: Uint8Array.from(system.actions, (_, action) => (repeats(action) ? 1 : 0)),
  };
}

/** Where a fair run can stay for ever. */
export interface FairPlaces {
  /** By state: the number of the component that it may go round in, 0 if there is none. */
  readonly components: Int32Array;
  /** By state: 1 if a run may stop here for ever, which is fair exactly when nobody owes a step. */
  readonly stops: Uint8Array;
}

/**
 * The largest sets of states within `inside` that a fair cycle can cover, judged by the steps inside them:
 * - a weak action that is enabled in every state must be taken inside, or there is no fair cycle at all;
 * - a strong action that is enabled somewhere must be taken inside, or the states that enable it are given up and the rest is
 *   judged again;
 * - one of the `visited` states must be there, if any are asked for.
 */
export function fairPlaces(edges: Edges, inside: Uint8Array, rules: Rules, visited: Uint8Array | null): FairPlaces {
  const { rows, targets, labels } = edges;
  const { fairness, repeatable } = rules;
  const components = new Int32Array(inside.length);
  const finder = componentsIn({ edges, inside, allowed: repeatable });
  const enabled = new Int32Array(fairness.length);
  const taken = new Uint8Array(fairness.length);
  const weak = Uint8Array.from(fairness, (owed) => (owed === 'weak' ? 1 : 0));
  const strong = Uint8Array.from(fairness, (owed) => (owed === 'strong' ? 1 : 0));
  const again: Int32Array[] = [];
  let numbered = 0;

  finder.all(judge);
  for (let next = again.pop(); next; next = again.pop()) finder.within(next, judge);
  return { components, stops: stopsIn(edges, inside, fairness, visited) };

  function judge(states: Int32Array): void {
    if (states.length === 1 && !repeatsItself(states[0] as number)) return;
    const number = ++numbered;
    for (const state of states) components[state] = number;
    count(states, number);
    const owes = (action: number) => (enabled[action] as number) > 0 && taken[action] === 0;
    let hopeless = visited !== null && !states.some((state) => visited[state] === 1);
    const broken: number[] = [];
    for (let action = 0; action < fairness.length; action++) {
      if (weak[action] === 1 && enabled[action] === states.length && taken[action] === 0) hopeless = true;
      if (strong[action] === 1 && owes(action)) broken.push(action);
    }
    if (!hopeless && broken.length === 0) return;
    for (const state of states) components[state] = 0;
    if (!hopeless) giveUp(states, new Set(broken));
  }

  function repeatsItself(state: number): boolean {
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      if (targets[edge] === state && repeatable[labels[edge] as number] === 1) return true;
    }
    return false;
  }

  function count(states: Int32Array, number: number): void {
    enabled.fill(0);
    taken.fill(0);
    for (const state of states) {
      const end = rows[state + 1] as number;
      for (let edge = rows[state] as number; edge < end; edge++) {
        const action = labels[edge] as number;
        enabled[action] = (enabled[action] as number) + 1;
        if (repeatable[action] === 1 && components[targets[edge] as number] === number) taken[action] = 1;
      }
    }
  }

  function giveUp(states: Int32Array, broken: ReadonlySet<number>): void {
    const rest = states.filter((state) => {
      for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
        if (broken.has(labels[edge] as number)) return false;
      }
      return true;
    });
    if (rest.length > 0) again.push(rest);
  }
}

function stopsIn(
  { rows, labels }: Edges,
  inside: Uint8Array,
  fairness: readonly Fairness[],
  visited: Uint8Array | null,
): Uint8Array {
  const owed = Uint8Array.from(fairness, (fair) => (fair === 'none' ? 0 : 1));
  const stops = new Uint8Array(inside.length);
  for (let state = 0; state < stops.length; state++) {
    if (inside[state] === 0 || (visited !== null && visited[state] === 0)) continue;
    let stop = 1;
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      if (owed[labels[edge] as number] === 1) stop = 0;
    }
    stops[state] = stop;
  }
  return stops;
}
