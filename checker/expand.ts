import type { Cluster } from './clusters.ts';
import { gateKey, type Memo, mixKey, PLAN, UNDECIDED } from './memo.ts';
import { hashState } from './states.ts';

/**
 * The inner loop of the search, as a function of arrays alone. It expands states `from` to `end` (exclusive) and stops early
 * where something is missing; the driver supplies it and calls again from the state that is returned. A state is expanded
 * in two passes: first everything it enables is gathered, and only if nothing was missing its successors are entered. So
 * a state that stopped the loop has left no trace.
 */
export type Expand = (
  registers: Int32Array,
  from: number,
  end: number,
  words: Int32Array,
  parents: Int32Array,
  via: Uint16Array,
  index: Int32Array,
  tables: readonly Int32Array[],
  pool: Int32Array,
  plans: Int32Array,
  echoes: Int32Array,
  found: Int32Array,
  fresh: Int32Array,
  rows: Int32Array,
  targets: Int32Array,
  labels: Uint16Array,
  asked: Int8Array,
) => number;

/** What the driver and the inner loop tell each other, one integer each. */
export const REGISTER = {
  /** How many states have ids. */
  count: 0,
  /** Above this count a state is not expanded: its successors might not have room. */
  countMax: 1,
  edges: 2,
  edgesMax: 3,
  /** The index has two to the power of this many slots. */
  indexBits: 4,
  /** Why the loop came back, see `STATUS`. */
  status: 5,
  /** The cluster or the plan that misses. */
  missing: 6,
  /** Transitions taken in this call. */
  transitions: 7,
  /** Of no meaning: what was read ahead, so that it is not optimised away. */
  ahead: 8,
  /** Pages in use, where the visited set is kept in pages. */
  pages: 9,
  /** Above this number of pages a state is not expanded. */
  pagesMax: 10,
  size: 11,
} as const;

/** Why the inner loop came back. */
export const STATUS = { done: 0, full: 1, clusterMissing: 2, echoMissing: 3 } as const;

/**
 * The inner loop, written for any layout. Each slot of `index` holds 0 or a state's id plus one in its low `indexBits` bits; the
 * bits above repeat the hash's low bits, so that most other states are told apart without a look at their words.
 */
