import type { System } from './system.ts';

/**
 * What need not be looked up, because it was found before for certain (the observation behind sleep sets: Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", chapter 5). Nothing is reduced by it: it finds the same states
 * in the same order with the same parents, only without asking.
 *
 * A state `t` was found first from `s`, by action `a`. If an action `b` with a smaller number changes nothing that `a` reads and
 * `a` changes nothing that `b` reads, then `s` had `b` too, its successor by `b` was found before `t` and expanded before `t`, and
 * `a` led from there to where `b` leads from `t`. A step that changes nothing leads to what was found anyway.
 */
export interface Leaving {
  /** At `a * actions + b`: 0 if `b` need not be looked up in a state that was found by `a`, else -1. */
  readonly asked: Int8Array;
  /** An action was seen to change a field. Said before the step is taken. */
  learn(action: number, field: number): void;
}

/** The fields that each action was ever seen to change, and all that hear it. */
export type Written = readonly Set<number>[];

/** Nothing seen yet. */
export function nothingWritten({ actions }: System): Written {
  return actions.map(({ broadcast = [] }) => new Set(broadcast.map(({ field }) => field)));
}

/** What may be left out, as far as `written` tells; it grows by what is learnt. */
export function leavingFor({ actions }: System, written: Written): Leaving {
  const touched = actions.map(
    ({ participants, broadcast = [] }) => new Set([...participants, ...broadcast.map(({ field }) => field)]),
  );
  const asked = new Int8Array(actions.length ** 2).fill(-1);
  for (let action = 0; action < actions.length; action++) settle(action);
  return {
    asked,
    learn(action, field) {
      if (written[action]?.has(field)) return;
      written[action]?.add(field);
      settle(action);
    },
  };

  function settle(action: number): void {
    for (let other = 0; other < actions.length; other++) {
      const [a, b] = [Math.max(action, other), Math.min(action, other)];
      if (a !== b) asked[a * actions.length + b] = interferes(a, b) || interferes(b, a) ? -1 : 0;
    }
  }

  function interferes(writer: number, reader: number): boolean {
    for (const field of written[writer] ?? []) if (touched[reader]?.has(field)) return true;
    return false;
  }
}
