/**
 * A transition system as the checker sees it: a product of small local state spaces, and actions that each read and
 * write a few of them at once. The checker has no idea what a field or an action stands for.
 */
export interface System {
  readonly fields: readonly Field[];
  readonly actions: readonly Action[];
}

/** One local state space. Its states are numbered from 0 in order of discovery, so `size()` may grow while actions are asked. */
export interface Field {
  readonly name: string;
  readonly initial: number;
  /** How many local states are known so far. */
  size(): number;
}

/** Who owes the step: nobody (`none`), a party that acts if it can act for ever (`weak`), or if it can act again and again (`strong`). */
export type Fairness = 'none' | 'weak' | 'strong';

/** One atomic, named step of the whole system. Deterministic: what may turn out in two ways is two actions. */
export interface Action {
  readonly name: string;
  readonly fairness: Fairness;
  /** The fields it reads and may write, ascending, each once. It depends on nothing else. */
  readonly participants: readonly number[];
  /**
   * The participants' next local states, in the participants' order, or `disabled`. A pure function of `locals`.
   * Enabled without a change is not disabled: it is a self-loop.
   */
  step(locals: readonly number[]): readonly number[] | Disabled;
  /** The same answer, and what it rests on. An action without it is taken to look at all its participants. */
  look?(locals: readonly number[]): Looked;
  /** Fields that react whenever the action is taken, each by itself and whatever the others are; disjoint from `participants`. */
  readonly broadcast?: readonly Hearer[];
}

/** An answer, and the places in `participants` that were looked at for it, in that order: whoever agrees on those gets this answer. */
export interface Looked {
  readonly next: readonly number[] | Disabled;
  readonly places: readonly number[];
}

/** A field that hears a broadcast: a total function of its own local state. */
export interface Hearer {
  readonly field: number;
  next(local: number): number;
}

/** The action cannot happen here. A value of its own, never "the same state". */
export const disabled = null;
export type Disabled = typeof disabled;

/** A question about a state that reads only some fields; `locals` come in the order of `participants`. Pure. */
export interface Predicate {
  readonly participants: readonly number[];
  holds(locals: readonly number[]): boolean;
}

/** A question about a step that reads only some fields, before and after it. Pure. */
export interface StepPredicate {
  readonly participants: readonly number[];
  holds(before: readonly number[], after: readonly number[]): boolean;
}
