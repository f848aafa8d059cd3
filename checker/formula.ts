import type { Fairness, Predicate, StepPredicate } from './system.ts';

/** What can be asked of a system. `name` is unique among the formulas asked together. */
export type Formula = Always | AlwaysStep | Sometimes | LeadsTo | Possible | Bound;

/** No reachable state breaks it. */
export interface Always {
  readonly kind: 'always';
  readonly name: string;
  readonly holds: Predicate;
}

/** No reachable step breaks it. */
export interface AlwaysStep {
  readonly kind: 'alwaysStep';
  readonly name: string;
  readonly holds: StepPredicate;
}

/** Some reachable state has it: the witness that keeps another formula from holding vacuously. */
export interface Sometimes {
  readonly kind: 'sometimes';
  readonly name: string;
  readonly holds: Predicate;
}

/** Which actions a liveness formula treats otherwise than they declare; action ids to fairness. */
export type FairnessChanges = ReadonlyMap<number, Fairness>;

/**
 * On every fair run, whenever `from` then `to` in the end.
 * - `stays`: `from` counts only if it holds for ever after (an allocation that is over and stays so). A violation is then
 *   a fair cycle on which `from` always holds and `to` never does.
 * - `forGood`: `to` must in the end hold for ever (needs `stays`). A violation is a fair cycle on which `from` always
 *   holds and `to` fails somewhere.
 */
export interface LeadsTo {
  readonly kind: 'leadsTo';
  readonly name: string;
  readonly from: Predicate;
  readonly to: Predicate;
  readonly stays: boolean;
  readonly forGood: boolean;
  readonly fairness?: FairnessChanges;
  /** Actions that the run may take finitely often only ("even if the periodic collection never runs again"). */
  readonly finitelyOften?: ReadonlySet<number>;
}

/** From every reachable state some run reaches it. */
export interface Possible {
  readonly kind: 'possible';
  readonly name: string;
  readonly goal: Predicate;
}

/**
 * The largest count of some actions: `perTick`, between two ticks over all finite runs; `total`, over all fair runs with
 * maximal progress (no tick while a fair action is enabled). Exact, or unbounded with the cycle to pump.
 */
export interface Bound {
  readonly kind: 'bound';
  readonly name: string;
  readonly counted: ReadonlySet<number>;
  readonly ticks: ReadonlySet<number>;
  /** Only the count between two ticks must be finite; the total is told all the same. */
  readonly only?: 'perTick';
}

/** A run: actions from the initial state; `loopsTo` is the number of steps before the cycle, `null` if it is finite. */
export interface Run {
  readonly actions: readonly number[];
  readonly loopsTo: number | null;
}

/** `unknown`: a limit was reached before an answer was found. It is never success. */
export type Verdict = 'holds' | 'violated' | 'unknown';

/** A count, the fact that there is no largest one, or that a limit was reached. */
export type Supremum = number | 'unbounded' | 'unknown';

/** The answer to one formula. `run` is the shortest counterexample, or the witness (of `sometimes`, of a bound). */
export interface Answer {
  readonly formula: Formula;
  readonly verdict: Verdict;
  readonly run: Run | null;
  /** For a bound: the two suprema and a run that reaches each (for `unbounded`: a run whose cycle can be pumped). */
  readonly bound?: {
    readonly perTick: Supremum;
    readonly total: Supremum;
    readonly perTickRun: Run | null;
    readonly totalRun: Run | null;
  };
  /** What the answer rests on, a sentence each; for example that a cycle may not be the shortest. */
  readonly notes: readonly string[];
}
