import type { Edges } from '#checker/edges.ts';
import type { Formula, LeadsTo } from '#checker/formula.ts';
import type { States } from '#checker/states.ts';
import type { Fairness, Predicate } from '#checker/system.ts';
import { stepTruthsOf, truthsOf } from '#checker/tables.ts';
import type { Asked, Question } from './question.ts';

/** A formula as Spin can be asked it, over the states and steps that were found; null if it cannot. */
export function questionOf(found: Readonly<States>, edges: Edges, formula: Formula): Question | null {
  const { name } = formula;
  const asked = (predicate: Predicate): Asked => ({
    participants: predicate.participants,
    truths: truthsOf(found, predicate),
  });
  switch (formula.kind) {
    case 'always':
      return { kind: 'always', name, holds: asked(formula.holds) };
    case 'alwaysStep': {
      const { participants } = formula.holds;
      return { kind: 'alwaysStep', name, holds: { participants, truths: stepTruthsOf(found, edges, formula.holds) } };
    }
    case 'leadsTo': {
      if (!fitsOneFairness(formula)) return null;
      const { stays, forGood } = formula;
      return { kind: 'leadsTo', name, from: asked(formula.from), to: asked(formula.to), stays, forGood };
    }
    default:
      return null;
  }
}

/** Spin knows weak fairness alone: the formula with every step that is owed strongly owed weakly. */
export function weakened(formula: Formula, actions: readonly { readonly fairness: Fairness }[]): Formula {
  if (formula.kind !== 'leadsTo') return formula;
  const strong = actions.flatMap(({ fairness }, at): [number, Fairness][] =>
    fairness === 'strong' ? [[at, 'weak']] : [],
  );
  return { ...formula, fairness: new Map([...(formula.fairness ?? []), ...strong]) };
}

/** Whether the formula leaves everybody's fairness as it is: Spin's is the same for all questions. */
function fitsOneFairness({ finitelyOften, fairness }: LeadsTo): boolean {
  return !finitelyOften?.size && !fairness?.size;
}
