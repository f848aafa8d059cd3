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
  readonly actions: number;
  /** At `a * actions + b`: 0 if `b` need not be looked up in a state that was found by `a`, else -1. */
  readonly asked: Int8Array;
  /** An action was seen to change a field. Said before the step is taken. */
  learn(action: number, field: number): void;
}

/** What may be left out while no action was seen to change anything; only hearers are thought to change. */
export function leavingFor({ actions }: System): Leaving {
  const heard = actions.map(({ broadcast = [] }) => broadcast.map(({ field }) => field));
  const written = heard.map((fields) => new Set(fields));
  const touched = actions.map(({ participants }, id) => new Set([...participants, ...(heard[id] ?? [])]));
  const asked = new Int8Array(actions.length ** 2).fill(-1);
  for (let action = 0; action < actions.length; action++) settle(action, action);
  return {
    actions: actions.length,
    asked,
    learn(action, field) {
      if (written[action]?.has(field)) return;
      written[action]?.add(field);
      settle(action, actions.length);
    },
  };

  // Whether it commutes with those of smaller numbers than `end`.
  function settle(action: number, end: number): void {
    for (let other = 0; other < end; other++) {
      const [a, b] = [Math.max(action, other), Math.min(action, other)];
      if (a !== b) asked[a * actions.length + b] = interferes(a, b) || interferes(b, a) ? -1 : 0;
    }
  }

  function interferes(writer: number, reader: number): boolean {
    for (const field of written[writer] ?? []) if (touched[reader]?.has(field)) return true;
    return false;
  }
}
