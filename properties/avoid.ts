import type { Explained } from '#checker/avoid.ts';
import type { Design } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { actionsNamed, findActions } from './action-names.ts';
import { replayToken } from './replay.ts';

/**
 * What explains enough already, as plain data:
 * - an action, by its rule or its rule and whom it is about: runs that take it;
 * - a token: runs that take every action that the token's run takes, in whatever order.
 */
export type Avoided =
  | { readonly kind: 'action'; readonly name: string }
  | { readonly kind: 'token'; readonly token: string; readonly actions: readonly string[] };

/** A world that is judged. */
interface Asked {
  readonly design: Design;
  readonly scope: Scope;
}

/**
 * Reads what a user wants avoided in these worlds. Throws an `InputError` for a token that does not replay, and for an action
 * that none of the worlds has, with the nearest name.
 */
export function readAvoided(
  given: string,
  worlds: readonly Asked[],
  find: { design(name: string): Design; scope(name: string): Scope },
): Avoided {
  if (/^cc\d+\//.test(given.trim())) {
    const { trace } = replayToken(given, find);
    return { kind: 'token', token: given.trim(), actions: [...new Set(trace.steps.map((step) => step.action))] };
  }
  const models = worlds.map(({ design, scope }) => buildModel(design, scope, scope.topFaults));
  const [first] = models;
  if (!first) throw new InputError('there is no world to avoid anything in');
  if (!models.some((model) => actionsNamed(model, given).length > 0)) findActions(first, given);
  return { kind: 'action', name: given };
}

/** What is avoided in a world, in its own numbers. A token with an action that this world lacks explains no run of it. */
export function explainedIn(model: Model, avoided: readonly Avoided[]): Explained {
  const named = (name: string) => actionsNamed(model, name);
  return {
    byOne: new Set(avoided.flatMap((one) => (one.kind === 'action' ? named(one.name) : []))),
    byAll: avoided.flatMap((one) => {
      if (one.kind === 'action') return [];
      const actions = one.actions.map(named);
      return actions.every((ids) => ids.length > 0) ? [new Set(actions.flat())] : [];
    }),
  };
}

/** What was avoided, a sentence each. */
export function avoidedInWords(avoided: readonly Avoided[]): string[] {
  return avoided.map((one) =>
    one.kind === 'action'
      ? `avoided as explained: runs that take "${one.name}"`
      : `avoided as explained: runs that take every action of ${one.token}, in whatever order`,
  );
}
