import type { Tables } from '#checker/recorded.ts';
import { checkText } from './checks.ts';
import type { Question } from './question.ts';
import { inComment, stepText } from './steps.ts';

/** A system to be written in Promela. */
export interface PromelaInput {
  /** Lines at the top: what this is. */
  readonly title: readonly string[];
  readonly tables: Tables;
  readonly questions: readonly Question[];
  /** A field's local state in words. */
  readonly says: (field: number, local: number) => string;
}

/** The most processes that Spin can run; the automaton of the formula is one of them. */
export const PROCESSES_MAX = 255;

/** How many processes the text has under `FAIR`: one for each fair action, one for all others, one for the formula. */
export function processesOf({ actions }: Tables): number {
  return actions.filter(({ action }) => action.fairness !== 'none').length + 2;
}

/**
 * The system in Promela, for Spin 6.5. Each field is a variable, each action one `d_step` whose guard and effect are
 * looked up in finite tables over its participants' local states. There is no state of the whole system in it: which of
 * them are reached, Spin finds out. A combination of local states that is in no table is an assertion that fails.
 *
 * - As it is: one process; `assert` on every question about states and steps. Each fails once at most.
 * - With `-DFAIR`: a process for each action that is owed, one for the others, which may always do nothing; the
 *   questions about runs as `ltl`. `pan -a -f` then considers the runs that are weakly fair to every action that is owed.
 */
export function renderPromela({ title, tables, questions, says }: PromelaInput): string {
  const names = tables.fields.map(({ name }, at) => `s${at}_${identifier(name)}`);
  const steps = tables.actions.map((action, at) => stepText(tables, action, at, names));
  const checks = checkText(tables, questions, names);
  const isOwed = (at: number) => tables.actions[at]?.action.fairness !== 'none';
  const options = (list: readonly string[]) => list.map((option) => `  :: ${option}\n`).join('');
  const all = tables.actions.map((_, at) => `step_${at}`);
  return [
    ...title.map((line) => `/* ${inComment(line)} */\n`),
    ...questions.map(({ name }, at) => `/* question ${at}: ${inComment(name)} */\n`),
    '\n',
    ...[
      'static unsigned int found;',
      `static unsigned char seen[${Math.max(1, all.length)}];`,
      ...checks.declared,
      ...steps.flatMap(({ declared }) => declared),
    ].map((line) => `c_decl { ${line} }\n`),
    '\n',
    ...tables.fields.flatMap(({ name, initial, size }, at) => [
      `/* ${inComment(name)}: ${Array.from({ length: size }, (_, local) => `${local} ${inComment(says(at, local))}`).join('; ')} */\n`,
      `${typeFor(size)} ${names[at]} = ${initial};\n`,
    ]),
    '\n',
    ...checks.defined.map((line) => `${line}\n`),
    ...steps.flatMap(({ defined }) => defined.map((line) => `${line}\n`)),
    '\n#ifdef FAIR\n#define BEFORE\n#define AFTER\n#define CHECKS\n',
    ...all.flatMap((step, at) => (isOwed(at) ? [`active proctype owed_${at}() {\n  do\n  :: ${step}\n  od\n}\n`] : [])),
    `active proctype others() {\n  do\n${options([...all.filter((_, at) => !isOwed(at)), 'c_expr { 1 }'])}  od\n}\n`,
    ...checks.formulas.map((line) => `${line}\n`),
    `#else\n#define BEFORE${checks.around.before}\n#define AFTER${checks.around.after}\n#define CHECKS ${checks.around.checks}\n`,
    `active proctype system() {\n  do\n${options([...all, ...checks.observers, 'false'])}  od\n}\n`,
    '#endif\n',
  ].join('');
}

function typeFor(size: number): string {
  return size <= 2 ** 8 ? 'byte' : size <= 2 ** 15 ? 'short' : 'int';
}

function identifier(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
}
