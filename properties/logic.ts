import type { Predicate } from '#checker/system.ts';

const over = (all: readonly Predicate[]): number[] =>
  [...new Set(all.flatMap((one) => one.participants))].sort((a, b) => a - b);

function joined(all: readonly Predicate[], join: (truths: readonly boolean[]) => boolean): Predicate {
  const participants = over(all);
  const places = all.map((one) => one.participants.map((field) => participants.indexOf(field)));
  return {
    participants,
    holds: (locals) => join(all.map((one, i) => one.holds((places[i] ?? []).map((place) => locals[place] ?? -1)))),
  };
}

/** Holds where all of them do. */
export const and = (...all: readonly Predicate[]): Predicate => joined(all, (truths) => truths.every(Boolean));
/** Holds where one of them does. */
export const or = (...all: readonly Predicate[]): Predicate => joined(all, (truths) => truths.some(Boolean));
/** Holds where it does not. */
export const not = (one: Predicate): Predicate => joined([one], ([truth]) => truth === false);
