import { explore } from '#checker/explore.ts';
import type { Answer, Run, Verdict } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { withTrigger } from '#checker/trigger.ts';
import { findDesign } from '#models/designs/design.ts';
import { InputError, unknownName } from '#models/input.ts';
import { buildModel, type Model } from '#models/model.ts';
import { findScope, readScope, type Scope } from '#models/scopes/scope.ts';
import { actionsNamed } from '#properties/action-names.ts';
import { findPromise } from '#properties/promises.ts';
import { type ReadableTrace, traceOf } from '#properties/replay.ts';
import { judgeWorkaround, type WorkaroundJudgement } from '#properties/workaround.ts';
import { workarounds } from '#properties/workarounds.ts';
import type { Incident } from './incident.ts';

/** What became of an incident: each affected design, then each fixed one. */
export interface Reproduction {
  readonly key: string;
  readonly affected: readonly Trial[];
  readonly fixed: readonly Trial[];
  /** What its workarounds do, if they were asked for. */
  readonly workarounds?: readonly WorkaroundJudgement[];
}

/** A design held against an incident's promise, as far as runs contain its trigger. */
export interface Trial {
  readonly design: string;
  /** `violated`: some such run breaks the promise; `unknown`: a limit was reached. */
  readonly verdict: Verdict;
  /** The shortest such run that was found. */
  readonly trace: ReadableTrace | null;
  /** Whether any run of this design contains the trigger, broken promise or not. */
  readonly happens: boolean;
  readonly states: number;
  readonly elapsedMs: number;
}

/** Limits, a clock, and who wants to know. */
export interface TrialOptions {
  /** Its workarounds are judged too. */
  readonly judgesWorkarounds?: boolean;
  readonly maxStates?: number;
  /** In bytes. */
  readonly maxMemory?: number;
  readonly onProgress?: (progress: {
    readonly design: string;
    readonly states: number;
    readonly elapsedMs: number;
  }) => void;
  /** The clock, in milliseconds. */
  now(): number;
}

/** The incident's scope, complete. */
export function scopeOf({ key, scope }: Incident): Scope {
  return typeof scope === 'string' ? findScope(scope) : readScope(scope, `incident ${key}: scope`);
}

/** Tries an incident on every design that it names. */
export function reproduce(incident: Incident, options: TrialOptions): Reproduction {
  return {
    key: incident.key,
    affected: incident.affected.map((design) => tryOn(incident, design, options)),
    fixed: incident.fixed.map((design) => tryOn(incident, design, options)),
    ...(options.judgesWorkarounds && { workarounds: judgedFor(incident) }),
  };
}

function judgedFor({ key, affected, judges = [] }: Incident): WorkaroundJudgement[] {
  const [design] = affected;
  if (design === undefined) return [];
  return judges.map((name) => {
    const found = workarounds.find((one) => one.name === name);
    if (!found) {
      throw unknownName(
        'workaround',
        name,
        workarounds.map((one) => one.name),
        `incident ${key}`,
      );
    }
    return judgeWorkaround(findDesign(design), found);
  });
}

/** Whether all is as expected: every affected design breaks the promise, no fixed one does. */
export function isAsExpected({ affected, fixed }: Reproduction): boolean {
  return (
    affected.length > 0 &&
    affected.every(({ verdict }) => verdict === 'violated') &&
    fixed.every(({ verdict }) => verdict === 'holds')
  );
}

/**
 * Looks for a run of the design that breaks the incident's promise and contains its trigger in order. What that means for
 * each form of promise is told at `JudgeOptions.after`. An action that the design's world does not have fills no place.
 */
export function tryOn(incident: Incident, design: string, options: TrialOptions): Trial {
  const started = options.now();
  const { onProgress, maxStates, maxMemory, now } = options;
  const model = buildModel(findDesign(design), scopeOf(incident), incident.faults);
  const trigger = incident.trigger.map((name) => new Set(actionsNamed(model, name)));
  const { system, seen } = withTrigger(model.composition.system, trigger);
  const exploration = explore(system, {
    edges: true,
    now,
    ...(maxStates !== undefined && { maxStates }),
    ...(maxMemory !== undefined && { maxMemory }),
    ...(onProgress && { onProgress: ({ states, elapsed }) => onProgress({ design, states, elapsedMs: elapsed }) }),
  });
  const [happens] = judge(exploration, [{ kind: 'sometimes', name: 'the trigger', holds: seen }]);
  const answers = judge(exploration, obligationsOf(incident, model), { after: seen });
  const worst = answers
    .map((answer) => ({ answer, verdict: verdictOf(answer, incident), run: runOf(answer, incident) }))
    .sort((a, b) => rank[b.verdict] - rank[a.verdict] || lengthOf(a.run) - lengthOf(b.run))[0];
  return {
    design,
    verdict: worst?.verdict ?? 'unknown',
    trace: worst?.verdict === 'violated' && worst.run ? traceOf(model, worst.run) : null,
    happens: happens?.verdict === 'holds',
    states: exploration.states,
    elapsedMs: Math.round(now() - started),
  };
}

const rank = { violated: 2, unknown: 1, holds: 0 } as const;

const lengthOf = (run: Run | null): number => run?.actions.length ?? 0;

function obligationsOf({ key, promise, about }: Incident, model: Model) {
  const all = findPromise(promise)
    .obligations(model)
    .map((one) => one.formula);
  const chosen = all.filter(({ name }) => about === undefined || name.includes(about));
  if (chosen.length === 0) {
    throw new InputError(`no obligation of ${promise} is about "${about ?? 'anything'}"`, {
      where: `incident ${key}`,
      expected: `a part of: ${all.map(({ name }) => name).join('; ')}`,
    });
  }
  return chosen;
}

function verdictOf({ verdict, bound }: Answer, { half, atMost }: Incident): Verdict {
  if (!bound || (half === undefined && atMost === undefined)) return verdict;
  const count = bound[half ?? 'total'];
  if (count === 'unknown') return 'unknown';
  return count === 'unbounded' || (atMost !== undefined && count > atMost) ? 'violated' : 'holds';
}

function runOf({ run, bound }: Answer, { half, atMost }: Incident): Run | null {
  if (!bound) return run;
  const meant = half ?? (atMost === undefined && bound.perTick === 'unbounded' ? 'perTick' : 'total');
  return meant === 'perTick' ? bound.perTickRun : bound.totalRun;
}
