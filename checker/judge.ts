import { judgeBound } from './bound.ts';
import type { Exploration } from './explore.ts';
import type { Answer, Formula, Verdict } from './formula.ts';
import { foundOrder, type Graph, graphOf } from './graph.ts';
import { judgeLeadsTo } from './leads-to.ts';
import { judgePossible } from './possible.ts';
import { judgeStates, judgeSteps } from './safety.ts';
import type { Predicate } from './system.ts';
import { truthOf } from './truth.ts';

/** Which runs are considered. */
export interface JudgeOptions {
  /** Actions that explain enough already: runs that take one of them are not considered. */
  readonly without?: ReadonlySet<number>;
  /**
   * Only runs that come to a state where this holds are considered; once it holds it must hold for ever (`withTrigger` makes
   * such a one). What it means for each kind of formula:
   * - `always`, `possible`: it holds in the state that breaks the formula; `alwaysStep`: after the step that does;
   * - `sometimes`: it holds in the witness;
   * - `leadsTo`: it holds somewhere on the run that breaks the formula, before or within what repeats;
   * - `bound`: what is counted is what comes after it first holds, and a pump is one that turns where it holds.
   */
  readonly after?: Predicate;
}

/** Answers each formula, in their order. Where a limit ended the exploration, only what was seen is answered. */
export function judge(exploration: Exploration, formulas: readonly Formula[], options: JudgeOptions = {}): Answer[] {
  const { without = new Set(), after } = options;
  let graph: Graph | null | undefined;
  const steps = () => {
    if (graph === undefined) graph = graphOf(exploration, without);
    return graph;
  };
  const reached = () => (without.size === 0 ? foundOrder(exploration) : (steps()?.reached() ?? null));
  let truth: Uint8Array | null | undefined;
  const counts = () => {
    truth ??= after ? truthOf(exploration.found, after) : null;
    return truth;
  };
  return formulas.map((formula) => {
    switch (formula.kind) {
      case 'always':
      case 'sometimes': {
        const order = reached();
        return order ? judgeStates(exploration, formula, order, counts()) : unknown(formula, noSteps);
      }
      case 'alwaysStep': {
        const known = steps();
        return known ? judgeSteps(known, formula, counts(), exploration.stopped !== null) : unknown(formula, noSteps);
      }
      default: {
        // What lies beyond the limit may be the way out, or the way into a cycle: nothing that was seen decides.
        const known = exploration.stopped ? null : steps();
        if (!known)
          return unknown(
            formula,
            exploration.stopped ? `The exploration ended early (${exploration.stopped}).` : noSteps,
          );
        if (formula.kind === 'leadsTo') return judgeLeadsTo(known, formula, counts());
        return formula.kind === 'possible'
          ? judgePossible(known, formula, counts())
          : judgeBound(known, formula, counts());
      }
    }
  });
}

const noSteps = 'The steps between the states could not be kept within the limits.';

function unknown(formula: Formula, note: string): Answer {
  const none = { perTick: 'unknown', total: 'unknown', perTickRun: null, totalRun: null } as const;
  const answer = { formula, verdict: 'unknown', run: null, notes: [note] } as const;
  return formula.kind === 'bound' ? { ...answer, bound: none } : answer;
}

/** One verdict for several answers, liveness included: a violation outweighs a limit, a limit outweighs success, and no answer is none. */
export function combined(answers: readonly { readonly verdict: Verdict }[]): Verdict {
  const verdicts = new Set(answers.map(({ verdict }) => verdict));
  return verdicts.has('violated') ? 'violated' : verdicts.has('unknown') || verdicts.size === 0 ? 'unknown' : 'holds';
}
