import { getShortestPaths } from '@xstate/graph';
import type { ActorLogic, Snapshot } from 'xstate';

/** A graph as far as paths are concerned: the first state is where they begin. */
interface Stepped {
  readonly states: readonly unknown[];
  readonly steps: readonly { readonly from: number; readonly to: number }[];
}

/** A path from the initial state: where it ends, and its steps as places in the graph's. */
export interface Path {
  readonly to: number;
  readonly steps: readonly number[];
}

/** Paths, and whether there are more. */
export interface Paths {
  readonly paths: readonly Path[];
  /** Whether a limit ended the search for more. */
  readonly stopped: boolean;
}

type At = Snapshot<undefined> & { readonly at: number };

/** One shortest path to every state, by `@xstate/graph` over the graph as it was walked: no machine is asked again. */
export function shortestPaths(graph: Stepped): Paths {
  const out = outOf(graph);
  const start: At = { status: 'active', output: undefined, error: undefined, at: 0 };
  const logic: ActorLogic<At, { type: 'step'; step: number }, undefined> = {
    transition: (snapshot, { step }) => ({ ...snapshot, at: graph.steps[step]?.to ?? 0 }),
    getInitialSnapshot: () => start,
    getPersistedSnapshot: (snapshot) => snapshot,
  };
  const found = getShortestPaths(logic, {
    events: (snapshot) => (out[placeOf(snapshot)] ?? []).map((step) => ({ type: 'step', step })),
    serializeState: (snapshot) => String(placeOf(snapshot)),
    serializeEvent: (event) => String(stepOf(event)),
  });
  return {
    paths: found.map(({ state, steps }) => ({
      to: placeOf(state),
      // The first entry of every path is XState's own initial event.
      steps: steps.slice(1).map(({ event }) => stepOf(event)),
    })),
    stopped: false,
  };
}

/**
 * Every path to every state that passes no state twice, in the order of a depth-first walk, and no more than so many. The
 * same as `getSimplePaths` of `@xstate/graph`, which cannot be stopped and walks the whole graph anew for each state.
 */
export function simplePaths(graph: Stepped, limit: number): Paths {
  const out = outOf(graph);
  const paths: Path[] = [{ to: 0, steps: [] }];
  const passed = new Uint8Array(graph.states.length);
  passed[0] = 1;
  const steps: number[] = [];
  const open = [{ at: 0, next: 0 }];
  for (let here = open.at(-1); here; here = open.at(-1)) {
    const step = out[here.at]?.[here.next++];
    if (step === undefined) {
      open.pop();
      steps.pop();
      passed[here.at] = 0;
      continue;
    }
    const to = graph.steps[step]?.to ?? 0;
    if (passed[to] === 1) continue;
    if (paths.length >= limit) return { paths, stopped: true };
    passed[to] = 1;
    steps.push(step);
    paths.push({ to, steps: [...steps] });
    open.push({ at: to, next: 0 });
  }
  return { paths, stopped: false };
}

function outOf({ states, steps }: Stepped): number[][] {
  const out: number[][] = states.map(() => []);
  for (const [step, { from }] of steps.entries()) out[from]?.push(step);
  return out;
}

/** The snapshots and events are the logic's own; `@xstate/graph` hands them back with less of a type. */
function placeOf(snapshot: unknown): number {
  return (snapshot as At).at;
}

function stepOf(event: unknown): number {
  return (event as { readonly step: number }).step;
}