export function plainExpand(memo: Memo, keepEdges: boolean): Expand {
  const { clusters, layout } = memo;
  const { width } = layout;
  const record = 1 + width;
  const entries = new Int32Array(clusters.length);
  return (
    registers,
    from,
    end,
    words,
    parents,
    via,
    index,
    tables,
    pool,
    plans,
    echoes,
    found,
    fresh,
    rows,
    targets,
    labels,
  ) => {
    const indexBits = registers[REGISTER.indexBits] as number;
    const slotShift = 32 - indexBits;
    const slotMask = 2 ** indexBits - 1;
    let count = registers[REGISTER.count] as number;
    let edges = registers[REGISTER.edges] as number;
    let transitions = 0;

    const gather = (id: number): number => {
      for (let at = 0; at < clusters.length; at++) {
        entries[at] = lookUp(memo, at, tables, words, id * width);
        if (entries[at] === 0) {
          registers[REGISTER.status] = STATUS.clusterMissing;
          registers[REGISTER.missing] = at;
          return -1;
        }
      }
      let used = 0;
      for (const entry of entries) {
        let read = entry + 2;
        const loud = pool[entry + 1] as number;
        for (let left = (pool[entry] as number) + loud; left > 0; left--) {
          found[used] = pool[read] as number;
          for (let word = 0; word < width; word++) {
            found[used + 1 + word] = (words[id * width + word] as number) ^ (pool[read + 1 + word] as number);
          }
          read += record;
          if (left <= loud) {
            const stop = pool[read + 1] as number;
            for (let plan = pool[read] as number; plan < stop; plan += PLAN.size) {
              const word = plans[plan + PLAN.word] as number;
              const shift = plans[plan + PLAN.shift] as number;
              const local = ((words[id * width + word] as number) >>> shift) & (plans[plan + PLAN.mask] as number);
              const change = echoes[(plans[plan + PLAN.echoes] as number) + local] as number;
              if (change < 0) {
                registers[REGISTER.status] = STATUS.echoMissing;
                registers[REGISTER.missing] = plan;
                return -1;
              }
              found[used + 1 + word] = (found[used + 1 + word] as number) ^ (change << shift);
            }
            read += 2;
          }
          used += record;
        }
      }
      return used;
    };

    // The id of the found state, or minus one minus the slot where it belongs.
    const locate = (at: number, hash: number): number => {
      let slot = hash >>> slotShift;
      for (let held = index[slot] as number; held !== 0; held = index[slot] as number) {
        if ((held ^ (hash << indexBits)) >>> indexBits === 0) {
          const id = (held & slotMask) - 1;
          let word = 0;
          while (word < width && words[id * width + word] === found[at + 1 + word]) word++;
          if (word === width) return id;
        }
        slot = (slot + 1) & slotMask;
      }
      return -1 - slot;
    };

    registers[REGISTER.status] = STATUS.done;
    let id = from;
    for (; id < end; id++) {
      if (count > (registers[REGISTER.countMax] as number) || edges > (registers[REGISTER.edgesMax] as number)) {
        registers[REGISTER.status] = STATUS.full;
        break;
      }
      const used = gather(id);
      if (used < 0) break;
      let freshCount = 0;
      const row = edges;
      for (let at = 0; at < used; at += record) {
        const target = locate(at, hashState(found, at + 1, width));
        if (target < 0) {
          // Sorted by action, so that ids do not depend on how footprints were clustered.
          let place = freshCount++;
          for (; place > 0 && (found[fresh[place - 1] as number] as number) > (found[at] as number); place--) {
            fresh[place] = fresh[place - 1] as number;
          }
          fresh[place] = at;
        } else if (keepEdges) {
          edges = insertEdge(targets, labels, row, edges, target, found[at] as number);
        }
      }
      for (let next = 0; next < freshCount; next++) {
        const at = fresh[next] as number;
        const hash = hashState(found, at + 1, width);
        let target = locate(at, hash);
        if (target < 0) {
          index[-1 - target] = (hash << indexBits) | (count + 1);
          for (let word = 0; word < width; word++) words[count * width + word] = found[at + 1 + word] as number;
          parents[count] = id;
          via[count] = found[at] as number;
          target = count++;
        }
        if (keepEdges) edges = insertEdge(targets, labels, row, edges, target, found[at] as number);
      }
      transitions += used / record;
      if (keepEdges) rows[id + 1] = edges;
    }
    registers[REGISTER.count] = count;
    registers[REGISTER.edges] = edges;
    registers[REGISTER.transitions] = transitions;
    return id;
  };
}

function lookUp(
  { clusters, layout }: Memo,
  id: number,
  tables: readonly Int32Array[],
  words: Int32Array,
  offset: number,
): number {
  const cluster = clusters[id] as Cluster;
  const entry = tables[2 * id]?.[gateKey(layout, cluster, words, offset)] as number;
  if (entry !== UNDECIDED) return entry;
  const { keyWords, keyMasks } = cluster;
  const table = tables[2 * id + 1] as Int32Array;
  const record = 1 + keyWords.length;
  const last = table.length / record - 1;
  const part = (at: number) => (words[offset + (keyWords[at] as number)] as number) & (keyMasks[at] as number);
  let hash = 0;
  for (let at = 0; at < keyWords.length; at++) hash = mixKey(hash, part(at));
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const held = table[slot * record] as number;
    if (held === 0) return 0;
    let at = 0;
    while (at < keyWords.length && table[slot * record + 1 + at] === part(at)) at++;
    if (at === keyWords.length) return held;
  }
}

// Rows are sorted by action for the same reason as new states.
function insertEdge(
  targets: Int32Array,
  labels: Uint16Array,
  row: number,
  edges: number,
  target: number,
  action: number,
): number {
  let place = edges;
  for (; place > row && (labels[place - 1] as number) > action; place--) {
    labels[place] = labels[place - 1] as number;
    targets[place] = targets[place - 1] as number;
  }
  labels[place] = action;
  targets[place] = target;
  return edges + 1;
}
