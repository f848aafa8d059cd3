import type { Run } from '#checker/formula.ts';
import { type Action, disabled, type Fairness, type Predicate, type System } from '#checker/system.ts';

/** A drawn graph as a system of one field, and what is drawn in it by name. */
export interface Toy {
  readonly system: System;
  /** An action's id. */
  act(name: string): number;
  /** Holds in these states. */
  at(...states: string[]): Predicate;
  /** A run as it is drawn: states, with `|` where its cycle begins. */
  draw(run: Run | null): string;
}

/**
 * `a>b go!>c wait!!>a, b>b`: steps between states, the first of which is initial. A label names the action of the step after it,
 * with `!` if it is weakly fair and `!!` if strongly; the same label is the same action. A step without a label is an action
 * of its own, which nobody owes.
 */
export function graph(drawing: string): Toy {
  const states: string[] = [];
  const stateNamed = (name: string) => (states.includes(name) ? states.indexOf(name) : states.push(name) - 1);
  const actions = new Map<string, { fairness: Fairness; steps: Map<number, number> }>();
  for (const chain of drawing.split(',')) {
    const stops = chain.split('>').map((stop) => stop.trim().split(/\s+/));
    for (let at = 0; at < stops.length; at++) {
      const [name = '', label = ''] = stops[at] ?? [];
      const from = stateNamed(name);
      const next = stops[at + 1]?.[0];
      if (next === undefined) continue;
      const action = label.replaceAll('!', '') || `${name}>${next}`;
      const fairness = label.endsWith('!!') ? 'strong' : label.endsWith('!') ? 'weak' : 'none';
      const drawn = actions.get(action) ?? { fairness, steps: new Map() };
      actions.set(action, drawn);
      drawn.steps.set(from, stateNamed(next));
    }
  }
  const names = [...actions.keys()];
  const system: System = {
    fields: [{ name: 'at', initial: 0, size: () => states.length }],
    actions: [...actions].map(
      ([name, { fairness, steps }]): Action => ({
        name,
        fairness,
        participants: [0],
        step: ([from]) => {
          const to = steps.get(from as number);
          return to === undefined ? disabled : [to];
        },
      }),
    ),
  };
  return {
    system,
    act(name) {
      if (!names.includes(name)) throw new Error(`${drawing} has no action ${name}.`);
      return names.indexOf(name);
    },
    at(...wanted) {
      const ids = new Set(wanted.map((name) => states.indexOf(name)));
      return { participants: [0], holds: ([state]) => ids.has(state as number) };
    },
    draw(run) {
      if (!run) return 'none';
      let state = 0;
      const drawn = run.actions.map((action, step) => {
        const before = `${step === run.loopsTo ? '| ' : ''}${states[state]}`;
        state = system.actions[action]?.step([state])?.[0] ?? -1;
        return before;
      });
      return [...drawn, states[state]].join(' ');
    },
  };
}

/** Systems side by side: each keeps its own fields and actions. */
export function together(...systems: readonly System[]): System {
  let first = 0;
  const actions = systems.flatMap((system) => {
    const shift = first;
    first += system.fields.length;
    return system.actions.map((action) => ({
      ...action,
      participants: action.participants.map((field) => field + shift),
      ...(action.broadcast && {
        broadcast: action.broadcast.map(({ field, next }) => ({ field: field + shift, next })),
      }),
    }));
  });
  return { fields: systems.flatMap(({ fields }) => fields), actions };
}

/** Counters that go round, each by itself, and learn of a number only when they get there. */
export function grid(counters: number, size: number, asked: () => void = () => {}): System {
  const known = Array.from({ length: counters }, () => 1);
  return {
    fields: known.map((_, id) => ({ name: `counter ${id}`, initial: 0, size: () => known[id] as number })),
    actions: known.map((_, id) => ({
      name: `turn ${id}`,
      fairness: 'none' as const,
      participants: [id],
      step([at]) {
        if (at === undefined) return disabled;
        asked();
        const next = (at + 1) % size;
        known[id] = Math.max(known[id] as number, next + 1);
        return [next];
      },
    })),
  };
}
