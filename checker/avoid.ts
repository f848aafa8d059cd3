import type { Exploration } from './explore.ts';
import type { Answer, Formula, Supremum } from './formula.ts';
import { combined, judge } from './judge.ts';

/** The runs that explain enough already, so that they are not considered. */
export interface Explained {
  /** Runs that take one of these. */
  readonly byOne: ReadonlySet<number>;
  /** For each of these sets: runs that take all of it, in whatever order. */
  readonly byAll: readonly ReadonlySet<number>[];
}

/**
 * Answers each formula for the runs that are not explained. A run that is not explained leaves out at least one action of each
 * set, so it is one of those without that action: every choice of one from each is judged, and the worst answer counts. What
 * already holds of more runs is not asked of fewer.
 */
export function judgeUnexplained(
  exploration: Exploration,
  formulas: readonly Formula[],
  { byOne, byAll }: Explained,
): Answer[] {
  return formulas.map((formula) => {
    const known = new Map<string, Answer>();
    const without = (left: ReadonlySet<number>): Answer => {
      const key = [...left].sort((a, b) => a - b).join();
      const answer = known.get(key) ?? (judge(exploration, [formula], { without: left })[0] as Answer);
      known.set(key, answer);
      return answer;
    };
    // Counts are wanted exactly even where they are finite, so no choice is passed over.
    const isSettled = (left: ReadonlySet<number>) =>
      formula.kind !== 'bound' && without(left).verdict === (formula.kind === 'sometimes' ? 'violated' : 'holds');
    let choices: ReadonlySet<number>[] = [byOne];
    const settled: Answer[] = [];
    for (const all of byAll) {
      const next = new Map<string, ReadonlySet<number>>();
      for (const left of choices) {
        if (isSettled(left)) {
          settled.push(without(left));
          continue;
        }
        const ways = [...all].some((action) => left.has(action))
          ? [left]
          : [...all].map((one) => new Set([...left, one]));
        for (const way of ways) next.set([...way].sort((a, b) => a - b).join(), way);
      }
      choices = [...next.values()];
    }
    return worst(formula, [...settled, ...choices.map(without)]);
  });
}

/** The answer for all runs together from those for some of them each. */
function worst(formula: Formula, answers: readonly Answer[]): Answer {
  const verdict =
    formula.kind === 'sometimes'
      ? (['holds', 'unknown', 'violated'] as const).find((one) => answers.some((answer) => answer.verdict === one))
      : combined(answers);
  const [shortest] = answers
    .filter((answer) => answer.verdict === verdict)
    .sort((a, b) => length(a) - length(b) || stem(a) - stem(b));
  if (!shortest) return { formula, verdict: 'holds', run: null, notes: ['Every run is explained.'] };
  if (formula.kind !== 'bound') return shortest;
  const perTick = largest(answers, 'perTick');
  const total = largest(answers, 'total');
  const run = perTick.supremum === 'unbounded' ? perTick.run : total.run;
  return {
    ...shortest,
    run,
    bound: { perTick: perTick.supremum, total: total.supremum, perTickRun: perTick.run, totalRun: total.run },
  };
}

const length = ({ run }: Answer): number => run?.actions.length ?? 0;
const stem = ({ run }: Answer): number => run?.loopsTo ?? 0;

function largest(answers: readonly Answer[], half: 'perTick' | 'total') {
  const size = (supremum: Supremum) =>
    supremum === 'unbounded' ? Number.POSITIVE_INFINITY : supremum === 'unknown' ? -1 : supremum;
  const counts = answers.flatMap(({ bound }) =>
    bound ? [{ supremum: bound[half], run: half === 'perTick' ? bound.perTickRun : bound.totalRun }] : [],
  );
  return counts.reduce((most, one) => {
    const more = size(one.supremum) - size(most.supremum);
    return more > 0 || (more === 0 && (one.run?.actions.length ?? 0) < (most.run?.actions.length ?? 0)) ? one : most;
  });
}
