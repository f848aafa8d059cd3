import { coverage } from '#checker/coverage.ts';
import { type Exploration, explore } from '#checker/explore.ts';
import type { Composition } from '#composition/compose.ts';
import { guardsSeen } from '#composition/guards.ts';
import { activePaths } from '#composition/instance.ts';
import type { Design } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import type { Note } from '#models/note.ts';
import { type FaultKind, type FreeEvent, faultKinds, freeEvents } from '#models/scopes/fault.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { type JudgeOptions, progressOf } from './judge.ts';

/** What some worlds exercised of the model, by name: whether each was seen, guards once for either answer. */
export interface Exercised {
  /** By rule: whether some world takes it. */
  readonly actions: Readonly<Record<string, boolean>>;
  /** By machine and state: whether some world reaches it. */
  readonly states: Readonly<Record<string, boolean>>;
  /** By guard and answer: whether some world saw it let a transition pass, or hold one back. */
  readonly guards: Readonly<Record<string, boolean>>;
}

/** The parts of the model that are exercised, in the order in which they are told. */
export const parts = ['actions', 'states', 'guards'] as const satisfies readonly (keyof Exercised)[];

/**
 * What a design exercises in a scope with so many faults, out of all that it could in any scope of that world; null if a
 * limit ended the search.
 */
export function exercise(design: Design, scope: Scope, options: JudgeOptions): Exercised | null {
  const faults = options.faults ?? scope.topFaults;
  const model = buildModel(design, scope, faults);
  const exploration = explore(model.composition.system, { edges: true, ...progressOf(model, faults, options) });
  if (exploration.stopped !== null) return null;
  const seen = exercisedBy(model.composition, exploration);
  if (!seen) return null;
  const possible = buildModel(design, withAll(scope), 1).composition.actions.map((one) => one.note.rule);
  return { ...seen, actions: { ...Object.fromEntries(possible.map((rule) => [rule, false])), ...seen.actions } };
}

/** What a search exercised of its model, as far as it came; null if its steps take more memory than its limit allows. */
export function exercisedBy(composition: Composition<Note>, exploration: Exploration): Exercised | null {
  const seen = coverage(exploration);
  if (!seen) return null;
  const actions: Record<string, boolean> = {};
  for (const [i, one] of composition.actions.entries()) {
    actions[one.note.rule] = actions[one.note.rule] === true || (seen.taken[i] ?? 0) > 0;
  }
  const states: Record<string, boolean> = {};
  const guards: Record<string, boolean> = {};
  for (const [field, one] of composition.instances.entries()) {
    const local = composition.localStates(one);
    for (const path of local.paths) states[`${local.machine.id}: ${path}`] ??= false;
    for (const [id, reached] of (seen.locals[field] ?? []).entries()) {
      if (reached)
        for (const path of activePaths(local.snapshot(id).value)) states[`${local.machine.id}: ${path}`] = true;
    }
    for (const { name, passed, held } of guardsSeen(local)) {
      guards[`${name}: lets pass`] ||= passed;
      guards[`${name}: holds back`] ||= held;
    }
  }
  return { actions, states, guards };
}

/** What any of the worlds exercised. */
export function together(all: readonly Exercised[]): Exercised {
  const or = (of: (one: Exercised) => Readonly<Record<string, boolean>>): Record<string, boolean> => {
    const sum: Record<string, boolean> = {};
    for (const one of all) for (const [name, seen] of Object.entries(of(one))) sum[name] = seen || sum[name] === true;
    return sum;
  };
  return { actions: or((one) => one.actions), states: or((one) => one.states), guards: or((one) => one.guards) };
}

/** The names that nothing exercised, in the order of the model. */
export function missed(of: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(of).flatMap(([name, seen]) => (seen ? [] : [name]));
}

/** The same world with everything allowed: what the model could do there at all. */
function withAll(scope: Scope): Scope {
  return {
    ...scope,
    faults: Object.fromEntries((Object.keys(faultKinds) as FaultKind[]).map((kind) => [kind, true as const])),
    events: Object.keys(freeEvents) as FreeEvent[],
  };
}
