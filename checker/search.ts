import { compiledExpand, compiledPaging, foundRoomFor } from './compiled.ts';
import { boardBytesFor, JOB_STATES } from './crew.ts';
import { type Edges, edgeBytesOf, makeEdgeRoom, noEdges } from './edges.ts';
import { type Expand, plainExpand, REGISTER, STATUS } from './expand.ts';
import type { ExploreOptions, Stop } from './explore.ts';
import { ARRAY_BYTES_MAX } from './grow.ts';
import { type Layout, layoutFor } from './layout.ts';
import { type Leader, leaderFor } from './leading.ts';
import { memoFor, noAnswers } from './memo.ts';
import { makePageRoom, type Pages, pageRoomOf, pagesOf } from './pages.ts';
import { bytesOf, dropIndex, ensureIndex, makeRoom, repack, roomOf, type States, share } from './states.ts';
import type { System } from './system.ts';

/** States in one call of the inner loop: a few milliseconds. */
const SLICE = 8192;

/** Code is generated only after this many states: a small system is done before it would pay. */
const COMPILE_FROM = 4096;

/** A visited set is put into pages only when it has so many states that the cache no longer holds an index. */
const PAGES_FROM = 2 ** 19;

const PROGRESS_MS = 100;

/** So many states of one depth are worth a message to other threads, and a search that has them is worth starting threads. */
const CREW_FROM = 2 ** 14;

/** What a search came to. */
export interface Outcome {
  readonly transitions: number;
  readonly expanded: number;
  readonly stopped: Stop | null;
  /** The first state of each depth. */
  readonly levels: readonly number[];
  readonly bytes: number;
}

/** Expands the states `from` up to `end`, or until there are no more. */
export type Search = (edges: Edges | null, from: number, end: number) => Outcome;

