import type { Edges } from './edges.ts';
import type { States } from './states.ts';
import { type Action, type Disabled, disabled, type Predicate, type StepPredicate, type System } from './system.ts';
import { localsOf, viewOf } from './truth.ts';
import { Tuples } from './tuples.ts';

/** What an action answered for one combination of its participants' local states. */
export interface Row {
  readonly locals: readonly number[];
  readonly next: readonly number[] | Disabled;
}

/** What a hearer answered, by its local state; undefined where it was never asked. */
export interface HearerTable {
  readonly field: number;
  readonly next: readonly (number | undefined)[];
}

/** An action as a finite table: every combination that it was asked about. */
export interface ActionTable {
  readonly action: Action;
  readonly rows: readonly Row[];
  readonly hearers: readonly HearerTable[];
}

/** A system as finite tables, in the order of its actions. A field's `size` counts the local states up to the last that was met. */
export interface Tables {
  readonly fields: readonly { readonly name: string; readonly initial: number; readonly size: number }[];
  readonly actions: readonly ActionTable[];
}

/** The same system, which remembers what its actions were asked and what they answered: no state, no step, only local tables. */
export function recorded(system: System): { readonly system: System; tables(): Tables } {
  const kept = system.actions.map((action) => {
    const tuples = new Tuples();
    const rows: Row[] = [];
    const hearers = (action.broadcast ?? []).map(({ field }) => ({ field, next: [] as (number | undefined)[] }));
    return { action, tuples, rows, hearers };
  });
  const met = system.fields.map(({ initial }) => initial);
  const meet = (fields: readonly number[], locals: readonly number[]) => {
    for (const [at, field] of fields.entries()) met[field] = Math.max(met[field] ?? 0, locals[at] ?? 0);
  };
  return {
    system: {
      fields: system.fields,
      actions: kept.map(({ action, tuples, rows, hearers }) => ({
        ...action,
        step: (locals) => {
          const next = action.step(locals);
          if (tuples.number(locals) === rows.length) {
            rows.push({ locals: [...locals], next: next === disabled ? disabled : [...next] });
            if (next !== disabled) meet(action.participants, next);
          }
          return next;
        },
        ...(action.broadcast && {
          broadcast: action.broadcast.map((hearer, at) => ({
            field: hearer.field,
            next: (local: number) => {
              const next = hearer.next(local);
              const table = hearers[at];
              if (table) table.next[local] = next;
              meet([hearer.field], [next]);
              return next;
            },
          })),
        }),
      })),
    },
    tables: () => ({
      fields: system.fields.map(({ name, initial }, field) => ({ name, initial, size: 1 + (met[field] ?? initial) })),
      actions: kept.map(({ action, rows, hearers }) => ({ action, rows, hearers })),
    }),
  };
}

/** A question as a finite table: for each combination of local states that was found, whether it holds. */
export type Truths = readonly { readonly locals: readonly number[]; readonly holds: boolean }[];

/** The table of a question about states, over all states that were found. */
export function truthsOf(found: Readonly<States>, predicate: Predicate): Truths {
  const truths: { locals: number[]; holds: boolean }[] = [];
  const view = viewOf(found, predicate.participants);
  const seen = new Set<number>();
  for (let state = 0; state < found.count; state++) {
    const here = view(state);
    if (seen.has(here)) continue;
    seen.add(here);
    const locals = localsOf(found, predicate.participants, state);
    truths.push({ locals, holds: predicate.holds(locals) });
  }
  return truths;
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
