import type { Edges } from './edges.ts';
import type { States } from './states.ts';
import type { Action, Disabled, Predicate, StepPredicate, System } from './system.ts';
import { localsOf, viewOf } from './truth.ts';

/** What an action answered for one combination of its participants' local states. */
export interface Row {
  readonly locals: readonly number[];
  readonly next: readonly number[] | Disabled;
}

/** What a hearer answered, by its local state; undefined where that does not occur. */
export interface HearerTable {
  readonly field: number;
  readonly next: readonly (number | undefined)[];
}

/** An action as a finite table: every combination that occurs. */
export interface ActionTable {
  readonly action: Action;
  readonly rows: readonly Row[];
  readonly hearers: readonly HearerTable[];
}

/** A system as finite tables, in the order of its actions. A field's `size` counts the local states up to the last that occurs. */
export interface Tables {
  readonly fields: readonly { readonly name: string; readonly initial: number; readonly size: number }[];
  readonly actions: readonly ActionTable[];
}

/**
 * The tables of a system over the states that were found: each action is asked itself about every combination of its
 * participants' local states that occurs, past all that the search remembers or leaves out.
 */
export function tablesOf(system: System, found: Readonly<States>): Tables {
  const met = system.fields.map(({ initial }) => initial);
  const meet = (field: number, local: number) => {
    met[field] = Math.max(met[field] ?? 0, local);
  };
  const locals = system.fields.map((_, field) => {
    const view = viewOf(found, [field]);
    const seen = new Set<number>();
    for (let state = 0; state < found.count; state++) seen.add(view(state));
    for (const local of seen) meet(field, local);
    return [...seen];
  });
  const combinations = new Map<string, readonly (readonly number[])[]>();
  const actions = system.actions.map((action): ActionTable => {
    const { participants, broadcast = [] } = action;
    const here = combinations.get(participants.join()) ?? combinationsOf(found, participants);
    combinations.set(participants.join(), here);
    const rows = here.map((combination): Row => ({ locals: combination, next: action.step(combination) }));
    for (const { next } of rows) {
      for (const [at, local] of (next ?? []).entries()) meet(participants[at] as number, local);
    }
    const hearers = broadcast.map(({ field, next }): HearerTable => {
      const heard: (number | undefined)[] = [];
      for (const local of locals[field] ?? []) heard[local] = next(local);
      for (const local of heard) if (local !== undefined) meet(field, local);
      return { field, next: heard };
    });
    return { action, rows, hearers };
  });
  const fields = system.fields.map(({ name, initial }, field) => ({ name, initial, size: 1 + (met[field] ?? 0) }));
  return { fields, actions };
}

function combinationsOf(found: Readonly<States>, fields: readonly number[]): number[][] {
  const view = viewOf(found, fields);
  const seen = new Set<number>();
  const combinations: number[][] = [];
  for (let state = 0; state < found.count; state++) {
    const here = view(state);
    if (seen.has(here)) continue;
    seen.add(here);
    combinations.push(localsOf(found, fields, state));
  }
  return combinations;
}

/** A question as a finite table: for each combination of local states that was found, whether it holds. */
export type Truths = readonly { readonly locals: readonly number[]; readonly holds: boolean }[];

/** The table of a question about states, over all states that were found. */
export function truthsOf(found: Readonly<States>, { participants, holds }: Predicate): Truths {
  return combinationsOf(found, participants).map((locals) => ({ locals, holds: holds(locals) }));
}

/** The table of a question about steps, over all steps that were found: the local states before, then those after. */
export function stepTruthsOf(found: Readonly<States>, edges: Edges, { participants, holds }: StepPredicate): Truths {
  const truths: { locals: number[]; holds: boolean }[] = [];
  const view = viewOf(found, participants);
  const seen = new Map<number, Set<number>>();
  for (let state = 0; state < found.count; state++) {
    const before = view(state);
    const targets = seen.get(before) ?? new Set();
    seen.set(before, targets);
    for (let edge = edges.rows[state] as number; edge < (edges.rows[state + 1] as number); edge++) {
      const target = edges.targets[edge] as number;
      const after = view(target);
      if (targets.has(after)) continue;
      targets.add(after);
      const [was, is] = [localsOf(found, participants, state), localsOf(found, participants, target)];
      truths.push({ locals: [...was, ...is], holds: holds(was, is) });
    }
  }
  return truths;
}
