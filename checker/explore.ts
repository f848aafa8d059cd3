import type { Crew } from './crew.ts';
import { type Edges, noEdges } from './edges.ts';
import type { Run } from './formula.ts';
import { layoutFor, unpack } from './layout.ts';
import { startSearch } from './search.ts';
import { initialStates, type States } from './states.ts';
import type { System } from './system.ts';

/** Limits, and who wants to know. */
export interface ExploreOptions {
  /** Stop once more states than this were found. */
  readonly maxStates?: number;
  /** Stop before the arrays and memos take more bytes than this. */
  readonly maxMemory?: number;
  /** Keep every step from the start; otherwise they are found again when a formula needs them. */
  readonly edges?: boolean;
  /** Checked between slices of the search. */
  readonly signal?: { readonly aborted: boolean };
  /** Called about every 100 ms if there is a clock, else every so many states. */
  readonly onProgress?: (progress: Progress) => void;
  /** The clock, in milliseconds; the checker has none of its own. */
  readonly now?: () => number;
  /** Which inner loop: generated code where it may be used and pays (`auto`), or one of the two. */
  readonly loop?: 'auto' | 'plain' | 'compiled';
  /** Threads that help where a depth has many states. What is found is the same, ids included. */
  readonly crew?: Crew;
  /** From how many states of one depth the crew is called. */
  readonly crewFrom?: number;
  /** From how many states on a search that keeps no steps has its visited set in pages. */
  readonly pagesFrom?: number;
}

/** How far the search has come. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly expanded: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
  readonly depth: number;
  readonly elapsed: number;
}

/** The limit that ended a search. */
export type Stop = 'maxStates' | 'maxMemory' | 'aborted';

/** The reachable states: all of them if `stopped` is null. */
export interface Exploration {
  readonly system: System;
  readonly states: number;
  readonly transitions: number;
  /** How many states were expanded; these are the ids below it. */
  readonly expanded: number;
  /** Steps on the longest of the shortest runs. */
  readonly depth: number;
  readonly stopped: Stop | null;
  /** Bytes in arrays and memos at the end. */
  readonly bytes: number;
  readonly elapsed: number;
  locals(id: number): number[];
  depthOf(id: number): number;
  /** A shortest run to a state. */
  run(id: number): Run;
  /** The packed states and how they were found, for whoever judges them. */
  readonly found: Readonly<States>;
  /** All steps out of the expanded states; null if a limit forbids them. Searches once more if they were not kept. */
  edges(): Edges | null;
}

/** Finds every reachable state, breadth first. */
export function explore(system: System, options: ExploreOptions = {}): Exploration {
  if (system.actions.length > 2 ** 16) {
    throw new Error(`The system has ${system.actions.length} actions; ${2 ** 16} is the most that can be told apart.`);
  }
  const now = options.now ?? (() => 0);
  const started = now();
  const initial = system.fields.map((field) => field.initial);
  const sizes = () => system.fields.map((field) => Math.max(field.size(), field.initial + 1));
  const states = initialStates(layoutFor(sizes()), initial);
  const search = startSearch(system, states, sizes, options, started);
  const kept = options.edges ? noEdges() : null;
  const outcome = search(kept, 0, Number.POSITIVE_INFINITY);
  let edges = kept;
  let edgesRefused = false;

  return {
    system,
    states: states.count,
    transitions: outcome.transitions,
    expanded: outcome.expanded,
    depth: Math.max(0, outcome.levels.length - 1),
    stopped: outcome.stopped,
    bytes: outcome.bytes,
    elapsed: now() - started,
    found: states,
    locals: (id) => unpack(states.layout, states.words, checked(id) * states.layout.width),
    depthOf: (id) => outcome.levels.findLastIndex((first) => first <= checked(id)),
    run(id) {
      const actions: number[] = [];
      for (let at = checked(id); at > 0; at = states.parents[at] as number) actions.push(states.via[at] as number);
      return { actions: actions.reverse(), loopsTo: null };
    },
    edges() {
      if (edges || edgesRefused) return edges;
      const again = noEdges();
      const { stopped } = search(again, 0, outcome.expanded);
      edgesRefused = stopped !== null;
      edges = edgesRefused ? null : again;
      return edges;
    },
  };

  function checked(id: number): number {
    if (!Number.isInteger(id) || id < 0 || id >= states.count) {
      throw new RangeError(`There is no state ${id}; ${states.count} were found.`);
    }
    return id;
  }
}
