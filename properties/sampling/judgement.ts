import type { Answer } from '#checker/formula.ts';
import { brokenBy } from '#properties/breaking.ts';
import type { BoundNumbers, Judgement } from '#properties/judge.ts';
import type { PromiseSpec } from '#properties/promise.ts';
import { traceOf } from '#properties/replay.ts';
import { assumptionsOf, sentenceOf } from '#properties/sentence.ts';
import type { Shrunk } from './shrink.ts';

/**
 * The judgement on a promise that a run breaks, as the explorer would give it. Its numbers of states and steps are those of
 * the run itself: nothing else was looked at.
 */
export function judgementOf({ model, run, obligation }: Shrunk, promise: PromiseSpec, elapsedMs: number): Judgement {
  const { cluster, composition } = model;
  if (!brokenBy(model, run, promise)) throw new Error(`the shrunk run does not break ${promise.name}`);
  const { formula } = obligation;
  const cycle = run.loopsTo === null ? [] : run.actions.slice(run.loopsTo);
  const isTight = !cycle.some((action) => composition.actions[action]?.note.isTick);
  const bound: BoundNumbers = { perTick: isTight ? 'unbounded' : 'unknown', total: 'unbounded' };
  const answer: Answer = {
    formula,
    verdict: 'violated',
    run,
    notes: [],
    ...(formula.kind === 'bound' && { bound: { ...bound, perTickRun: isTight ? run : null, totalRun: run } }),
  };
  const faults = cluster.faults.input?.left ?? 0;
  return {
    design: cluster.design.name,
    scope: cluster.scope.name,
    faults,
    promise: promise.name,
    verdict: 'violated',
    states: run.actions.length + (run.loopsTo === null ? 1 : 0),
    transitions: run.actions.length,
    depth: run.actions.length,
    elapsedMs,
    ...(formula.kind === 'bound' && { bound, bounds: { [formula.name]: bound } }),
    sentence: sentenceOf(model, promise, 'violated', obligation, answer, null, undefined),
    assumptions: assumptionsOf(model, faults, [], []),
    trace: traceOf(model, run),
  };
}
