import type { Footprint } from './footprint.ts';
import type { Layout } from './layout.ts';

/** A key of at most this many bits indexes its table directly. */
const DIRECT_BITS_MAX = 16;

/** A gate is in every state's way, so its table should stay in the cache. */
const GATE_BITS_MAX = 12;

/** Fields that are looked at less often than this part of the most looked at would only multiply the gate's values. */
const GATE_SHARE = 1 / 16;

/** A wide footprint joins one that has its fields already, unless that makes its key longer than this. */
const JOIN_BITS_MAX = 4;

/**
 * Some fields of the state read together, and every action that lies within them: one look-up yields all their moves. A wide one is
 * looked up in two steps, first by its gate, the fields at which its actions look first: in most states those decide.
 */
export interface Cluster {
  /** The fields that are not constant, ascending. */
  readonly fields: readonly number[];
  readonly actions: readonly number[];
  /** The fields that index its first table, lowest bits first; all of them if they fit. */
  readonly gate: readonly number[];
  readonly gateBits: number;
  /** Whether the gate is all there is. */
  readonly direct: boolean;
  /** When not direct: the words that hold some of the fields, and which of their bits. */
  readonly keyWords: readonly number[];
  readonly keyMasks: readonly number[];
}

/** How often each field was looked at by some actions, in states that are thought to be typical. */
export type Looks = (actions: readonly number[]) => ReadonlyMap<number, number>;

/**
 * Puts footprints together: narrow ones while their joint key stays narrow, so that there are fewer look-ups a state; wide ones
 * only where one holds the other, because a joint key has as many values as its parts have pairs. Widest first.
 */
export function clustersOf(layout: Layout, footprints: readonly Footprint[], looks: Looks): Cluster[] {
  const width = (fields: Iterable<number>) =>
    [...fields].reduce((sum, field) => sum + (layout.bits[field] as number), 0);
  const open: { fields: Set<number>; footprints: Footprint[]; isWide: boolean }[] = [];
  for (const footprint of footprints.toSorted((a, b) => width(b.fields) - width(a.fields))) {
    const own = width(footprint.fields);
    const isWide = own > DIRECT_BITS_MAX;
    let best: (typeof open)[number] | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const candidate of open) {
      if (candidate.isWide !== isWide) continue;
      const added = width(footprint.fields.filter((field) => !candidate.fields.has(field)));
      const joint = width(candidate.fields) + added;
      const cost = isWide ? joint - own : added;
      const suits = isWide ? added === 0 && cost <= JOIN_BITS_MAX : joint <= DIRECT_BITS_MAX;
      if (suits && cost < bestCost) {
        best = candidate;
        bestCost = cost;
      }
    }
    if (best) {
      best.footprints.push(footprint);
      for (const field of footprint.fields) best.fields.add(field);
    } else {
      open.push({ fields: new Set(footprint.fields), footprints: [footprint], isWide });
    }
  }
  return open.map(({ fields: chosen, footprints: inside, isWide }) => {
    const fields = [...chosen].filter((field) => layout.bits[field] !== 0).toSorted((a, b) => a - b);
    const actions = inside.flatMap((footprint) => footprint.actions);
    const gate = isWide ? gateOf(layout, fields, looks(actions)) : fields;
    const keyWords = [...new Set(fields.map((field) => layout.word[field] as number))].toSorted((a, b) => a - b);
    const keyMasks = keyWords.map((word) =>
      fields
        .filter((field) => layout.word[field] === word)
        .reduce((mask, field) => mask | ((layout.mask[field] as number) << (layout.shift[field] as number)), 0),
    );
    return { fields, actions, gate, gateBits: width(gate), direct: !isWide, keyWords, keyMasks };
  });
}

/** The fields that are looked at most, as far as they fit. */
function gateOf(layout: Layout, fields: readonly number[], looks: ReadonlyMap<number, number>): number[] {
  const least = Math.max(...fields.map((field) => looks.get(field) ?? 0)) * GATE_SHARE;
  let used = 0;
  return fields
    .toSorted((a, b) => (looks.get(b) ?? 0) - (looks.get(a) ?? 0) || a - b)
    .filter((field) => {
      const bits = layout.bits[field] as number;
      if ((looks.get(field) ?? 0) <= least || used + bits > GATE_BITS_MAX) return false;
      used += bits;
      return true;
    })
    .toSorted((a, b) => a - b);
}
