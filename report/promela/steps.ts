import { type Disabled, disabled } from '#checker/system.ts';
import type { ActionTable, HearerTable, Tables } from '#checker/tables.ts';
import { cArray } from './c-array.ts';
import { lookup } from './lookup.ts';

/** One action in Promela: its tables in C, and the macro that is its step. */
export interface StepText {
  readonly declared: readonly string[];
  readonly defined: readonly string[];
}

/** What a row is looked up as: never seen (a mistake of somebody's, and asserted), not possible, or 2 more than its effect. */
export const DISABLED = 1;
const EFFECT = 2;

/** The step of action number `at`: `names` are the fields' names in Promela, `owed` its place among the actions that are owed, else -1. */
export function stepText(
  { fields }: Tables,
  { action, rows, hearers }: ActionTable,
  at: number,
  names: readonly string[],
  owed: number,
): StepText {
  const effects = effectsOf(rows.map(({ next }) => next));
  const table = lookup(
    `row_${at}`,
    action.participants.map((field) => sizeOf(fields, field)),
    rows.map(({ locals, next }) => ({
      locals,
      value: next === disabled ? DISABLED : EFFECT + (effects.ids.get(next.join()) ?? 0),
    })),
  );
  const variable = (field: number) => `now.${names[field]}`;
  const written = action.participants.flatMap((field, slot) =>
    rows.some(({ locals, next }) => next !== disabled && next[slot] !== locals[slot])
      ? [{ field, array: `to_${at}_${slot}`, next: effects.all.map((effect) => effect[slot] ?? 0) }]
      : [],
  );
  const heard = hearers.map((hearer, slot) => ({
    ...hearer,
    array: `hears_${at}_${slot}`,
    unseen: sizeOf(fields, hearer.field),
  }));
  const seen = [
    'found != 0',
    ...heard.map(({ field, array, unseen }) => `${array}[${variable(field)}] != ${unseen}`),
  ].join(' && ');
  const writes = [
    ...written.map(({ field, array }) => `${variable(field)} = ${array}[found - ${EFFECT}];`),
    ...heard.map(({ field, array }) => `${variable(field)} = ${array}[${variable(field)}];`),
  ].join(' ');
  return {
    declared: [
      ...table.declared,
      ...written.flatMap(({ array, next }) => cArray(array, next)),
      ...heard.flatMap(({ array, next, unseen }) => cArray(array, heardBy({ next }, unseen))),
    ],
    defined: [
      `/* ${inComment(action.name)} */`,
      `#define look_${at} ${table.read(String(table.root), action.participants.map(variable))}`,
      `#define step_${at} d_step { c_expr { look_${at} != ${DISABLED} } -> c_code { BEFORE(${owed}) found = look_${at}; seen[${at}] = ${seen}; if (seen[${at}]) { ${writes} } AFTER }; assert(c_expr { seen[${at}] }) CHECKS }`,
    ],
  };
}

/** Text that cannot end the comment it stands in. */
export function inComment(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll(/[\r\n]+/g, ' ');
}

/** The different outcomes, numbered. */
function effectsOf(outcomes: readonly (readonly number[] | Disabled)[]) {
  const ids = new Map<string, number>();
  const all: (readonly number[])[] = [];
  for (const next of outcomes) {
    if (next !== disabled && !ids.has(next.join())) ids.set(next.join(), all.push(next) - 1);
  }
  return { ids, all };
}

function heardBy({ next }: Pick<HearerTable, 'next'>, unseen: number): number[] {
  return Array.from({ length: unseen }, (_, local) => next[local] ?? unseen);
}

function sizeOf(fields: Tables['fields'], field: number): number {
  const found = fields[field];
  if (!found) throw new RangeError(`there is no field ${field}`);
  return found.size;
}
