import type { AnyStateMachine, EventFromLogic } from 'xstate';
import type { Disabled, Fairness } from '#checker/system.ts';
import type { Instance, Sending, View } from './instance.ts';

export { disabled } from '#checker/system.ts';

/** Named participants: an instance, or a list of instances of one machine. */
export type Participants = Readonly<Record<string, Instance<AnyStateMachine> | readonly Instance<AnyStateMachine>[]>>;

/** The participants as the action sees them. */
export type Views<P extends Participants> = {
  readonly [K in keyof P]: P[K] extends Instance<infer M>
    ? View<M>
    : P[K] extends readonly Instance<infer M>[]
      ? readonly View<M>[]
      : never;
};

/** What an action does: its events, all at once, or that it cannot happen here. */
export type Outcome = readonly Sending[] | Disabled;

/** An event that instances hear with no say in whether it happens; those that have no use for it stay as they are. */
export interface Announcement {
  readonly to: readonly Instance[];
  readonly event: { readonly type: string };
}

/** Announces an event to every one of them, each reacting by itself. */
export function announce<M extends AnyStateMachine>(
  to: readonly Instance<M>[],
  event: EventFromLogic<M>,
): Announcement {
  return { to, event };
}

/**
 * One atomic, named step of the whole system. It reads its participants and nothing else; `note` is whatever the model
 * wants to keep beside it (what a recorder sees, what is logged) and no business of the composition.
 */
export interface ComposedAction<N = unknown> {
  /** Unique; reads as a sentence with its actor: `watcher v1 starts a pass`. */
  readonly name: string;
  readonly who: string;
  readonly does: string;
  /** Where Nomad does it: file and function. */
  readonly source: string;
  readonly fairness: Fairness;
  readonly participants: readonly Instance[];
  outcome(views: readonly View[]): Outcome;
  readonly announcements: readonly Announcement[];
  readonly note: N;
}

/** Declares an action over named participants; `step` gets their views under the same names. */
export function action<P extends Participants, N>(declared: {
  readonly name: string;
  readonly who: string;
  readonly does: string;
  readonly source: string;
  readonly fairness: Fairness;
  readonly participants: P;
  readonly step: (views: Views<P>) => Outcome;
  readonly announcements?: readonly Announcement[];
  readonly note: N;
}): ComposedAction<N> {
  const { participants, step, announcements, ...rest } = declared;
  return {
    ...rest,
    announcements: announcements ?? [],
    participants: flatten(participants),
    outcome: (views) => step(nameViews(participants, views)),
  };
}

/** The participants in the order of their names' declaration, lists spread. */
export function flatten(participants: Participants): Instance[] {
  return Object.values(participants).flat();
}

/** Gives flat views back their names. `views` come in the order of `flatten`. */
export function nameViews<P extends Participants>(participants: P, views: readonly View[]): Views<P> {
  const named: Record<string, View | readonly View[]> = {};
  let next = 0;
  for (const [name, part] of Object.entries(participants)) {
    if (Array.isArray(part)) {
      named[name] = views.slice(next, next + part.length);
      next += part.length;
    } else {
      const view = views[next++];
      if (!view) throw new RangeError(`no view for participant "${name}"`);
      named[name] = view;
    }
  }
  // The record is built key by key from P itself, which is what Views<P> says.
  return named as unknown as Views<P>;
}
