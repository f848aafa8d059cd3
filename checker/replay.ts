import type { Run } from './formula.ts';
import { enabledActions, initialLocals, takeAction } from './step.ts';
import { disabled, type System } from './system.ts';

/** A run stepped through, or the step at which it is none. */
export type Replay = Replayed | Refused;

/** Every action could be taken. */
export interface Replayed {
  readonly kind: 'replayed';
  readonly steps: readonly Step[];
}

/** One action taken: all locals before it and after it. */
export interface Step {
  readonly action: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The run is not one of this system. */
export interface Refused {
  readonly kind: 'refused';
  /** The step that failed, counted from 1; for a cycle that does not close, the last one. */
  readonly step: number;
  readonly reason: 'disabled' | 'unknown action' | 'does not close';
  readonly action: number;
  /** What could have happened instead. */
  readonly enabled: readonly number[];
  readonly message: string;
}

/** Takes the run's actions one by one from the initial state. */
export function replay(system: System, run: Run): Replay {
  const steps: Step[] = [];
  let before = initialLocals(system);
  for (const [at, action] of run.actions.entries()) {
    const known = system.actions[action];
    const after = known ? takeAction(system, before, action) : disabled;
    if (after === disabled) {
      return refused(system, before, at + 1, action, known ? 'disabled' : 'unknown action');
    }
    steps.push({ action, before, after });
    before = after;
  }
  if (run.loopsTo !== null && !closes(run.loopsTo, steps)) {
    return refused(system, before, steps.length, run.actions.at(-1) ?? -1, 'does not close');
  }
  return { kind: 'replayed', steps };
}

function closes(loopsTo: number, steps: readonly Step[]): boolean {
  const entry = steps[loopsTo]?.before;
  const last = steps.at(-1)?.after;
  return entry?.every((local, field) => local === last?.[field]) ?? false;
}

function refused(
  system: System,
  locals: readonly number[],
  step: number,
  action: number,
  reason: Refused['reason'],
): Refused {
  const enabled = enabledActions(system, locals);
  const names = enabled.map((id) => system.actions[id]?.name).join(', ') || 'nothing';
  const name = system.actions[action]?.name ?? `action ${action}`;
  const what = {
    disabled: `${name} cannot happen`,
    'unknown action': `there is no action ${action}`,
    'does not close': `the cycle does not come back to where it starts`,
  }[reason];
  return { kind: 'refused', step, reason, action, enabled, message: `Step ${step}: ${what}; enabled here: ${names}.` };
}
