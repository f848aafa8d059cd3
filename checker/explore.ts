import { compiledExpand } from './compiled.ts';
import { type Edges, edgeBytesOf, makeEdgeRoom, noEdges } from './edges.ts';
import { type Expand, plainExpand, REGISTER, STATUS } from './expand.ts';
import type { Run } from './formula.ts';
import { ARRAY_BYTES_MAX } from './grow.ts';
import { type Layout, layoutFor, unpack } from './layout.ts';
import { memoFor, noAnswers } from './memo.ts';
import { bytesOf, initialStates, makeRoom, repack, roomOf, type States } from './states.ts';
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

/** States in one call of the inner loop: a few milliseconds. */
const SLICE = 8192;

/** Code is generated only after this many states: a small system is done before it would pay. */
const COMPILE_FROM = 4096;

const PROGRESS_MS = 100;

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

interface Outcome {
  readonly transitions: number;
  readonly expanded: number;
  readonly stopped: Stop | null;
  /** The first state of each depth. */
  readonly levels: readonly number[];
  readonly bytes: number;
}

type Search = (edges: Edges | null, from: number, end: number) => Outcome;

/** The search over `states`; the memos survive, so that a second pass asks no action again. */
function startSearch(
  system: System,
  states: States,
  sizes: () => number[],
  options: ExploreOptions,
  started: number,
): Search {
  const { maxStates = Number.POSITIVE_INFINITY, maxMemory = Number.POSITIVE_INFINITY, loop = 'auto' } = options;
  const { signal, onProgress, now = () => 0 } = options;
  const answers = noAnswers(system);
  const outMax = system.actions.length;
  let memo = memoFor(answers, states, 0);

  return (edges, from, end) => {
    const registers = new Int32Array(REGISTER.size);
    const steps = edges ?? noEdges();
    const fresh = new Int32Array(outMax);
    const again = end !== Number.POSITIVE_INFINITY;
    const levels = [0];
    let levelEnd = 1;
    let found = new Int32Array(outMax * (1 + states.layout.width));
    let expand = loopFor(0, edges !== null);
    let compiled = false;
    let sinceLayout = 0;
    let transitions = 0;
    let stopped: Stop | null = null;
    let reported = now();
    let reportedAt = from;
    let id = from;

    const bytes = () => bytesOf(states) + edgeBytesOf(steps) + memo.bytes();
    const allowed = (more: number) => more <= ARRAY_BYTES_MAX && bytes() + more <= maxMemory;

    while (id < Math.min(end, states.count)) {
      stopped = limitReached();
      if (stopped) break;
      registers[REGISTER.count] = states.count;
      registers[REGISTER.countMax] = Math.min(again ? states.count : maxStates, roomOf(states) - (again ? 0 : outMax));
      registers[REGISTER.edges] = steps.count;
      registers[REGISTER.edgesMax] = steps.labels.length - outMax;
      registers[REGISTER.indexBits] = states.indexBits;
      const next = expand(
        registers,
        id,
        Math.min(end, levelEnd, id + SLICE, edges ? steps.rows.length - 1 : levelEnd),
        states.words,
        states.parents,
        states.via,
        states.index,
        memo.tables,
        memo.pool,
        memo.plans,
        memo.echoes,
        found,
        fresh,
        steps.rows,
        steps.targets,
        steps.labels,
      );
      states.count = registers[REGISTER.count] as number;
      steps.count = registers[REGISTER.edges] as number;
      transitions += registers[REGISTER.transitions] as number;
      sinceLayout += next - id;
      id = next;
      if (id === levelEnd && states.count > levelEnd) {
        levels.push(levelEnd);
        levelEnd = states.count;
      }
      const missing = registers[REGISTER.missing] as number;
      const offset = id * states.layout.width;
      const status = registers[REGISTER.status];
      const filled =
        status === STATUS.clusterMissing
          ? memo.fillCluster(missing, states.words, offset)
          : status === STATUS.echoMissing
            ? memo.fillEcho(missing, states.words, offset)
            : true;
      if (!filled && !widen()) stopped = 'maxMemory';
      if (stopped) break;
      if (!compiled && sinceLayout >= COMPILE_FROM) {
        memo = memoFor(answers, states, id);
        expand = loopFor(sinceLayout, edges !== null);
        compiled = true;
      }
      report();
    }
    report(true);
    return { transitions, expanded: id, stopped, levels, bytes: bytes() };

    function limitReached(): Stop | null {
      if (signal?.aborted) return 'aborted';
      if (!again && states.count > maxStates) return 'maxStates';
      const roomy = again || makeRoom(states, states.count + outMax + 1, allowed);
      const enough = !edges || makeEdgeRoom(edges, id + 1, edges.count + outMax + 1, allowed);
      return roomy && enough && bytes() <= maxMemory ? null : 'maxMemory';
    }

    // A field outgrew its bits: every packed state moves, and the compiled tables are rebuilt from the memos.
    function widen(): boolean {
      const layout: Layout = layoutFor(sizes());
      if (!repack(states, layout, allowed)) return false;
      memo = memoFor(answers, states, id);
      found = new Int32Array(outMax * (1 + layout.width));
      expand = loopFor(0, edges !== null);
      compiled = false;
      sinceLayout = 0;
      return true;
    }

    function report(last = false): void {
      if (!onProgress || again) return;
      const time = now();
      const due = options.now ? time - reported >= PROGRESS_MS : id - reportedAt >= SLICE * 16;
      if (!due && !last) return;
      reported = time;
      reportedAt = id;
      const depth = levels.length - 1;
      const { count } = states;
      onProgress({ states: count, transitions, expanded: id, frontier: count - id, depth, elapsed: time - started });
    }
  };

  function loopFor(expanded: number, keepEdges: boolean): Expand {
    const compile = loop === 'compiled' || (loop === 'auto' && expanded >= COMPILE_FROM);
    return (compile ? compiledExpand(memo, keepEdges) : null) ?? plainExpand(memo, keepEdges);
  }
}
