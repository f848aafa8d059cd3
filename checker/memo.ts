import { askHearer, type Footprint } from './footprint.ts';
import { grown } from './grow.ts';
import { fits, type Layout, localAt } from './layout.ts';
import type { System } from './system.ts';

/** A key of at most this many bits indexes its table directly. */
const DIRECT_BITS_MAX = 16;

/** Some fields of the state read together, and every footprint that lies within them: one look-up yields all their moves. */
export interface Cluster {
  readonly fields: readonly number[];
  readonly footprints: readonly Footprint[];
  /** Where the key's parts are: field after field, lowest bits first. Only meaningful when `direct`. */
  readonly bits: number;
  readonly direct: boolean;
  /** When not direct: the words that hold some of the fields, and which of their bits. */
  readonly keyWords: readonly number[];
  readonly keyMasks: readonly number[];
}

/**
 * What every reached combination of local states enables, as the search reads it: nothing but 32-bit integers.
 *
 * - `tables[c]`, cluster `c` direct: indexed by key, the offset of an entry in `pool`, 0 if not asked yet.
 *   Not direct: open addressing, records of offset and key words.
 * - `pool`: entries `plain, heard` (how many moves of each sort), then the plain moves `action, delta of each word`, then
 *   those with hearers outside the cluster, `action, delta of each word, first plan, end of plans`.
 * - `plans`: a record for each such hearer, see `PLAN`.
 * - `echoes`: for each hearer, by its local id: XOR of that id before and after, -1 if not asked yet.
 */
export interface Memo {
  readonly layout: Layout;
  readonly clusters: readonly Cluster[];
  readonly tables: Int32Array[];
  pool: Int32Array;
  plans: Int32Array;
  echoes: Int32Array;
  /** Adds the entry that a state misses. False: a field outgrew the layout, so nothing was added. */
  fillCluster(cluster: number, words: Int32Array, offset: number): boolean;
  /** Adds the echo that a state misses. False: a field outgrew the layout, so nothing was added. */
  fillEcho(plan: number, words: Int32Array, offset: number): boolean;
  bytes(): number;
}

/** The integers of a hearer's record in `plans`. */
export const PLAN = { word: 0, shift: 1, mask: 2, echoes: 3, action: 4, hearer: 5, size: 6 } as const;

/** Hearers' answers by action, hearer and local id; knows no layout. */
export type Echoes = Map<number, (number | undefined)[][]>;

/** An empty memo for a layout; `footprints` and `heard` keep every answer that was ever given. */
export function memoFor(system: System, layout: Layout, footprints: readonly Footprint[], heard: Echoes): Memo {
  const clusters = cluster(layout, footprints);
  const tables = clusters.map(
    ({ direct, bits, keyWords }) => new Int32Array(direct ? 2 ** bits : 64 * (1 + keyWords.length)),
  );
  const filled = clusters.map(() => 0);
  const inside = clusters.map(({ fields }) => new Set(fields));
  const plansOf = clusters.map(() => new Map<number, readonly [start: number, end: number]>());
  const { width } = layout;
  const sizes = () => system.fields.map((field) => field.size());
  let poolEnd = 1;
  let plansEnd = 0;
  let echoesEnd = 0;

  const memo: Memo = {
    layout,
    clusters,
    tables,
    pool: new Int32Array(1024),
    plans: new Int32Array(64),
    echoes: new Int32Array(256),
    fillCluster(id, words, offset) {
      const { footprints: asked } = clusters[id] as Cluster;
      const plain: number[] = [];
      const loud: number[] = [];
      for (const { fields, moves } of asked) {
        const locals = fields.map((field) => localAt(layout, words, offset, field));
        for (const { action, changes } of moves(locals)) {
          const delta = new Array<number>(width).fill(0);
          for (const [at, field] of fields.entries()) xor(delta, field, changes[at] as number);
          for (const [hearer, { field }] of (system.actions[action]?.broadcast ?? []).entries()) {
            if (inside[id]?.has(field)) xor(delta, field, echo(action, hearer, localAt(layout, words, offset, field)));
          }
          const [start, end] = plansFor(id, action);
          if (start === end) plain.push(action, ...delta);
          else loud.push(action, ...delta, start, end);
        }
      }
      if (!fits(layout, sizes())) return false;
      const entry = poolEnd;
      poolEnd += 2 + plain.length + loud.length;
      if (poolEnd > memo.pool.length) memo.pool = grown(memo.pool, poolEnd * 2);
      memo.pool.set([plain.length / (1 + width), loud.length / (3 + width), ...plain, ...loud], entry);
      enter(id, words, offset, entry);
      return true;
    },
    fillEcho(plan, words, offset) {
      const at = (index: number) => memo.plans[plan + index] as number;
      const local = ((words[offset + at(PLAN.word)] as number) >>> at(PLAN.shift)) & at(PLAN.mask);
      const change = echo(at(PLAN.action), at(PLAN.hearer), local);
      if (!fits(layout, sizes())) return false;
      memo.echoes[at(PLAN.echoes) + local] = change;
      return true;
    },
    bytes() {
      const own = [...tables, memo.pool, memo.plans, memo.echoes].reduce((sum, array) => sum + array.byteLength, 0);
      return own + footprints.reduce((sum, footprint) => sum + footprint.bytes(), 0);
    },
  };
  return memo;

  function xor(delta: number[], field: number, change: number): void {
    const word = layout.word[field] as number;
    delta[word] = (delta[word] as number) ^ (change << (layout.shift[field] as number));
  }

  function echo(action: number, hearer: number, local: number): number {
    const byHearer = heard.get(action) ?? [];
    heard.set(action, byHearer);
    const byLocal = byHearer[hearer] ?? [];
    byHearer[hearer] = byLocal;
    const change = byLocal[local] ?? askHearer(system, action, hearer, local) ^ local;
    byLocal[local] = change;
    return change;
  }

  function plansFor(id: number, action: number): readonly [start: number, end: number] {
    const made = plansOf[id]?.get(action);
    if (made) return made;
    const start = plansEnd;
    for (const [hearer, { field }] of (system.actions[action]?.broadcast ?? []).entries()) {
      if (inside[id]?.has(field)) continue;
      const room = 2 ** (layout.bits[field] as number);
      if (echoesEnd + room > memo.echoes.length) memo.echoes = grown(memo.echoes, (echoesEnd + room) * 2);
      memo.echoes.fill(-1, echoesEnd, echoesEnd + room);
      if (plansEnd + PLAN.size > memo.plans.length) memo.plans = grown(memo.plans, memo.plans.length * 2);
      const { word, shift, mask } = layout;
      const record = [word[field], shift[field], mask[field], echoesEnd, action, hearer];
      memo.plans.set(record as number[], plansEnd);
      plansEnd += PLAN.size;
      echoesEnd += room;
    }
    const range = [start, plansEnd] as const;
    plansOf[id]?.set(action, range);
    return range;
  }

  function enter(id: number, words: Int32Array, offset: number, entry: number): void {
    const { direct, fields, keyWords, keyMasks } = clusters[id] as Cluster;
    const table = tables[id] as Int32Array;
    if (direct) {
      table[directKey(layout, fields, words, offset)] = entry;
      return;
    }
    const key = keyWords.map((word, at) => (words[offset + word] as number) & (keyMasks[at] as number));
    const record = 1 + keyWords.length;
    filled[id] = (filled[id] ?? 0) + 1;
    if ((filled[id] ?? 0) * 2 * record > table.length) {
      const wider = new Int32Array(table.length * 2);
      for (let at = 0; at < table.length; at += record) {
        if (table[at] !== 0) put(wider, Array.from(table.subarray(at + 1, at + record)), table[at] as number);
      }
      tables[id] = wider;
    }
    put(tables[id] as Int32Array, key, entry);
  }
}

