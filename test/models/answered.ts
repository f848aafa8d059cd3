import { expect } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Formula, Verdict } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { findPromise } from '#properties/promises.ts';

/** The verdicts on what is asked of a design in a scope of a test's own, all of which is explored. */
export function answered(design: string, scope: Scope, faults: number, ask: (model: Model) => Formula[]): Verdict[] {
  const model = buildModel(findDesign(design), scope, faults);
  const exploration = explore(model.composition.system, { edges: true, maxStates: 4_000_000 });
  expect(exploration.stopped).toBeNull();
  return judge(exploration, ask(model)).map((one) => one.verdict);
}

/** The verdict on one formula there. */
export function asked(design: string, scope: Scope, faults: number, ask: (model: Model) => Formula): Verdict {
  const [verdict] = answered(design, scope, faults, (model) => [ask(model)]);
  if (verdict === undefined) throw new Error('nothing was answered');
  return verdict;
}

/** The verdicts on what a promise asks there. */
export function promised(design: string, scope: Scope, faults: number, promise: string): Verdict[] {
  const spec = findPromise(promise);
  return answered(design, scope, faults, (model) => spec.obligations(model).map((one) => one.formula));
}
