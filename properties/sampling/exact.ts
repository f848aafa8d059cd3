import { explore } from '#checker/explore.ts';
import type { Run } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import type { Model } from '#models/model.ts';
import { runOf } from '#properties/judge.ts';
import type { Obligation, PromiseSpec } from '#properties/promise.ts';

/** Larger worlds are left as they were shrunk: a finding is told in a fraction of a second. */
const MAX_STATES = 30_000;

/**
 * The explorer's shortest run that breaks the promise, where the world is small enough to be searched to the end, else null.
 * Leaving steps out of a run finds no other way to the same end; a search does, once the world is small.
 */
export function shortestIn(model: Model, promise: PromiseSpec): { run: Run; obligation: Obligation } | null {
  const exploration = explore(model.composition.system, { edges: true, maxStates: MAX_STATES });
  if (exploration.stopped !== null) return null;
  const obligations = promise.obligations(model);
  const answers = judge(
    exploration,
    obligations.map((one) => one.formula),
  );
  const found = obligations.flatMap((obligation, i) => {
    const answer = answers[i];
    const run = answer?.verdict === 'violated' ? runOf(answer) : null;
    return run ? [{ run, obligation }] : [];
  });
  return found.sort((a, b) => a.run.actions.length - b.run.actions.length)[0] ?? null;
}
