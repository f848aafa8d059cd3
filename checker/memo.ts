import { type Cluster, clustersOf } from './clusters.ts';
import { askHearer, footprintsOf } from './footprint.ts';
import { grown, like, sharedCopy } from './grow.ts';
import { type Layout, localAt } from './layout.ts';
import { type Leaving, leavingFor } from './leaving.ts';
import { type Replies, repliesOf } from './replies.ts';
import type { States } from './states.ts';
import type { System } from './system.ts';

/** States that are looked at to learn at which fields the actions look first. */
const SAMPLE = 128;

/**
 * What every reached combination of local states enables, as the search reads it: nothing but 32-bit integers.
 *
 * - `tables[2 * c]`: indexed by the gate of cluster `c`: the offset of an entry in `pool`, 0 if not asked yet, -1 if the gate does
 *   not decide. Then `tables[2 * c + 1]` does, by open addressing: records of offset and key words.
 * - `pool`: entries, each once, `plain, heard` (how many moves of each sort), then the plain moves `action, delta of each word`, then
 *   those with hearers outside the cluster, `action, delta of each word, first plan, end of plans`.
 * - `plans`: a record for each such hearer, see `PLAN`.
 * - `echoes`: for each hearer, by its local id: XOR of that id before and after, -1 if not asked yet.
 * - `leaving`: what need not be looked up.
 */
export interface Memo {
  readonly layout: Layout;
  readonly clusters: readonly Cluster[];
  readonly tables: Int32Array[];
  pool: Int32Array;
  plans: Int32Array;
  echoes: Int32Array;
  readonly leaving: Leaving;
  /** Adds the entry that a state misses. False: a field outgrew the layout, so nothing was added. */
  fillCluster(cluster: number, words: Int32Array, offset: number): boolean;
  /** Adds the echo that a state misses. False: a field outgrew the layout, so nothing was added. */
  fillEcho(plan: number, words: Int32Array, offset: number): boolean;
  bytes(): number;
  /** From now on other threads can read the arrays; `quiet` is called before one of them is replaced by a larger one. */
  share(quiet: () => void): void;
}

/** The gate does not decide. */
export const UNDECIDED = -1;

/** The entry of whatever enables nothing: the first, and the smallest offset of all. */
export const EMPTY = 1;

/** The integers of a hearer's record in `plans`. */
export const PLAN = { word: 0, shift: 1, mask: 2, echoes: 3, action: 4, hearer: 5, size: 6 } as const;

/** Every answer that actions and hearers ever gave; knows no layout. */
export interface Answers {
  readonly system: System;
  readonly replies: readonly Replies[];
  /** XOR of a hearer's local id before and after, by action, hearer and local id. */
  readonly echoes: (number | undefined)[][][];
  readonly leaving: Leaving;
  /** A rough count of the bytes that the replies take. */
  bytes(): number;
}

/** About what a node of a tree of replies takes. */
const BYTES_EACH = 120;

/** No answers yet. */
export function noAnswers(system: System): Answers {
  let nodes = 0;
  const learnt = (more: number) => {
    nodes += more;
  };
  return {
    system,
    replies: system.actions.map((_, action) => repliesOf(system, action, learnt)),
    leaving: leavingFor(system),
    echoes: system.actions.map(({ broadcast = [] }) => broadcast.map(() => [])),
    bytes: () => nodes * BYTES_EACH,
  };
}

