import { generated } from './code.ts';
import { REGISTER } from './expand.ts';
import { shared } from './grow.ts';
import type { Memo } from './memo.ts';
import type { Offer } from './offering.ts';
import type { States } from './states.ts';

/** Threads that help with a search. They know no system: everything they work on is in the job. */
export interface Crew {
  /** How many there are. */
  readonly size: number;
  /** Hands the same job to each; a thread calls `help` with it. */
  start(job: Job): void;
}

/** States of one depth, cut into pieces that threads take one after the other. All arrays are shared. */
export interface Job {
  readonly number: number;
  readonly from: number;
  readonly end: number;
  readonly outMax: number;
  readonly width: number;
  readonly indexBits: number;
  /** The source of the inner loop, `offerSource`. */
  readonly source: string;
  readonly words: Int32Array;
  readonly index: Int32Array;
  readonly tables: readonly Int32Array[];
  readonly pool: Int32Array;
  readonly plans: Int32Array;
  readonly echoes: Int32Array;
  readonly board: Board;
}

/**
 * What the threads tell each other: `control` see `CONTROL`, `pieces` a record for each piece, see `PIECE`, and what was found in each
 * piece (see `Offer`).
 */
export interface Board {
  readonly control: Int32Array;
  readonly pieces: Int32Array;
  readonly offers: readonly Int32Array[];
  readonly steps: readonly Int32Array[];
}

/**
 * The integers of `control`: the next piece to take, whether no more are to be taken, how many threads are at work, whether one
 * failed, and the number of the job that is on. A thread that comes late finds another number there and leaves.
 */
export const CONTROL = { next: 0, halted: 1, working: 2, failed: 3, number: 4, size: 5 } as const;

/** The integers of a piece: whether it is done, where it ended, how many offers, integers of steps, and transitions. */
export const PIECE = { done: 0, stop: 1, offers: 2, steps: 3, transitions: 4, size: 5 } as const;

/** States in a piece, and pieces in a job. A job is some milliseconds of work; a message to a thread is a fraction of one. */
export const PIECE_STATES = 256;
const PIECES = 128;

/** Room in a piece, for each of its states; one that needs more is finished by the thread that enters. */
const OFFERS_EACH = 8;
const STEPS_EACH = 32;

/** The bytes that a board takes, at most. */
export function boardBytesFor(width: number, outMax: number): number {
  const offers = (PIECE_STATES * OFFERS_EACH + outMax) * (2 + width);
  return 4 * PIECES * (offers + PIECE_STATES * STEPS_EACH + 2 * outMax + 1 + PIECE.size);
}

/** A board for states of this width; steps need room only if they are kept. */
export function makeBoard(width: number, outMax: number, keepEdges: boolean): Board {
  const offers = (PIECE_STATES * OFFERS_EACH + outMax) * (2 + width);
  const steps = keepEdges ? PIECE_STATES * STEPS_EACH + 2 * outMax + 1 : 0;
  return {
    control: shared(CONTROL.size),
    pieces: shared(PIECES * PIECE.size),
    offers: Array.from({ length: PIECES }, () => shared(offers)),
    steps: Array.from({ length: PIECES }, () => shared(steps)),
  };
}

/** The bytes that a board takes. */
export function boardBytesOf({ control, pieces, offers, steps }: Board): number {
  return [control, pieces, ...offers, ...steps].reduce((sum, array) => sum + array.byteLength, 0);
}

/** States in a job. */
export const JOB_STATES = PIECES * PIECE_STATES;

/** Puts a job together. */
export function jobFor(
  states: States,
  memo: Memo,
  source: string,
  board: Board,
  outMax: number,
  from: number,
  end: number,
): Job {
  const { words, index, indexBits, layout } = states;
  const { tables, pool, plans, echoes } = memo;
  return {
    number: Atomics.load(board.control, CONTROL.number),
    from,
    end,
    outMax,
    width: layout.width,
    indexBits,
    source,
    words,
    index,
    tables,
    pool,
    plans,
    echoes,
    board,
  };
}

/** Works on one piece; the same in the thread that leads. */
export type Work = (job: Job, piece: number) => void;

/** A worker on pieces, which compiles each source once. */
export function makeWork(): Work {
  let source = '';
  let offer: Offer | null = null;
  let found = new Int32Array(0);
  let fresh = new Int32Array(0);
  const registers = new Int32Array(REGISTER.size);
  return (job, piece) => {
    if (job.source !== source) {
      offer = generated<Offer>(job.source);
      source = job.source;
      found = new Int32Array(job.outMax * (1 + job.width));
      fresh = new Int32Array(job.outMax);
    }
    if (!offer) throw new Error('A thread of the search may not generate code.');
    const { board } = job;
    const offers = board.offers[piece] as Int32Array;
    const steps = board.steps[piece] as Int32Array;
    const from = job.from + piece * PIECE_STATES;
    registers[REGISTER.countMax] = offers.length / (2 + job.width) - job.outMax;
    registers[REGISTER.edgesMax] = steps.length === 0 ? 0 : steps.length - 2 * job.outMax - 1;
    registers[REGISTER.indexBits] = job.indexBits;
    const stop = offer(
      registers,
      from,
      Math.min(job.end, from + PIECE_STATES),
      job.words,
      job.index,
      job.tables,
      job.pool,
      job.plans,
      job.echoes,
      found,
      fresh,
      offers,
      steps,
    );
    const { pieces } = board;
    const at = piece * PIECE.size;
    pieces[at + PIECE.stop] = stop;
    pieces[at + PIECE.offers] = registers[REGISTER.count] as number;
    pieces[at + PIECE.steps] = registers[REGISTER.edges] as number;
    pieces[at + PIECE.transitions] = registers[REGISTER.transitions] as number;
    Atomics.store(pieces, at + PIECE.done, 1);
    Atomics.notify(pieces, at + PIECE.done);
  };
}

/** What a thread of a crew does with a job: it takes pieces until there are none left, or it is told to halt. */
export function makeHelp(): (job: Job) => void {
  const work = makeWork();
  return (job) => {
    const { control } = job.board;
    const count = Math.ceil((job.end - job.from) / PIECE_STATES);
    Atomics.add(control, CONTROL.working, 1);
    try {
      while (isOn(job)) {
        const piece = Atomics.add(control, CONTROL.next, 1);
        if (piece >= count) break;
        work(job, piece);
      }
    } catch (error) {
      Atomics.store(control, CONTROL.failed, 1);
      throw error;
    } finally {
      Atomics.sub(control, CONTROL.working, 1);
      Atomics.notify(control, CONTROL.working);
    }
  };
}

function isOn({ number, board: { control } }: Job): boolean {
  return Atomics.load(control, CONTROL.halted) === 0 && Atomics.load(control, CONTROL.number) === number;
}

/** Opens a board for the next job. */
export function open({ control, pieces }: Board): void {
  pieces.fill(0);
  Atomics.store(control, CONTROL.next, 0);
  Atomics.add(control, CONTROL.number, 1);
  Atomics.store(control, CONTROL.halted, 0);
}

/** Waits until no thread is at work. */
export function waitUntilIdle({ control }: Board): void {
  Atomics.store(control, CONTROL.halted, 1);
  for (let working = Atomics.load(control, CONTROL.working); working > 0; ) {
    Atomics.wait(control, CONTROL.working, working);
    working = Atomics.load(control, CONTROL.working);
  }
}
