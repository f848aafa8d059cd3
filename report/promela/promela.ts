import type { Tables } from '#checker/tables.ts';
import { checkText } from './checks.ts';
import type { Question } from './question.ts';
import { DISABLED, inComment, stepText } from './steps.ts';

/** A system to be written in Promela. */
export interface PromelaInput {
  /** Lines at the top: what this is. */
  readonly title: readonly string[];
  readonly tables: Tables;
  readonly questions: readonly Question[];
  /** A field's local state in words. */
  readonly says: (field: number, local: number) => string;
}

/**
 * The system in Promela, for Spin 6.5. Each field is a variable, each action one `d_step` whose guard and effect are
 * looked up in finite tables over its participants' local states. There is no state of the whole system in it: which of
 * them are reached, Spin finds out. A combination of local states that is in no table is an assertion that fails.
 *
 * - As it is: one process; `assert` on every question about states and steps. Each fails once at most.
 * - With `-DFAIR`: the same process, which may also do nothing, and the questions about runs as `ltl`. `due` is a counter of
 *   Choueka's kind: it waits for one owed action after the other to be taken or to be impossible. A run is weakly fair to
 *   all of them exactly if `due` reaches their number again and again, which is the premise of each `ltl`.
 */
export function renderPromela({ title, tables, questions, says }: PromelaInput): string {
  const names = tables.fields.map(({ name }, at) => `s${at}_${identifier(name)}`);
  const owed = tables.actions.flatMap(({ action }, at) => (action.fairness === 'none' ? [] : [at]));
  const steps = tables.actions.map((action, at) => stepText(tables, action, at, names, owed.indexOf(at)));
  const checks = checkText(tables, questions, names);
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
    '\n#ifdef FAIR\n#define BEFORE(owed) owe(owed);\n#define AFTER\n#define CHECKS\n',
    ...fairText(owed),
    `active proctype system() {\n  do\n${options([...all, 'd_step { c_expr { 1 } -> c_code { owe(-1); } }'])}  od\n}\n`,
    ...checks.formulas.map((line) => `${line}\n`),
    `#else\n#define BEFORE(owed)${checks.around.before}\n#define AFTER${checks.around.after}\n#define CHECKS ${checks.around.checks}\n`,
    `active proctype system() {\n  do\n${options([...all, ...checks.observers, 'false'])}  od\n}\n`,
    '#endif\n',
  ].join('');
}

/** The counter of what is owed, and the step that it takes along with every other: `taken` is a place among the owed actions. */
function fairText(owed: readonly number[]): string[] {
  const off = owed.map((at, place) => `static int off_${place}(void) { return look_${at} == ${DISABLED}; }`);
  return [
    `${typeFor(owed.length + 1)} due = 0;\n`,
    ...off.map((line) => `c_code { ${line} }\n`),
    `c_code { static int (*const off[])(void) = <%${owed.map((_, place) => `off_${place}`).join() || '0'}%>; }\n`,
    `c_code { static void owe(int taken) { int at = now.due == ${owed.length} ? 0 : now.due; while (at < ${owed.length} && (at == taken || off[at]())) at++; now.due = at; } }\n`,
    `#define isFair (c_expr { now.due == ${owed.length} })\n`,
  ];
}

function typeFor(size: number): string {
  return size <= 2 ** 8 ? 'byte' : size <= 2 ** 15 ? 'short' : 'int';
}

function identifier(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
}
