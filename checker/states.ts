import { type Allowance, grown, like, sharedCopy } from './grow.ts';
import { type Layout, localAt, pack } from './layout.ts';

/**
 * The states that were found. Ids are dense and in order of discovery, so the frontier needs no queue: it is every id that is
 * not expanded yet.
 *
 * - `words`: the packed states, `layout.width` integers each.
 * - `parents`, `via`: the state from which each was found first, and the action.
 * - `index`: open addressing. A slot holds 0, or a state's id plus one in its low `indexBits` bits; the bits above repeat the
 *   low bits of the state's hash, so that most other states are told apart without a look at their words. Empty if it was given up.
 */
export interface States {
  layout: Layout;
  words: Int32Array;
  parents: Int32Array;
  via: Uint16Array;
  index: Int32Array;
  indexBits: number;
  count: number;
}

const ROOM_FIRST = 1024;

/** Only this part of the index may be filled, or searches in it become long. */
const LOAD_MAX = 0.85;

/** The initial state alone. */
export function initialStates(layout: Layout, initial: readonly number[]): States {
  const states = {
    layout,
    words: new Int32Array(ROOM_FIRST * layout.width),
    parents: new Int32Array(ROOM_FIRST).fill(-1, 0, 1),
    via: new Uint16Array(ROOM_FIRST),
    index: new Int32Array(2 * ROOM_FIRST),
    indexBits: 1 + Math.log2(ROOM_FIRST),
    count: 1,
  };
  pack(layout, initial, states.words, 0);
  enterAll(states);
  return states;
}

/** How much longer arrays become: by less they are copied more often, by more they stand empty. */
const GROWTH = 1.35;

/** How many states there is room for. */
export function roomOf(states: States): number {
  if (!isIndexed(states)) return states.parents.length;
  return Math.min(states.parents.length, Math.floor(states.index.length * LOAD_MAX));
}

/** Gives the index up, for a search that finds its states otherwise. */
export function dropIndex(states: States): void {
  states.index = like(states.index, 0);
}

/** Makes the index anew if it was given up; false if there is no memory for it. */
export function ensureIndex(states: States, allowed: Allowance): boolean {
  return isIndexed(states) || indexFor(states, states.count, allowed);
}

// An index of the least size that has room, if the one that is there has not.
function indexFor(states: States, room: number, allowed: Allowance): boolean {
  let bits = states.indexBits;
  while (room > Math.floor(2 ** bits * LOAD_MAX)) bits++;
  if (states.index.length === 2 ** bits) return true;
  if (!allowed(2 ** bits * 4)) return false;
  // The states themselves fill the new index, so the old one need not wait for that.
  states.index = like(states.index, 0);
  states.index = like(states.index, 2 ** bits);
  states.indexBits = bits;
  enterAll(states);
  return true;
}

function isIndexed({ index }: States): boolean {
  return index.length > 0;
}

/** The bytes that the arrays take. */
export function bytesOf(states: States): number {
  return states.words.byteLength + states.parents.byteLength + states.via.byteLength + states.index.byteLength;
}

/** Makes room for at least `room` states, as far as that is allowed; false if it is not. */
export function makeRoom(states: States, room: number, allowed: Allowance): boolean {
  if (room > states.parents.length) {
    const length = Math.max(room, Math.ceil(states.parents.length * GROWTH));
    const { width } = states.layout;
    // The old arrays are there until the new ones are full.
    if (!allowed(length * (4 * width)) || !allowed(length * 6)) return false;
    states.words = grown(states.words, length * width);
    states.parents = grown(states.parents, length);
    states.via = grown(states.via, length);
  }
  return !isIndexed(states) || indexFor(states, room, allowed);
}

/** From now on other threads can read the states. */
export function share(states: States): void {
  states.words = sharedCopy(states.words);
  states.parents = sharedCopy(states.parents);
  states.via = sharedCopy(states.via);
  states.index = sharedCopy(states.index);
}

/** Moves every state to another layout; ids stay. False if there is no memory for it. */
export function repack(states: States, layout: Layout, allowed: Allowance): boolean {
  const { layout: from, words: old, parents, count } = states;
  if (!allowed(parents.length * layout.width * 4)) return false;
  const words = like(old, parents.length * layout.width);
  for (let field = 0; field < layout.bits.length; field++) {
    const to = layout.word[field] as number;
    const shift = layout.shift[field] as number;
    for (let id = 0; id < count; id++) {
      const local = localAt(from, old, id * from.width, field);
      const at = id * layout.width + to;
      words[at] = (words[at] as number) | (local << shift);
    }
  }
  states.layout = layout;
  states.words = words;
  if (isIndexed(states)) {
    states.index.fill(0);
    enterAll(states);
  }
  return true;
}

/** The hash of a packed state: `index` takes slots from its high bits and tags from its low bits. */
export function hashState(words: Int32Array, offset: number, width: number): number {
  let hash = 0;
  for (let word = 0; word < width; word++) {
    hash = Math.imul(hash ^ (words[offset + word] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** The id of a state among those that were found, or minus one minus the slot of `index` where it belongs. */
export function idOf(states: States, locals: readonly number[]): number {
  const { layout, words, index, indexBits } = states;
  const wanted = new Int32Array(layout.width);
  pack(layout, locals, wanted, 0);
  const last = index.length - 1;
  const hash = hashState(wanted, 0, layout.width);
  for (let slot = hash >>> (32 - indexBits); ; slot = (slot + 1) & last) {
    const held = index[slot] as number;
    if (held === 0) return -1 - slot;
    const id = (held & last) - 1;
    let word = 0;
    while (word < layout.width && words[id * layout.width + word] === wanted[word]) word++;
    if (word === layout.width) return id;
  }
}

/** Enters the state that comes next, at the slot that `idOf` named; there must be room for it. */
export function enter(states: States, locals: readonly number[], slot: number, parent: number, via: number): number {
  const { layout, words } = states;
  const id = states.count++;
  pack(layout, locals, words, id * layout.width);
  states.index[slot] = (hashState(words, id * layout.width, layout.width) << states.indexBits) | (id + 1);
  states.parents[id] = parent;
  states.via[id] = via;
  return id;
}

function enterAll({ words, layout: { width }, index, indexBits, count }: States): void {
  const last = index.length - 1;
  for (let id = 0; id < count; id++) {
    const hash = hashState(words, id * width, width);
    let slot = hash >>> (32 - indexBits);
    while (index[slot] !== 0) slot = (slot + 1) & last;
    index[slot] = (hash << indexBits) | (id + 1);
  }
}
