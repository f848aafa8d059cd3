import type { Bound, Formula, LeadsTo, Run } from '#checker/formula.ts';
import { type Replayed, replay } from '#checker/replay.ts';
import { takeAction } from '#checker/step.ts';
import { disabled, type Predicate, type System } from '#checker/system.ts';
import { unknownName } from '#models/input.ts';
import type { Model } from '#models/model.ts';
import type { Obligation, PromiseSpec } from './promise.ts';

/**
 * The judge of one run: the obligation that it breaks, `null` if it breaks none. What each form means for a run:
 * - `always`: some state or some step of it breaks the formula;
 * - `leads to`: it ends in a cycle that is fair, or where nobody owes a step, and keeps the promise waiting there;
 * - `bound`: it comes back to a state with a counted step and no tick in between; or, if no time passes in it while
 *   somebody owes a step, it ends in a cycle with a counted step;
 * - `possible` is about all runs at once: one run never breaks it.
 * Throws a `RangeError` if it is no run of the model.
 */
export function brokenBy(model: Model, run: Run, promise: PromiseSpec): Obligation | null {
  if (!promise.appliesTo(model.cluster.scope)) return null;
  const { system } = model.composition;
  const replayed = replay(system, run);
  if (replayed.kind === 'refused') throw new RangeError(replayed.message);
  return promise.obligations(model).find(({ formula }) => breaks(system, replayed, run, formula)) ?? null;
}

function breaks(system: System, replayed: Replayed, run: Run, formula: Formula): boolean {
  const states = statesOf(system, replayed);
  switch (formula.kind) {
    case 'always':
      return states.some((locals) => !holds(formula.holds, locals));
    case 'alwaysStep': {
      const seen = (locals: readonly number[]) => formula.holds.participants.map((field) => locals[field] ?? 0);
      return replayed.steps.some(({ before, after }) => !formula.holds.holds(seen(before), seen(after)));
    }
    case 'leadsTo':
      return keepsWaiting(system, states, run, formula);
    case 'bound':
      return grows(system, states, run, formula);
    default:
      return false;
  }
}

function keepsWaiting(system: System, states: readonly (readonly number[])[], run: Run, formula: LeadsTo): boolean {
  const { from, to, stays, forGood } = formula;
  // The last state of a cycle is its first; where there is no cycle the run stands still in its last state.
  const cycle = run.loopsTo === null ? states.slice(-1) : states.slice(run.loopsTo, -1);
  const taken = new Set(run.loopsTo === null ? [] : run.actions.slice(run.loopsTo));
  const isMissing = forGood
    ? cycle.some((at) => holds(from, at) && !holds(to, at))
    : cycle.every((at) => !holds(to, at));
  if (!isMissing) return false;
  const begun = stays
    ? cycle.every((at) => holds(from, at))
    : states.some((at, i) => holds(from, at) && states.slice(i).every((later) => !holds(to, later)));
  return begun && isFair(system, cycle, taken, formula);
}

function isFair(
  system: System,
  cycle: readonly (readonly number[])[],
  taken: ReadonlySet<number>,
  { fairness, finitelyOften }: LeadsTo,
): boolean {
  return system.actions.every((action, id) => {
    if (finitelyOften?.has(id)) return !taken.has(id);
    const owed = fairness?.get(id) ?? action.fairness;
    if (owed === 'none' || taken.has(id)) return true;
    const isEnabled = (locals: readonly number[]) => takeAction(system, locals, id) !== disabled;
    return owed === 'weak' ? !cycle.every(isEnabled) : !cycle.some(isEnabled);
  });
}

function grows(
  system: System,
  states: readonly (readonly number[])[],
  run: Run,
  { counted, ticks, only }: Bound,
): boolean {
  const counts = (from: number, to: number) => run.actions.slice(from, to).some((action) => counted.has(action));
  const passes = (from: number, to: number) => run.actions.slice(from, to).some((action) => ticks.has(action));
  const last = new Map<string, number>();
  for (const [step, locals] of states.entries()) {
    const key = locals.join();
    const before = last.get(key);
    if (before !== undefined && counts(before, step) && !passes(before, step)) return true;
    last.set(key, step);
  }
  if (only === 'perTick' || run.loopsTo === null || !counts(run.loopsTo, run.actions.length)) return false;
  const owes = (locals: readonly number[]) =>
    system.actions.some(
      ({ fairness }, id) => fairness !== 'none' && !ticks.has(id) && takeAction(system, locals, id) !== disabled,
    );
  return run.actions.every((action, step) => !ticks.has(action) || !owes(states[step] ?? []));
}

function statesOf(system: System, { steps }: Replayed): (readonly number[])[] {
  return [system.fields.map((field) => field.initial), ...steps.map(({ after }) => after)];
}

function holds(predicate: Predicate, locals: readonly number[]): boolean {
  return predicate.holds(predicate.participants.map((field) => locals[field] ?? 0));
}

/** The run that takes the actions of these names. Throws an `InputError` for a name that the model does not have. */
export function runNamed({ composition }: Model, names: readonly string[], loopsTo: number | null): Run {
  const known = composition.actions.map(({ name }) => name);
  const actions = names.map((name) => {
    const id = known.indexOf(name);
    if (id < 0) throw unknownName('action', name, known);
    return id;
  });
  return { actions, loopsTo };
}
