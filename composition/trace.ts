import type { Run } from '#checker/formula.ts';
import { disabled } from '#checker/system.ts';
import type { Composition } from './compose.ts';
import { showChange } from './show.ts';

/** One step of a run in the machines' words. */
export interface TraceStep {
  readonly who: string;
  readonly action: string;
  readonly source: string;
  readonly events: readonly { readonly to: string; readonly type: string }[];
  readonly changed: readonly { readonly instance: string; readonly from: string; readonly to: string }[];
}

/** A run cannot be followed: the step that is not enabled, and what was enabled instead. */
export interface Derailed {
  readonly step: number;
  readonly action: string;
  readonly enabledInstead: readonly string[];
}

/** Follows a run through the machines. `locals` are the states passed: one more than there are steps. */
export function follow(
  composition: Composition,
  run: Run,
):
  | { readonly steps: readonly TraceStep[]; readonly locals: readonly (readonly number[])[] }
  | { readonly derailed: Derailed } {
  const { system, actions, instances } = composition;
  const steps: TraceStep[] = [];
  let here: readonly number[] = system.fields.map((field) => field.initial);
  const locals = [here];
  for (const [number, index] of run.actions.entries()) {
    const declared = actions[index];
    const sent = declared ? composition.sendings(index, here) : disabled;
    const next = declared && sent !== disabled ? advance(composition, index, here) : disabled;
    if (!declared || sent === disabled || next === disabled) {
      const enabledInstead = actions
        .filter((_, other) => composition.sendings(other, here) !== disabled)
        .map((one) => one.name);
      return { derailed: { step: number + 1, action: declared?.name ?? `action ${index}`, enabledInstead } };
    }
    const before = here;
    steps.push({
      who: declared.who,
      action: declared.name,
      source: declared.source,
      events: sent.map(({ to, event }) => ({ to: to.name, type: event.type })),
      changed: instances.flatMap((one, field) => {
        const [was, is] = [before[field], next[field]];
        if (was === undefined || is === undefined || was === is) return [];
        const states = composition.localStates(one);
        return [{ instance: one.name, ...showChange(states.snapshot(was), states.snapshot(is)) }];
      }),
    });
    here = next;
    locals.push(here);
  }
  return { steps, locals };
}

/** The state after an action, or `disabled`. */
export function advance(
  composition: Composition,
  index: number,
  locals: readonly number[],
): readonly number[] | typeof disabled {
  const taken = composition.system.actions[index];
  if (!taken) return disabled;
  const moved = taken.step(taken.participants.map((field) => locals[field] ?? 0));
  if (moved === disabled) return disabled;
  const next = [...locals];
  for (const [slot, field] of taken.participants.entries()) next[field] = moved[slot] ?? 0;
  for (const hearer of taken.broadcast ?? []) next[hearer.field] = hearer.next(locals[hearer.field] ?? 0);
  return next;
}
