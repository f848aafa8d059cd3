import { type Bucket, refilled } from './limiter.ts';

/** One way for the model to have done what was recorded so far. */
export interface Hypothesis {
  /** The state of the model, by number. */
  readonly state: number;
  /** What is still to be seen of steps taken, and what was seen of steps to come: expectations by number, ascending. */
  readonly marks: readonly number[];
  /** By when each of them is to be met, in ms. */
  readonly until: readonly number[];
  /** Since when each action of the state that waits for nobody could be taken, in ms. */
  readonly since: readonly number[];
  /** The limiters, one for each volume that has one. */
  readonly buckets: readonly Bucket[];
}

/** Buckets whose times differ by less than this, in ms, are taken together. */
const grain = 50;

/**
 * Hypotheses, each once. Those that differ in their times only are taken together, with the most lenient time of each:
 * what any of them explains, the joint one explains too.
 */
export class Hypotheses {
  readonly #byKey = new Map<string, Hypothesis>();

  get size(): number {
    return this.#byKey.size;
  }

  [Symbol.iterator](): Iterator<Hypothesis> {
    return this.#byKey.values();
  }

  /** Adds one; the joint hypothesis if that is news, `null` if it was known as lenient already. */
  add(one: Hypothesis): Hypothesis | null {
    const key = keyOf(one);
    const known = this.#byKey.get(key);
    const joint = known ? join(known, one) : one;
    if (joint === known) return null;
    this.#byKey.set(key, joint);
    return joint;
  }

  /** Whether this very hypothesis still stands for its kind. */
  holds(one: Hypothesis): boolean {
    return this.#byKey.get(keyOf(one)) === one;
  }

  remove(one: Hypothesis): void {
    this.#byKey.delete(keyOf(one));
  }
}

/** The hypothesis as of `now`: limiters that have filled up meanwhile are like new ones. */
export function asOf(one: Hypothesis, now: number): Hypothesis {
  if (!one.buckets.some((bucket) => bucket.to <= now && bucket.to > Number.NEGATIVE_INFINITY)) return one;
  return { ...one, buckets: one.buckets.map((bucket) => refilled(bucket, now)) };
}

function keyOf({ state, marks, buckets }: Hypothesis): string {
  let key = `${state}`;
  for (const mark of marks) key += `,${mark}`;
  for (const { from } of buckets) key += from === Number.NEGATIVE_INFINITY ? ';' : `;${Math.round(from / grain)}`;
  return key;
}

function join(known: Hypothesis, one: Hypothesis): Hypothesis {
  const news =
    one.until.some((time, i) => time > (known.until[i] ?? 0)) ||
    one.since.some((time, i) => time > (known.since[i] ?? 0)) ||
    one.buckets.some(({ from, to }, i) => from < (known.buckets[i]?.from ?? 0) || to > (known.buckets[i]?.to ?? 0));
  if (!news) return known;
  return {
    ...known,
    until: later(known.until, one.until),
    since: later(known.since, one.since),
    buckets: known.buckets.map(({ from, to }, i) => ({
      from: Math.min(from, one.buckets[i]?.from ?? from),
      to: Math.max(to, one.buckets[i]?.to ?? to),
    })),
  };
}

function later(times: readonly number[], others: readonly number[]): number[] {
  return times.map((time, i) => Math.max(time, others[i] ?? time));
}