/** An empty memo for a layout; the first `expanded` states tell which fields decide. */
export function memoFor(answers: Answers, states: Readonly<States>, expanded: number): Memo {
  const { system, replies, leaving } = answers;
  const { layout } = states;
  const { width } = layout;
  const clusters = clustersOf(layout, footprintsOf(system), looksIn(answers, states, expanded));
  const tables: Int32Array[] = clusters.flatMap(({ direct, gateBits, keyWords }) => [
    new Int32Array(2 ** gateBits),
    new Int32Array(direct ? 0 : 64 * (1 + keyWords.length)),
  ]);
  const filled = clusters.map(() => 0);
  const inside = clusters.map(({ fields }) => new Set(fields));
  const gates = clusters.map(({ gate }) => new Set(gate));
  const entries = new Map([[nameOf([], []), EMPTY]]);
  const plansOf = clusters.map(() => new Map<number, readonly [start: number, end: number]>());
  // One for each cluster: a field outside of it, or constant in this layout, is 0 there.
  const scratch = clusters.map(() => new Int32Array(system.fields.length));
  const delta = new Int32Array(width);
  let tableBytes = tables.reduce((sum, table) => sum + table.byteLength, 0);
  let poolEnd = EMPTY + 2;
  let plansEnd = 0;
  let echoesEnd = 0;
  let outgrown = false;

  let isShared = false;
  let quiet = () => {};
  const larger = (array: Int32Array, length: number) => {
    quiet();
    return grown(array, length);
  };

  const memo: Memo = {
    layout,
    clusters,
    tables,
    pool: new Int32Array(1024),
    plans: new Int32Array(64),
    echoes: new Int32Array(256),
    leaving,
    fillCluster(id, words, offset) {
      const cluster = clusters[id] as Cluster;
      const gate = gates[id] as Set<number>;
      outgrown = false;
      const plain: number[] = [];
      const loud: number[] = [];
      let decided = true;
      const look = (field: number) => {
        decided &&= gate.has(field) || layout.bits[field] === 0;
      };
      const locals = scratch[id] as Int32Array;
      for (const field of cluster.fields) locals[field] = localAt(layout, words, offset, field);
      for (const action of cluster.actions) {
        const { looked, changes } = (replies[action] as Replies).reply(locals);
        for (const field of looked) look(field);
        if (changes === null) continue;
        delta.fill(0);
        for (const { field, change } of changes) xor(field, locals[field] as number, change);
        for (const [hearer, { field }] of (system.actions[action]?.broadcast ?? []).entries()) {
          if (!inside[id]?.has(field)) continue;
          look(field);
          const local = locals[field] as number;
          xor(field, local, echoOf(answers, action, hearer, local));
        }
        for (const { field, change } of changes) if (change !== 0) leaving.learn(action, field);
        const [start, end] = plansFor(id, action);
        if (start === end) plain.push(action, ...delta);
        else loud.push(action, ...delta, start, end);
      }
      if (outgrown) return false;
      const entry = entryOf(plain, loud);
      set(tables[2 * id] as Int32Array, gateKey(layout, cluster, words, offset), decided ? entry : UNDECIDED);
      if (!decided) enter(id, words, offset, entry);
      return true;
    },
    fillEcho(plan, words, offset) {
      const at = (index: number) => memo.plans[plan + index] as number;
      const local = ((words[offset + at(PLAN.word)] as number) >>> at(PLAN.shift)) & at(PLAN.mask);
      const change = echoOf(answers, at(PLAN.action), at(PLAN.hearer), local);
      if ((local ^ change) > at(PLAN.mask)) return false;
      memo.echoes[at(PLAN.echoes) + local] = change;
      return true;
    },
    share(whenQuiet) {
      isShared = true;
      quiet = whenQuiet;
      for (const [at, table] of tables.entries()) tables[at] = sharedCopy(table);
      memo.pool = sharedCopy(memo.pool);
      memo.plans = sharedCopy(memo.plans);
      memo.echoes = sharedCopy(memo.echoes);
    },
    bytes: () => tableBytes + memo.pool.byteLength + memo.plans.byteLength + memo.echoes.byteLength + answers.bytes(),
  };
  return memo;

  // The same moves are the same entry: what is read often stays near.
  function entryOf(plain: readonly number[], loud: readonly number[]): number {
    const name = nameOf(plain, loud);
    const made = entries.get(name);
    if (made !== undefined) return made;
    const entry = poolEnd;
    poolEnd += 2 + plain.length + loud.length;
    if (poolEnd > memo.pool.length) memo.pool = larger(memo.pool, poolEnd * 2);
    memo.pool[entry] = plain.length / (1 + width);
    memo.pool[entry + 1] = loud.length / (3 + width);
    memo.pool.set(plain, entry + 2);
    memo.pool.set(loud, entry + 2 + plain.length);
    entries.set(name, entry);
    return entry;
  }

  function xor(field: number, local: number, change: number): void {
    outgrown ||= (local ^ change) > (layout.mask[field] as number);
    const word = layout.word[field] as number;
    delta[word] = (delta[word] as number) ^ (change << (layout.shift[field] as number));
  }

  function plansFor(id: number, action: number): readonly [start: number, end: number] {
    const made = plansOf[id]?.get(action);
    if (made) return made;
    const start = plansEnd;
    for (const [hearer, { field }] of (system.actions[action]?.broadcast ?? []).entries()) {
      if (inside[id]?.has(field)) continue;
      const room = 2 ** (layout.bits[field] as number);
      if (echoesEnd + room > memo.echoes.length) memo.echoes = larger(memo.echoes, (echoesEnd + room) * 2);
      memo.echoes.fill(-1, echoesEnd, echoesEnd + room);
      if (plansEnd + PLAN.size > memo.plans.length) memo.plans = larger(memo.plans, memo.plans.length * 2);
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
    const { keyWords, keyMasks } = clusters[id] as Cluster;
    const table = tables[2 * id + 1] as Int32Array;
    const key = keyWords.map((word, at) => (words[offset + word] as number) & (keyMasks[at] as number));
    const record = 1 + keyWords.length;
    filled[id] = (filled[id] ?? 0) + 1;
    if ((filled[id] ?? 0) * 2 * record > table.length) {
      const wider: Int32Array = like(table, table.length * 2);
      for (let at = 0; at < table.length; at += record) {
        if (table[at] !== 0) put(wider, Array.from(table.subarray(at + 1, at + record)), table[at] as number);
      }
      quiet();
      tables[2 * id + 1] = wider;
      tableBytes += table.byteLength;
    }
    put(tables[2 * id + 1] as Int32Array, key, entry);
  }

  // Who sees an offset in a table must see what it stands for, in whatever thread.
  function set(table: Int32Array, at: number, offset: number): void {
    if (isShared) Atomics.store(table, at, offset);
    else table[at] = offset;
  }

  function put(table: Int32Array, key: readonly number[], entry: number): void {
    const record = 1 + key.length;
    const last = table.length / record - 1;
    let slot = key.reduce(mixKey, 0) & last;
    while (table[slot * record] !== 0) slot = (slot + 1) & last;
    table.set(key, slot * record + 1);
    set(table, slot * record, entry);
  }
}

/** The index of a state in a cluster's first table. */
export function gateKey(layout: Layout, { gate }: Cluster, words: Int32Array, offset: number): number {
  let key = 0;
  let at = 0;
  for (const field of gate) {
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

function nameOf(plain: readonly number[], loud: readonly number[]): string {
  return `${plain.length},${plain},${loud}`;
}

function echoOf({ system, echoes }: Answers, action: number, hearer: number, local: number): number {
  const byLocal = echoes[action]?.[hearer] as (number | undefined)[];
  byLocal[local] ??= askHearer(system, action, hearer, local) ^ local;
  return byLocal[local] as number;
}

/** Counts looks in states that were expanded, so that no action is asked anew for it. */
function looksIn({ system, replies }: Answers, { layout, words }: Readonly<States>, expanded: number) {
  const sampled = Math.min(expanded, SAMPLE);
  const states = Array.from({ length: sampled }, (_, at) => {
    const id = Math.floor((at * expanded) / sampled);
    return Int32Array.from(system.fields, (_, field) => localAt(layout, words, id * layout.width, field));
  });
  return (actions: readonly number[]) => {
    const looks = new Map<number, number>();
    for (const locals of states) {
      for (const action of actions) {
        for (const field of (replies[action] as Replies).reply(locals).looked) {
          looks.set(field, (looks.get(field) ?? 0) + 1);
        }
      }
    }
    return looks;
  };
}
