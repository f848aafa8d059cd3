import { judgeBound } from './bound.ts';
import type { Exploration } from './explore.ts';
import type { Answer, Formula, Verdict } from './formula.ts';
import { foundOrder, type Graph, graphOf } from './graph.ts';
import { judgeLeadsTo } from './leads-to.ts';
import { judgePossible } from './possible.ts';
import { judgeStates, judgeSteps } from './safety.ts';

/** Which runs are considered. */
export interface JudgeOptions {
  /** Actions that explain enough already: runs that take one of them are not considered. */
  readonly without?: ReadonlySet<number>;
}

/** Answers each formula, in their order. Where a limit ended the exploration, only what was seen is answered. */
export function judge(exploration: Exploration, formulas: readonly Formula[], options: JudgeOptions = {}): Answer[] {
  const { without = new Set() } = options;
  let graph: Graph | null | undefined;
  const steps = () => {
    if (graph === undefined) graph = graphOf(exploration, without);
    return graph;
  };
  const reached = () => (without.size === 0 ? foundOrder(exploration) : (steps()?.reached() ?? null));
  return formulas.map((formula) => {
    switch (formula.kind) {
      case 'always':
      case 'sometimes': {
        const order = reached();
        return order ? judgeStates(exploration, formula, order) : unknown(formula, noSteps);
      }
      case 'alwaysStep': {
        const known = steps();
        return known ? judgeSteps(known, formula, exploration.stopped !== null) : unknown(formula, noSteps);
      }
      default: {
        // What lies beyond the limit may be the way out, or the way into a cycle: nothing that was seen decides.
        const known = exploration.stopped ? null : steps();
        if (!known)
          return unknown(
            formula,
            exploration.stopped ? `The exploration ended early (${exploration.stopped}).` : noSteps,
          );
        if (formula.kind === 'leadsTo') return judgeLeadsTo(known, formula);
        return formula.kind === 'possible' ? judgePossible(known, formula) : judgeBound(known, formula);
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
