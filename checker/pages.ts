import { type Allowance, like } from './grow.ts';
import type { Layout } from './layout.ts';
import { hashState, type States } from './states.ts';

/**
 * The visited set of a search that keeps no steps: it knows which states were found, but not their ids.
 *
 * States that differ in one window of bits at most share a page: `slots` holds, by open addressing, records of the packed state
 * with its window cleared and of one bit for each value of the window. An empty record has no bit set.
 */
export interface Pages {
  readonly window: Window;
  slots: Int32Array;
  /** There are two to the power of this many records. */
  slotBits: number;
  /** Records in use. */
  used: number;
}

/** Five bits of a packed state, side by side in one word. */
export interface Window {
  readonly word: number;
  readonly shift: number;
}

const WINDOW_BITS = 5;
/** A window's bits, shifted down. */
export const WINDOW_MASK = 2 ** WINDOW_BITS - 1;

/** Only this part of the records may be used, or searches in them become long. */
const LOAD_MAX = 0.7;

const SLOT_BITS_FIRST = 12;

/** So many states are looked at to choose a window. */
const SAMPLE = 2 ** 16;

/** One in so many of their pages is counted to choose a window; a power of two, because it is told by low bits of hashes. */
const PART = 16;

/** All states that were found, in pages; null if there is no memory for them. */
export function pagesOf(states: Readonly<States>, allowed: Allowance): Pages | null {
  const { width } = states.layout;
  const window = windowFor(states);
  const pages = { window, slots: new Int32Array((1 + width) << SLOT_BITS_FIRST), slotBits: SLOT_BITS_FIRST, used: 0 };
  const key = new Int32Array(width);
  let room = pageRoomOf(pages);
  for (let id = 0; id < states.count; id++) {
    if (pages.used === room) {
      if (!makePageRoom(pages, width, room + 1, allowed)) return null;
      room = pageRoomOf(pages);
    }
    readKey(window, key, states.words, id * width);
    const own = ((states.words[id * width + window.word] as number) >>> window.shift) & WINDOW_MASK;
    if (enter(pages, key, 1 << own)) pages.used++;
  }
  return pages;
}

/** How many records there is room for. */
export function pageRoomOf({ slotBits }: Pages): number {
  return Math.floor(2 ** slotBits * LOAD_MAX);
}

/** Makes room for at least `room` records, as far as that is allowed; false if it is not. */
export function makePageRoom(pages: Pages, width: number, room: number, allowed: Allowance): boolean {
  if (room <= pageRoomOf(pages)) return true;
  const { slots: old } = pages;
  if (!allowed(2 * old.byteLength)) return false;
  pages.slotBits++;
  pages.slots = like(old, 2 * old.length);
  move(old, pages.slots, pages.slotBits, 1 + width);
  return true;
}

// Every page is another one, so an empty record is all that is looked for.
function move(from: Int32Array, to: Int32Array, slotBits: number, record: number): void {
  const last = 2 ** slotBits - 1;
  for (let at = 0; at < from.length; at += record) {
    if (from[at + record - 1] === 0) continue;
    let slot = hashState(from, at, record - 1) >>> (32 - slotBits);
    while (to[slot * record + record - 1] !== 0) slot = (slot + 1) & last;
    for (let word = 0; word < record; word++) to[slot * record + word] = from[at + word] as number;
  }
}

// `key` is what the state has in common with its page, `bit` what it has of its own. True if the page is a new one.
function enter({ slots, slotBits }: Pages, key: Int32Array, bit: number): boolean {
  const width = key.length;
  const last = 2 ** slotBits - 1;
  for (let slot = hashState(key, 0, width) >>> (32 - slotBits); ; slot = (slot + 1) & last) {
    const at = slot * (1 + width);
    const held = slots[at + width] as number;
    let word = 0;
    while (word < width && slots[at + word] === key[word]) word++;
    if (held !== 0 && word < width) continue;
    slots.set(key, at);
    slots[at + width] = held | bit;
    return held === 0;
  }
}

function readKey(window: Window, key: Int32Array, words: Int32Array, offset: number): void {
  for (let word = 0; word < key.length; word++) {
    key[word] = (words[offset + word] as number) & clearedMask(window, word);
  }
}

/** What of a word is left when the window is cleared. */
export function clearedMask({ word: of, shift }: Window, word: number): number {
  return word === of ? ~(WINDOW_MASK << shift) : -1;
}

/** The window that puts the states that were found so far into the fewest pages, as far as some of them tell. */
function windowFor({ layout, words, count }: Readonly<States>): Window {
  let best = { word: 0, shift: 0 };
  let fewest = Number.POSITIVE_INFINITY;
  const key = new Int32Array(layout.width);
  for (const window of windowsOf(layout)) {
    const pages = new Set<number>();
    for (let id = 0; id < Math.min(count, SAMPLE); id++) {
      readKey(window, key, words, id * key.length);
      const hash = hashState(key, 0, key.length);
      if ((hash & (PART - 1)) === 0) pages.add(hash);
    }
    if (pages.size < fewest) {
      fewest = pages.size;
      best = window;
    }
  }
  return best;
}

// Those that begin where a field begins: its low bits change most.
function windowsOf({ bits, word, shift }: Layout): Window[] {
  return Array.from(bits.keys())
    .filter((field) => bits[field] !== 0)
    .map((field) => ({ word: word[field] as number, shift: Math.min(shift[field] as number, 32 - WINDOW_BITS) }));
}
