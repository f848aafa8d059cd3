import type { Reply } from './replies.ts';
import type { System } from './system.ts';

/**
 * Which actions need not be tried in a state, because they commute with those that are (Valmari's stubborn sets, the ample sets
 * of partial order reduction; Clarke, Grumberg, Peled, "Model Checking", chapter 10). Two actions may depend on each other
 * where they share a participant or a hearer; what disables an action is what it looked at before it gave up.
 *
 * Sound for questions about the fields in `seen`: a state in which something is left out takes only actions that touch none
 * of them, and (which is up to the search) at least one of its steps leads to a state that was not there before.
 */
export interface Ample {
  /** The enabled actions to take, or all of them. `replies` has every action's reply in this state, by action. */
  choose(replies: readonly Reply[], enabled: readonly number[]): readonly number[];
}

/** Ample sets of a system for questions about some of its fields. */
export function ampleSets(system: System, seen: Iterable<number>): Ample {
  const touched = system.actions.map(({ participants, broadcast = [] }) => [
    ...participants,
    ...broadcast.map(({ field }) => field),
  ]);
  const byField: number[][] = system.fields.map(() => []);
  for (const [action, fields] of touched.entries()) for (const field of fields) byField[field]?.push(action);
  const dependent = touched.map((fields) => [...new Set(fields.flatMap((field) => byField[field] ?? []))]);
  const watched = new Set(seen);
  const isVisible = touched.map((fields) => fields.some((field) => watched.has(field)));
  return {
    choose(replies, enabled) {
      const isEnabled = new Uint8Array(system.actions.length);
      for (const action of enabled) isEnabled[action] = 1;
      for (const first of enabled) {
        if (isVisible[first]) continue;
        const set = closure(first);
        if (set) return enabled.filter((action) => set[action] === 1);
      }
      return enabled;

      /** Null as soon as it is no use: it has a visible action, or leaves none out. */
      function closure(from: number): Uint8Array | null {
        const set = new Uint8Array(system.actions.length);
        const open = [from];
        set[from] = 1;
        let taken = 1;
        for (let action = open.pop(); action !== undefined; action = open.pop()) {
          if (isEnabled[action] === 1) include(dependent[action] ?? []);
          else for (const field of replies[action]?.looked ?? []) include(byField[field] ?? []);
          if (taken < 0 || taken === enabled.length) return null;
        }
        return set;

        function include(more: readonly number[]): void {
          for (const one of more) {
            if (set[one] === 1) continue;
            set[one] = 1;
            open.push(one);
            if (isEnabled[one] !== 1) continue;
            taken = isVisible[one] || taken < 0 ? -1 : taken + 1;
          }
        }
      }
    },
  };
}
