import type { Truths } from '#checker/tables.ts';

/** A question about the local states of some fields, as a finite table. */
export interface Asked {
  readonly participants: readonly number[];
  readonly truths: Truths;
}

/** What Spin is asked besides how many states there are. `name` is unique among the questions of one text. */
export type Question = SafetyQuestion | RunQuestion;

/** No state breaks it, or no step does; of a step the table has the local states before, then those after. */
export interface SafetyQuestion {
  readonly kind: 'always' | 'alwaysStep';
  readonly name: string;
  readonly holds: Asked;
}

/** Whenever `from`, then `to` in the end. */
export interface RunQuestion {
  readonly kind: 'leadsTo';
  readonly name: string;
  readonly from: Asked;
  readonly to: Asked;
  /** `from` counts only if it holds for ever after. */
  readonly stays: boolean;
  /** `to` must in the end hold for ever. */
  readonly forGood: boolean;
}
