/**
 * Where each field's local id lies in a packed state: a run of bits inside one 32-bit word, none across two words.
 * A field that has one local state so far takes no bits at all.
 */
export interface Layout {
  /** 32-bit words that hold one state. */
  readonly width: number;
  readonly bits: Int32Array;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
}

/** More local states than this in one field are refused: an id must stay a small integer. */
const BITS_MAX = 30;

/** The narrowest layout for fields of these sizes. */
export function layoutFor(sizes: readonly number[]): Layout {
  const bits = sizes.map(bitsFor);
  const roomy = place(sizes.map((size, field) => bitsFor(isNearlyFull(size) ? size + 1 : size) || (bits[field] ?? 0)));
  const tight = place(bits);
  // A field about to outgrow its bits gets one more now, but only where that costs no word.
  return roomy.width === tight.width ? roomy : tight;
}

/** Whether every field still fits. */
export function fits(layout: Layout, sizes: readonly number[]): boolean {
  return sizes.every((size, field) => size - 1 <= (layout.mask[field] ?? 0));
}

/** Writes one state. */
export function pack(layout: Layout, locals: readonly number[], words: Int32Array, offset: number): void {
  words.fill(0, offset, offset + layout.width);
  for (let field = 0; field < locals.length; field++) {
    const at = offset + (layout.word[field] as number);
    words[at] = (words[at] as number) | ((locals[field] as number) << (layout.shift[field] as number));
  }
}

/** Reads one field of a packed state. */
export function localAt(layout: Layout, words: Int32Array, offset: number, field: number): number {
  const word = words[offset + (layout.word[field] as number)] as number;
  return (word >>> (layout.shift[field] as number)) & (layout.mask[field] as number);
}

/** Bits of a packed state that lie side by side in one word, and where they come to lie in a number made of several such. */
export interface Piece {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly mask: number;
  readonly to: number;
}

/** Some fields of a packed state, in their order, as pieces of one number: neighbours are read together. */
export function piecesOf(layout: Layout, fields: readonly number[]): Piece[] {
  const pieces: { word: number; shift: number; bits: number; to: number }[] = [];
  let to = 0;
  for (const field of fields) {
    const [word = 0, shift = 0, bits = 0] = [layout.word[field], layout.shift[field], layout.bits[field]];
    const last = pieces.at(-1);
    if (last && last.word === word && last.shift + last.bits === shift) last.bits += bits;
    else if (bits > 0) pieces.push({ word, shift, bits, to });
    to += bits;
  }
  return pieces.map((piece) => ({ ...piece, mask: 2 ** piece.bits - 1 }));
}

/** Reads one state. */
export function unpack(layout: Layout, words: Int32Array, offset: number): number[] {
  return Array.from(layout.bits, (_, field) => localAt(layout, words, offset, field));
}

function bitsFor(size: number): number {
  const bits = size <= 1 ? 0 : 32 - Math.clz32(size - 1);
  if (bits > BITS_MAX)
    throw new Error(`A field has ${size} local states; ${2 ** BITS_MAX} is the most a layout can hold.`);
  return bits;
}

function isNearlyFull(size: number): boolean {
  return size > 1 && size === 2 ** bitsFor(size);
}

/** Fields in their own order first, because neighbours tend to be read together; widest first if that saves a word. */
function place(bits: readonly number[]): Layout {
  const inOrder = bits.map((_, field) => field);
  const kept = placeInOrder(bits, inOrder);
  const sorted = placeInOrder(
    bits,
    inOrder.toSorted((a, b) => (bits[b] ?? 0) - (bits[a] ?? 0)),
  );
  return sorted.width < kept.width ? sorted : kept;
}

function placeInOrder(bits: readonly number[], order: readonly number[]): Layout {
  const word = new Int32Array(bits.length);
  const shift = new Int32Array(bits.length);
  const used: number[] = [0];
  for (const field of order) {
    const need = bits[field] ?? 0;
    let at = used.findIndex((taken) => taken + need <= 32);
    if (at < 0) at = used.push(0) - 1;
    word[field] = at;
    shift[field] = need === 0 ? 0 : (used[at] ?? 0);
    used[at] = (used[at] ?? 0) + need;
  }
  return {
    width: used.length,
    bits: Int32Array.from(bits),
    word,
    shift,
    mask: Int32Array.from(bits, (count) => 2 ** count - 1),
  };
}
