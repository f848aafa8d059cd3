import type { Answer } from '#checker/formula.ts';
import { isReducible, type Reduced, type Reducible, type Reduction, searchReduced } from '#checker/reduced.ts';
import { NotAlike } from '#checker/symmetry.ts';
import { exchangeOf, type Renaming } from '#composition/exchange.ts';
import type { Design } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { buildModel, type Model } from '#models/model.ts';
import { exchangesOf } from '#models/scopes/alike.ts';
import type { Scope } from '#models/scopes/scope.ts';
import type { Judgement, JudgeOptions } from './judge.ts';
import type { Obligation, PromiseSpec } from './promise.ts';
import { traceOf } from './replay.ts';
import { assumptionsOf, sentenceOf } from './sentence.ts';

/** The ways to search fewer states. */
export const reductions = ['symmetry', 'ample'] as const;

/** One of them. */
export type ReductionName = (typeof reductions)[number];

/**
 * Whether a promise may be judged by a reduced search. Both reductions keep what is reached and forget what repeats: symmetry
 * who is who along a cycle, ample sets the steps of a cycle that change nothing that is asked about. So promises about what
 * happens in the end, bounds and possibilities are refused.
 */
export const isReduciblePromise = ({ form }: PromiseSpec): boolean => form === 'always';

/** Judges promises as `judgeScope` does, by a reduced search each. Throws an `InputError` where the scope has nothing alike. */
export function judgeReduced(
  design: Design,
  scope: Scope,
  promises: readonly PromiseSpec[],
  reduction: ReductionName,
  options: JudgeOptions,
): Judgement[] {
  const rungs =
    options.faults === undefined ? Array.from({ length: scope.topFaults + 1 }, (_, rung) => rung) : [options.faults];
  return promises.flatMap((promise) => {
    if (!promise.appliesTo(scope)) return [];
    let last: Judgement | null = null;
    for (const faults of rungs) {
      const found = judgeRung(design, scope, promise, faults, reduction, options);
      if (last?.verdict !== 'unknown' || found.verdict !== 'holds') last = found;
      if (found.verdict !== 'holds') break;
    }
    return last ?? [];
  });
}

function judgeRung(
  design: Design,
  scope: Scope,
  promise: PromiseSpec,
  faults: number,
  kind: ReductionName,
  options: JudgeOptions,
): Judgement {
  const started = options.now();
  const model = buildModel(design, scope, faults);
  const obligations = promise.obligations(model);
  const witnesses = promise.witnesses(model).filter((one) => isReducible(one.formula));
  const formulas = [...obligations, ...witnesses].map(({ formula }) => {
    if (!isReducible(formula)) throw new RangeError(`${promise.name} asks what a reduced search cannot answer`);
    return formula;
  });
  const { found, says } = search(model, scope, formulas, kind, options);
  const answers = found.answers.slice(0, obligations.length);
  const worst = worstOf(answers, obligations);
  const vacuous = found.answers.slice(obligations.length).flatMap((answer, i) =>
    // Under symmetry a witness of one part stands for those of the parts like it.
    answer.verdict === 'violated' && kind === 'ample' ? [witnesses[i]?.broken ?? ''] : [],
  );
  const verdict = worst?.answer.verdict ?? 'holds';
  return {
    design: design.name,
    scope: scope.name,
    faults,
    promise: promise.name,
    verdict,
    states: found.states,
    transitions: found.transitions,
    depth: found.depth,
    elapsedMs: Math.round(options.now() - started),
    sentence: sentenceOf(model, promise, verdict, worst?.obligation, worst?.answer, found.stopped, undefined),
    assumptions: [...assumptionsOf(model, faults, [], vacuous), says],
    trace: worst?.answer.run ? traceOf(model, worst.answer.run) : null,
  };
}

function search(
  model: Model,
  scope: Scope,
  formulas: readonly Reducible[],
  kind: ReductionName,
  { maxStates, maxMemory }: JudgeOptions,
): { readonly found: Reduced; readonly says: string } {
  const limits = { ...(maxStates !== undefined && { maxStates }), ...(maxMemory !== undefined && { maxMemory }) };
  const by = (reduction: Reduction) => searchReduced(model.composition.system, formulas, reduction, limits);
  if (kind === 'ample') {
    const found = by({ kind });
    const share = found.saved + found.transitions;
    return {
      found,
      says: `ample sets left out ${found.saved} of ${share} steps, which commute with those that were taken`,
    };
  }
  let refused = 'no two allocations of it may be exchanged';
  for (const renamings of groupsOf(scope)) {
    try {
      const found = by({ kind, exchanges: renamings.map((one) => exchangeOf(model.composition, one)) });
      return {
        found,
        says: `symmetry searched one of up to ${renamings.length + 1} states that differ only in who is who`,
      };
    } catch (error) {
      if (!(error instanceof NotAlike)) throw error;
      refused = error.message;
    }
  }
  throw new InputError(`symmetry does not apply to scope ${scope.name}: ${refused}`, {
    expected: 'a scope with allocations that are alike in all but their names',
  });
}

/** All exchanges of a scope, then those that leave every volume in its place, for the leader sweeps over volumes in order. */
function groupsOf(scope: Scope): (readonly Renaming[])[] {
  const all = exchangesOf(scope);
  const inPlace = all.filter((one) => scope.volumes.every(({ name }) => (one.get(name) ?? name) === name));
  return [all, ...(inPlace.length < all.length ? [inPlace] : [])].filter((group) => group.length > 0);
}

function worstOf(answers: readonly Answer[], obligations: readonly Obligation[]) {
  const rank = { violated: 2, unknown: 1, holds: 0 } as const;
  return answers
    .flatMap((answer, i) => {
      const obligation = obligations[i];
      return obligation ? [{ answer, obligation }] : [];
    })
    .sort(
      (a, b) =>
        rank[b.answer.verdict] - rank[a.answer.verdict] ||
        (a.answer.run?.actions.length ?? 0) - (b.answer.run?.actions.length ?? 0),
    )[0];
}