/** The search over `states`; the memos survive, so that a second pass asks no action again. */
export function startSearch(
  system: System,
  states: States,
  sizes: () => number[],
  options: ExploreOptions,
  started: number,
): Search {
  const { maxStates = Number.POSITIVE_INFINITY, maxMemory = Number.POSITIVE_INFINITY, loop = 'auto' } = options;
  const { signal, onProgress, now = () => 0, crew, crewFrom = CREW_FROM, pagesFrom = PAGES_FROM } = options;
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
    let found = new Int32Array(foundRoomFor(outMax, states.layout.width));
    let expand = loopFor(0, edges !== null);
    let compiled = false;
    let sinceLayout = 0;
    let transitions = 0;
    let leader: Leader | null = null;
    // Where no step is kept nobody needs the ids of states that were found before; helpers know no pages.
    let mayPage = !edges && !crew && !again && loop !== 'plain';
    let pages: Pages | null = null;
    let stopped: Stop | null = null as Stop | null;
    let reported = now();
    let reportedAt = from;
    let id = from;

    const bytes = () =>
      bytesOf(states) + edgeBytesOf(steps) + memo.bytes() + (leader?.bytes ?? 0) + (pages?.slots.byteLength ?? 0);
    // Asked before any array is replaced, so nobody else may be reading it.
    const allowed = (more: number) => {
      leader?.quiet();
      return more <= ARRAY_BYTES_MAX && bytes() + more <= maxMemory;
    };

    if (!ensureIndex(states, allowed)) stopped = 'maxMemory';
    while (stopped === null && id < Math.min(end, states.count)) {
      const depthEnd = Math.min(end, levelEnd);
      const led = (compiled || loop === 'compiled') && depthEnd - id >= crewFrom ? leading() : null;
      if (signal?.aborted) stopped = 'aborted';
      else if (led) advance(led.lead(id, Math.min(depthEnd, id + JOB_STATES)));
      else expandSome(depthEnd);
      report();
    }
    report(true);
    return { transitions, expanded: id, stopped, levels, bytes: bytes() };

    // One call of the inner loop, and what it asks for.
    function expandSome(upTo: number): void {
      stopped = limitReached();
      if (stopped) return;
      registers[REGISTER.count] = states.count;
      registers[REGISTER.countMax] = Math.min(again ? states.count : maxStates, roomOf(states) - (again ? 0 : outMax));
      registers[REGISTER.edges] = steps.count;
      registers[REGISTER.edgesMax] = steps.labels.length - outMax;
      registers[REGISTER.indexBits] = pages ? pages.slotBits : states.indexBits;
      registers[REGISTER.pages] = pages?.used ?? 0;
      registers[REGISTER.pagesMax] = pages ? pageRoomOf(pages) - outMax : 0;
      const next = expand(
        registers,
        id,
        Math.min(upTo, id + SLICE, edges ? steps.rows.length - 1 : upTo),
        states.words,
        states.parents,
        states.via,
        pages ? pages.slots : states.index,
        memo.tables,
        memo.pool,
        memo.plans,
        memo.echoes,
        found,
        fresh,
        steps.rows,
        steps.targets,
        steps.labels,
        memo.leaving.asked,
      );
      states.count = registers[REGISTER.count] as number;
      steps.count = registers[REGISTER.edges] as number;
      if (pages) pages.used = registers[REGISTER.pages] as number;
      transitions += registers[REGISTER.transitions] as number;
      sinceLayout += next - id;
      advance(next);
      if (!supply() && !widen()) stopped = 'maxMemory';
      if (!compiled && sinceLayout >= COMPILE_FROM) {
        memo = memoFor(answers, states, id);
        expand = loopFor(sinceLayout, edges !== null);
        compiled = true;
      }
      if (mayPage && (compiled || loop === 'compiled') && states.count >= pagesFrom) turnToPages();
    }

    // What the memory or the page's security policy forbids once, it forbids again.
    function turnToPages(): void {
      mayPage = false;
      const made = pagesOf(states, allowed);
      const paging = made && compiledPaging(memo, made.window);
      if (!paging) return;
      pages = made;
      expand = paging;
      dropIndex(states);
    }

    function advance(next: number): void {
      id = next;
      if (id === levelEnd && states.count > levelEnd) {
        levels.push(levelEnd);
        levelEnd = states.count;
      }
    }

    // Adds what the inner loop missed; false if a field outgrew the layout.
    function supply(): boolean {
      const missing = registers[REGISTER.missing] as number;
      const offset = id * states.layout.width;
      const status = registers[REGISTER.status];
      if (status === STATUS.clusterMissing) return memo.fillCluster(missing, states.words, offset);
      return status === STATUS.echoMissing ? memo.fillEcho(missing, states.words, offset) : true;
    }

    function leading(): Leader | null {
      if (leader || !crew) return leader;
      if (!allowed(bytesOf(states) + memo.bytes() + boardBytesFor(states.layout.width, outMax))) return null;
      share(states);
      const made = leaderFor(crew, {
        states,
        memo,
        edges,
        outMax,
        countMax: () => (again ? states.count : maxStates),
        alone(from, upTo) {
          const before = memo;
          for (id = from; id < upTo && stopped === null && memo === before; ) expandSome(upTo);
          return id;
        },
        taken(more) {
          transitions += more;
        },
      });
      if (!made) return null;
      memo.share(made.quiet);
      expand = compiledExpand(memo, edges !== null, true) ?? expand;
      leader = made;
      return leader;
    }

    function limitReached(): Stop | null {
      if (signal?.aborted) return 'aborted';
      if (!again && states.count > maxStates) return 'maxStates';
      const roomy = again || makeRoom(states, states.count + outMax + 1, allowed);
      const paged = !pages || makePageRoom(pages, states.layout.width, pages.used + outMax + 1, allowed);
      const enough = !edges || makeEdgeRoom(edges, id + 1, edges.count + outMax + 1, allowed);
      return roomy && paged && enough && bytes() <= maxMemory ? null : 'maxMemory';
    }

    // A field outgrew its bits: every packed state moves, and the compiled tables are rebuilt from the memos.
    function widen(): boolean {
      const layout: Layout = layoutFor(sizes());
      mayPage ||= pages !== null;
      pages = null;
      if (!repack(states, layout, allowed) || !ensureIndex(states, allowed)) return false;
      leader = null;
      memo = memoFor(answers, states, id);
      found = new Int32Array(foundRoomFor(outMax, layout.width));
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
