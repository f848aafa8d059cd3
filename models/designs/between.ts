import type { BehaviourChange, Behaviours } from './behaviour.ts';
import { behaviourChanges } from './changes.ts';

/** What lies between two designs: named changes that one has and the other not, and every behaviour that differs. */
export interface Between {
  readonly gained: readonly BehaviourChange[];
  readonly lost: readonly BehaviourChange[];
  /** The names of the behaviours whose values differ. */
  readonly differ: readonly (keyof Behaviours)[];
}

/** Compares two designs by their behaviours. A change is lost where its behaviours are again what it found. */
export function between(from: Behaviours, to: Behaviours): Between {
  return {
    gained: behaviourChanges.filter(({ sets }) => agrees(to, sets) && !agrees(from, sets)),
    lost: behaviourChanges.filter(({ sets, found }) => agrees(from, sets) && agrees(to, found)),
    differ: (Object.keys(from) as (keyof Behaviours)[]).filter((name) => !isSame(from[name], to[name])),
  };
}

function agrees(behaviours: Behaviours, part: Partial<Behaviours>): boolean {
  return (Object.keys(part) as (keyof Behaviours)[]).every((name) => isSame(behaviours[name], part[name]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
