import type { Tables } from '#checker/tables.ts';
import { type Lookup, lookup } from './lookup.ts';
import type { Asked, Question, RunQuestion } from './question.ts';
import { inComment } from './steps.ts';

/** What watches over the promises in Promela. `BEFORE`, `AFTER` and `CHECKS` are part of every step. */
export interface CheckText {
  readonly declared: readonly string[];
  readonly defined: readonly string[];
  /** What `BEFORE`, `AFTER` and `CHECKS` stand for where the promises about steps are watched. */
  readonly around: { readonly before: string; readonly after: string; readonly checks: string };
  /** Options of the one process: each can be taken once in the whole search, and changes nothing. */
  readonly observers: readonly string[];
  /** The promises about runs, as `ltl` over fair runs. */
  readonly formulas: readonly string[];
}

/** What a question's table says: never seen (a mistake of somebody's, and asserted), broken, or kept. */
const BROKEN = 1;
const KEPT = 2;

/** All questions, numbered as they come; `names` are the fields' names in Promela. */
export function checkText({ fields }: Tables, questions: readonly Question[], names: readonly string[]): CheckText {
  const declared: string[] = [];
  const defined: string[] = [];
  const around = { before: '', after: '', checks: '' };
  const observers: string[] = [];
  const formulas: string[] = [];
  const table = (name: string, sizes: readonly number[], { truths }: Asked): Lookup => {
    const entries = truths.map(({ locals, holds }) => ({ locals, value: holds ? KEPT : BROKEN }));
    const made = lookup(name, sizes, entries);
    declared.push(...made.declared);
    return made;
  };
  const sizesOf = ({ participants }: Asked) => participants.map((field) => fields[field]?.size ?? 0);
  const variables = ({ participants }: Asked) => participants.map((field) => `now.${names[field]}`);
  const aboutStates = (name: string, asked: Asked) => {
    const { root, read } = table(name, sizesOf(asked), asked);
    defined.push(`#define ${name} ${read(String(root), variables(asked))}`);
  };
  const judged = (at: number) => ` assert(c_expr { known[${at}] }); assert(c_expr { kept[${at}] })`;

  for (const [at, question] of questions.entries()) {
    defined.push(`/* ${inComment(question.name)} */`);
    if (question.kind === 'leadsTo') {
      for (const [part, asked] of [['from', question.from] as const, ['to', question.to] as const]) {
        aboutStates(`${part}_${at}`, asked);
        observers.push(
          `d_step { c_expr { ${part}_${at} == 0 && !told[${at}] } -> c_code { judge(${at}, ${part}_${at}); };${judged(at)} }`,
        );
      }
      formulas.push(`ltl formula_${at} { ([] <> isFair) -> (${formula(at, question)}) }`);
    } else if (question.kind === 'always') {
      aboutStates(`holds_${at}`, question.holds);
      observers.push(
        `d_step { c_expr { holds_${at} != ${KEPT} && !told[${at}] } -> c_code { judge(${at}, holds_${at}); };${judged(at)} }`,
      );
    } else {
      const sizes = sizesOf(question.holds);
      const { root, read } = table(`holds_${at}`, [...sizes, ...sizes], question.holds);
      around.before += ` before[${at}] = ${read(String(root), variables(question.holds))};`;
      around.after += ` judge(${at}, ${read(`before[${at}]`, variables(question.holds))});`;
      around.checks += `;${judged(at)}`;
    }
  }
  const count = Math.max(1, questions.length);
  return {
    declared: [
      `static unsigned int before[${count}];`,
      `static unsigned char known[${count}], kept[${count}], told[${count}];`,
      // The first time that a question is answered with no, and every time that it is answered with yes.
      `static inline void judge(int question, unsigned int answer) { known[question] = answer != 0 || told[question]; kept[question] = answer != ${BROKEN} || told[question]; if (answer != ${KEPT}) told[question] = 1; }`,
      ...declared,
    ],
    defined,
    around,
    observers,
    formulas,
  };
}

function formula(at: number, { stays, forGood }: RunQuestion): string {
  const from = `(c_expr { from_${at} == ${KEPT} })`;
  const to = `(c_expr { to_${at} == ${KEPT} })`;
  if (!stays) return `[] (!${from} || (<> ${to}))`;
  return forGood ? `(([] <> !${from}) || (<> [] ${to}))` : `[] <> (!${from} || ${to})`;
}
