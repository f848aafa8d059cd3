import type { Run } from '#checker/formula.ts';
import { follow, type TraceStep } from '#composition/trace.ts';
import type { Design } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { renderLog } from '#models/log.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { fingerprintOf, readToken, writeToken } from './token.ts';

/** A run as people read it, and the token that replays it. */
export interface ReadableTrace {
  readonly token: string;
  readonly length: number;
  readonly loopsTo: number | null;
  readonly steps: readonly TraceStep[];
}

/** Writes out a run that the checker found. */
export function traceOf(model: Model, run: Run): ReadableTrace {
  const { cluster, composition } = model;
  const followed = follow(composition, run);
  if ('derailed' in followed) {
    throw new Error(
      `step ${followed.derailed.step} of a run that was found, "${followed.derailed.action}", cannot be taken`,
    );
  }
  const token = writeToken({
    fingerprint: fingerprintOf(model),
    design: cluster.design.name,
    scope: cluster.scope.name,
    faults: cluster.faults.input?.left ?? 0,
    run,
  });
  return { token, length: run.actions.length, loopsTo: run.loopsTo, steps: followed.steps };
}

/** The lines that Nomad would log in a run. Every step takes a millisecond, a tick a second. */
export function logOf({ composition }: Model, run: Run): string[] {
  const followed = follow(composition, run);
  if ('derailed' in followed) return [];
  let ms = 0;
  return run.actions.flatMap((index, step) => {
    const taken = composition.actions[index];
    const before = followed.locals[step];
    if (!taken || !before) return [];
    ms += taken.note.isTick ? 1000 : 1;
    const views = composition.views({ all: taken.participants }, before).all;
    return taken.note.logged(views).map((line) => renderLog(line, ms));
  });
}

/** Replays a token in a fresh process. Throws an `InputError` if it is garbled or of another model. */
export function replayToken(
  token: string,
  find: { design(name: string): Design; scope(name: string): Scope },
): { design: string; scope: string; faults: number; trace: ReadableTrace; log: string[] } {
  const { fingerprint, design, scope, faults, run } = readToken(token);
  const model = buildModel(find.design(design), find.scope(scope), faults);
  const now = fingerprintOf(model);
  if (now !== fingerprint) {
    throw new InputError(`the token is of another model (${fingerprint}; this one is ${now})`, {
      expected: 'a token made by this version, for this design and scope; ask for the verdict again',
    });
  }
  const followed = follow(model.composition, run);
  if ('derailed' in followed) {
    const { step, action, enabledInstead } = followed.derailed;
    throw new InputError(`step ${step} of the token, "${action}", cannot be taken`, {
      expected: `one of: ${enabledInstead.slice(0, 5).join('; ')}${enabledInstead.length > 5 ? '; ...' : ''}`,
    });
  }
  return { design, scope, faults, trace: traceOf(model, run), log: logOf(model, run) };
}
