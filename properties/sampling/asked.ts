import type { Predicate, StepPredicate } from '#checker/system.ts';
import { Tuples } from '#checker/tuples.ts';

/** A question about more instances than this is asked anew each time: few states look the same to it. */
const MEMO_FIELDS_MAX = 8;

/** A question about states, asked once of what looks the same to it. */
export class Asked {
  readonly fields: readonly number[];
  readonly #predicate: Predicate;
  readonly #tuples = new Tuples();
  readonly #known: (boolean | undefined)[] = [];
  readonly #locals: number[];

  constructor(predicate: Predicate) {
    this.#predicate = predicate;
    this.fields = predicate.participants;
    this.#locals = this.fields.map(() => 0);
  }

  holds(locals: ArrayLike<number>): boolean {
    const view = look(this.fields, this.#locals, locals);
    if (view.length > MEMO_FIELDS_MAX) return this.#predicate.holds(view);
    const tuple = this.#tuples.number(view);
    const known = this.#known[tuple];
    if (known !== undefined) return known;
    const holds = this.#predicate.holds([...view]);
    this.#known[tuple] = holds;
    return holds;
  }
}

/** A question about steps, asked once of those that look the same to it. */
export class AskedStep {
  readonly fields: readonly number[];
  readonly #predicate: StepPredicate;
  readonly #tuples = new Tuples();
  readonly #views: (readonly number[])[] = [];
  readonly #known: (boolean | undefined)[][] = [];
  readonly #locals: number[];

  constructor(predicate: StepPredicate) {
    this.#predicate = predicate;
    this.fields = predicate.participants;
    this.#locals = this.fields.map(() => 0);
  }

  /** How a state looks to it: the same number for the same look. */
  look(locals: ArrayLike<number>): number {
    const view = look(this.fields, this.#locals, locals);
    const tuple = this.#tuples.number(view);
    if (this.#views[tuple] === undefined) {
      this.#views[tuple] = [...view];
      this.#known[tuple] = [];
    }
    return tuple;
  }

  /** Whether it holds of a step from what looks like `before` to what looks like `after`. */
  holds(before: number, after: number): boolean {
    const row = this.#known[before] as (boolean | undefined)[];
    const known = row[after];
    if (known !== undefined) return known;
    while (row.length <= after) row.push(undefined);
    const holds = this.#predicate.holds(this.#views[before] as number[], this.#views[after] as number[]);
    row[after] = holds;
    return holds;
  }
}

function look(fields: readonly number[], into: number[], locals: ArrayLike<number>): number[] {
  for (let at = 0; at < fields.length; at++) into[at] = locals[fields[at] as number] as number;
  return into;
}
