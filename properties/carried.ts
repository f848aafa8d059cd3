import { follow, type TraceStep } from '#composition/trace.ts';
import type { Design } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';

/** A run of another design, as far as names carry it over. */
interface NamedRun {
  readonly loopsTo: number | null;
  readonly steps: readonly Pick<TraceStep, 'action'>[];
}

/** The first step, from 1, that a design cannot take; one past the last if only the cycle does not close. */
export interface Stop {
  readonly step: number;
  readonly action: string;
}

/** How often a cycle is gone round before it counts as one that does not close: a limiter's tokens run out in fewer. */
const rounds = 10;

/** Takes a run's actions, by their names, in a world of a design: null if it is a run of it too, else where it stops. */
export function carryOver(run: NamedRun, design: Design, scope: Scope, faults: number): Stop | null {
  const { composition } = buildModel(design, scope, faults);
  const ids = new Map(composition.actions.map((one, id) => [one.name, id]));
  const known = run.steps.map(({ action }) => ids.get(action));
  const missing = known.indexOf(undefined);
  const actions = (missing < 0 ? known : known.slice(0, missing)).flatMap((id) => id ?? []);
  const followed = follow(composition, { actions, loopsTo: null });
  if ('derailed' in followed) return { step: followed.derailed.step, action: followed.derailed.action };
  const unknown = run.steps[missing];
  if (unknown) return { step: missing + 1, action: unknown.action };
  if (run.loopsTo === null || closes(composition, actions, run.loopsTo)) return null;
  return { step: run.steps.length + 1, action: 'the cycle does not close' };
}

/** Whether going round and round comes back to a state: not always the one that the first round began with. */
function closes(composition: Model['composition'], actions: readonly number[], loopsTo: number): boolean {
  const cycle = actions.slice(loopsTo);
  const again = follow(composition, {
    actions: [...actions, ...Array.from({ length: rounds }, () => cycle).flat()],
    loopsTo: null,
  });
  if ('derailed' in again) return false;
  const states = again.locals.filter((_, at) => at >= loopsTo && (at - loopsTo) % cycle.length === 0).map(String);
  return new Set(states).size < states.length;
}