/** The direct index of a state in a cluster's table. */
export function directKey(layout: Layout, fields: readonly number[], words: Int32Array, offset: number): number {
  let key = 0;
  let at = 0;
  for (const field of fields) {
    key |= localAt(layout, words, offset, field) << at;
    at += layout.bits[field] as number;
  }
  return key;
}

/** The hash that spreads a wide cluster's key; the compiled search computes the same. */
export function mixKey(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function put(table: Int32Array, key: readonly number[], entry: number): void {
  const record = 1 + key.length;
  const last = table.length / record - 1;
  let slot = key.reduce(mixKey, 0) & last;
  while (table[slot * record] !== 0) slot = (slot + 1) & last;
  table[slot * record] = entry;
  table.set(key, slot * record + 1);
}

/** Puts footprints together while their joint key stays narrow: fewer look-ups a state. Widest first, so that the nested ones follow for free. */
function cluster(layout: Layout, footprints: readonly Footprint[]): Cluster[] {
  const width = (fields: Iterable<number>) =>
    [...fields].reduce((sum, field) => sum + (layout.bits[field] as number), 0);
  const sorted = footprints.toSorted((a, b) => width(b.fields) - width(a.fields));
  const open: { fields: Set<number>; footprints: Footprint[] }[] = [];
  for (const footprint of sorted) {
    let best: (typeof open)[number] | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const candidate of open) {
      const added = width(footprint.fields.filter((field) => !candidate.fields.has(field)));
      const joint = width(candidate.fields) + added;
      if (added < bestCost && (added === 0 || joint <= DIRECT_BITS_MAX)) {
        best = candidate;
        bestCost = added;
      }
    }
    if (best) {
      best.footprints.push(footprint);
      for (const field of footprint.fields) best.fields.add(field);
    } else {
      open.push({ fields: new Set(footprint.fields), footprints: [footprint] });
    }
  }
  return open.map(({ fields: chosen, footprints: inside }) => {
    const fields = [...chosen].filter((field) => layout.bits[field] !== 0).toSorted((a, b) => a - b);
    const bits = width(fields);
    const keyWords = [...new Set(fields.map((field) => layout.word[field] as number))].toSorted((a, b) => a - b);
    const keyMasks = keyWords.map((word) =>
      fields
        .filter((field) => layout.word[field] === word)
        .reduce((mask, field) => mask | ((layout.mask[field] as number) << (layout.shift[field] as number)), 0),
    );
    return { fields, footprints: inside, bits, direct: bits <= DIRECT_BITS_MAX, keyWords, keyMasks };
  });
}
