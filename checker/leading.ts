import { generated } from './code.ts';
import {
  boardBytesOf,
  CONTROL,
  type Crew,
  jobFor,
  makeBoard,
  makeWork,
  open,
  PIECE,
  PIECE_STATES,
  waitUntilIdle,
} from './crew.ts';
import type { Edges } from './edges.ts';
import { REGISTER } from './expand.ts';
import type { Memo } from './memo.ts';
import { type Enter, enterSource, offerSource } from './offering.ts';
import { roomOf, type States } from './states.ts';

/** The thread that leads: it alone enters states, piece after piece, so that ids are those of one thread alone. */
export interface Leader {
  /** Expands states of one depth and returns the first that is not expanded yet. */
  lead(from: number, end: number): number;
  /** Waits until nobody reads the arrays any more; then they may be replaced. */
  quiet(): void;
  readonly bytes: number;
}

/** What the leader needs of the search. */
export interface Led {
  readonly states: States;
  readonly memo: Memo;
  /** `null` if steps are not kept. */
  readonly edges: Edges | null;
  readonly outMax: number;
  /** No more states than this may be found by taking up offers. */
  readonly countMax: () => number;
  /** Expands states alone, whatever is missing or full, up to `end`; returns where it stopped, less than `end` only if the search is to stop or to start anew. */
  alone(from: number, end: number): number;
  taken(transitions: number): void;
}

/** Leads a crew over shared arrays; `null` where code may not be generated. */
export function leaderFor(crew: Crew, led: Led): Leader | null {
  const { states, memo, edges, outMax } = led;
  const { width } = states.layout;
  const enter = generated<Enter>(enterSource(memo));
  if (!enter) return null;
  const source = offerSource(memo, edges !== null);
  const board = makeBoard(width, outMax, edges !== null);
  const { control, pieces } = board;
  const work = makeWork();
  const registers = new Int32Array(REGISTER.size);
  const of = (piece: number, what: number) => Atomics.load(pieces, piece * PIECE.size + what);
  return {
    bytes: boardBytesOf(board),
    quiet: () => waitUntilIdle(board),
    lead(from, end) {
      open(board);
      const job = jobFor(states, memo, source, board, outMax, from, end);
      crew.start(job);
      const count = Math.ceil((end - from) / PIECE_STATES);
      let id = from;
      for (let piece = 0; piece < count; ) {
        const pieceEnd = Math.min(end, from + (piece + 1) * PIECE_STATES);
        if (of(piece, PIECE.done) === 0) {
          if (Atomics.load(control, CONTROL.halted) === 1) break;
          const next = Atomics.add(control, CONTROL.next, 1);
          if (next > piece) {
            if (next < count) work(job, next);
            else waitFor(piece);
            continue;
          }
        } else if (isRoomFor(piece)) {
          id = takeUp(piece, id);
        }
        if (id < pieceEnd) id = led.alone(id, pieceEnd);
        if (id < pieceEnd) break;
        piece++;
      }
      waitUntilIdle(board);
      return id;
    },
  };

  function waitFor(piece: number): void {
    Atomics.wait(pieces, piece * PIECE.size + PIECE.done, 0, 1000);
    if (Atomics.load(control, CONTROL.failed) === 1) throw new Error('A thread of the search has failed.');
  }

  function isRoomFor(piece: number): boolean {
    if (states.count + of(piece, PIECE.offers) > Math.min(led.countMax(), roomOf(states))) return false;
    return (
      edges === null ||
      (of(piece, PIECE.stop) < edges.rows.length && edges.count + of(piece, PIECE.transitions) <= edges.labels.length)
    );
  }

  // Enters what the piece offers, in its order, and notes its steps.
  function takeUp(piece: number, from: number): number {
    const offers = board.offers[piece] as Int32Array;
    const stop = of(piece, PIECE.stop);
    registers[REGISTER.count] = states.count;
    registers[REGISTER.indexBits] = states.indexBits;
    (enter as Enter)(
      registers,
      of(piece, PIECE.offers),
      states.words,
      states.parents,
      states.via,
      states.index,
      offers,
    );
    states.count = registers[REGISTER.count] as number;
    if (edges) note(edges, board.steps[piece] as Int32Array, offers, from, stop);
    led.taken(of(piece, PIECE.transitions));
    return stop;
  }

  function note(into: Edges, steps: Int32Array, offers: Int32Array, from: number, stop: number): void {
    const { rows, targets, labels } = into;
    let edge = into.count;
    let read = 0;
    for (let state = from; state < stop; state++) {
      for (const end = edge + (steps[read++] as number); edge < end; edge++, read += 2) {
        const target = steps[read + 1] as number;
        labels[edge] = steps[read] as number;
        targets[edge] = target < 0 ? (offers[(-1 - target) * (2 + width)] as number) : target;
      }
      rows[state + 1] = edge;
    }
    into.count = edge;
  }
}
