import { grown } from './grow.ts';
import { type Layout, localAt, type Piece, piecesOf } from './layout.ts';
import type { States } from './states.ts';
import type { Predicate } from './system.ts';
import { Tuples } from './tuples.ts';

/** A view of so many bits is its own number; wider ones are numbered in order of first sight. */
const DIRECT_BITS_MAX = 22;

/** So many states are viewed at once. */
const CHUNK = 4096;

/** What some fields look like in a state, as a small number: the same number for the same local states. */
export function viewOf(states: Readonly<States>, fields: readonly number[]): (id: number) => number {
  const pieces = viewPieces(states.layout, fields);
  return pieces ? direct(states, pieces) : numbered(states, fields);
}

/** Whether a predicate holds, by state id: 1 or 0. It is asked once for every different view of its participants. */
export function truthOf(states: Readonly<States>, predicate: Predicate): Uint8Array {
  const { participants } = predicate;
  const fill = viewsOf(states, participants);
  const views = new Int32Array(Math.min(CHUNK, states.count));
  const truth = new Uint8Array(states.count);
  // By view: 0 if not asked yet, else the answer plus one.
  let known: Uint8Array = new Uint8Array(1024);
  for (let from = 0; from < states.count; from += CHUNK) {
    const end = Math.min(states.count, from + CHUNK);
    fill(views, from, end);
    let id = answerKnown(views, known, truth, from, from, end);
    while (id < end) {
      const seen = views[id - from] as number;
      if (seen >= known.length) known = grown(known, 2 ** (32 - Math.clz32(seen)));
      known[seen] = predicate.holds(localsOf(states, participants, id)) ? 2 : 1;
      id = answerKnown(views, known, truth, from, id, end);
    }
  }
  return truth;
}

// Answers what is known, and gives the first state that is not.
function answerKnown(
  views: Int32Array,
  known: Uint8Array,
  truth: Uint8Array,
  from: number,
  first: number,
  end: number,
): number {
  for (let id = first; id < end; id++) {
    const seen = views[id - from] as number;
    const answer = seen < known.length ? (known[seen] as number) : 0;
    if (answer === 0) return id;
    truth[id] = answer - 1;
  }
  return end;
}

/** The locals of some fields in a state. */
export function localsOf({ layout, words }: Readonly<States>, fields: readonly number[], id: number): number[] {
  return fields.map((field) => localAt(layout, words, id * layout.width, field));
}

// Writes the views of states `from` to `end` (exclusive): those of `viewOf`, piece by piece instead of state by state.
function viewsOf(states: Readonly<States>, fields: readonly number[]) {
  const pieces = viewPieces(states.layout, fields);
  const view = pieces ? null : numbered(states, fields);
  return (views: Int32Array, from: number, end: number): void => {
    if (view) for (let id = from; id < end; id++) views[id - from] = view(id);
    if (pieces) views.fill(0);
    for (const piece of pieces ?? []) addPiece(piece, states.words, states.layout.width, views, from, end);
  };
}

function addPiece(
  { word, shift, mask, to }: Piece,
  words: Int32Array,
  width: number,
  views: Int32Array,
  from: number,
  end: number,
): void {
  for (let at = 0, read = from * width + word; at < end - from; at++, read += width) {
    views[at] = (views[at] as number) | ((((words[read] as number) >>> shift) & mask) << to);
  }
}

function direct({ layout: { width }, words }: Readonly<States>, pieces: readonly Piece[]): (id: number) => number {
  return (id) => {
    let view = 0;
    for (const { word, shift, mask, to } of pieces) {
      view |= (((words[id * width + word] as number) >>> shift) & mask) << to;
    }
    return view;
  };
}

function numbered({ layout, words }: Readonly<States>, fields: readonly number[]): (id: number) => number {
  const tuples = new Tuples();
  const locals = fields.map(() => 0);
  return (id) => {
    for (let at = 0; at < fields.length; at++) {
      locals[at] = localAt(layout, words, id * layout.width, fields[at] as number);
    }
    return tuples.number(locals);
  };
}

// Fields that are neighbours are read in one piece, whatever their order. Null if the view would be too wide.
function viewPieces(layout: Layout, fields: readonly number[]): readonly Piece[] | null {
  const place = (field: number) => 32 * (layout.word[field] as number) + (layout.shift[field] as number);
  const pieces = piecesOf(
    layout,
    fields.toSorted((a, b) => place(a) - place(b)),
  );
  return pieces.reduce((sum, { bits }) => sum + bits, 0) > DIRECT_BITS_MAX ? null : pieces;
}
