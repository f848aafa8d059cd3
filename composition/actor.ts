import type { ActorLogic, Snapshot } from 'xstate';
import { disabled } from '#checker/system.ts';
import type { Composition } from './compose.ts';
import { advance } from './trace.ts';

/** The composed system's snapshot: one local state for each instance. */
export type SystemSnapshot = Snapshot<undefined> & { readonly locals: readonly number[] };

/** Taking one action, by its number. */
export interface Taken {
  readonly type: string;
  readonly action: number;
}

/**
 * The composed system as one XState actor logic, for the tools that walk those: `@xstate/graph` above all, the naive
 * twin of the checker's explorer. An action that is disabled leaves the snapshot as it is, as XState has it.
 */
export function actorOf(composition: Composition): ActorLogic<SystemSnapshot, Taken, undefined> {
  const initial: SystemSnapshot = {
    status: 'active',
    output: undefined,
    error: undefined,
    locals: composition.system.fields.map((field) => field.initial),
  };
  return {
    transition(snapshot, { action }) {
      const next = advance(composition, action, snapshot.locals);
      return next === disabled ? snapshot : { ...snapshot, locals: next };
    },
    getInitialSnapshot: () => initial,
    getPersistedSnapshot: (snapshot) => snapshot,
  };
}

/** The actions that can be taken in a snapshot, as events. */
export function eventsOf(composition: Composition, { locals }: SystemSnapshot): Taken[] {
  return composition.actions.flatMap(({ name }, action) =>
    composition.sendings(action, locals) === disabled ? [] : [{ type: name, action }],
  );
}
