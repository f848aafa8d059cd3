import { columns } from './columns.ts';
import { coverageLines } from './coverage-text.ts';
import { differenceTables } from './difference-tables.ts';
import type { Difference, ReportDocument, Result } from './document.ts';
import { type Assumptions, findings } from './findings.ts';
import type { Colours, Telling } from './telling.ts';
import { traceTable } from './trace-table.ts';
import { distinct, verdictTable } from './verdict-table.ts';
import { boundInWords, cellNotes, faultsInWords, grouped } from './words.ts';

/** The report for a terminal: the verdicts side by side, exact bounds, and for each broken promise a sentence and its replay. */
export function renderTerminal({ results, difference, coverage }: ReportDocument, telling: Telling): string {
  const { violated, unknown, shortest, assumptions } = findings(results);
  const told = (result: Result) => paragraph(result, telling, telling.traces && shortest.has(result));
  const sections = [
    verdicts(results, telling.colours),
    bounds(results, telling.colours),
    explored(results, telling.colours),
    ...violated.map(told),
    ...unknown.map(told),
    ...(difference ? differences(difference, telling.colours) : []),
    assumed(assumptions),
    ...(coverage ? [coverageLines(coverage, distinct(results.map(({ design }) => design))).join('\n')] : []),
    summary(results),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function verdicts(results: readonly Result[], colours: Colours): string {
  const { designs, rows } = verdictTable(results);
  return columns([
    ['promise', ...designs].map(colours.bold),
    ...rows.map(({ promise, cells }) => [
      promise,
      ...cells.map((cell) =>
        cell === null
          ? '-'
          : [inColour(cell.verdict, colours), ...cellNotes(cell).map((note) => colours.dim(note))].join('\n'),
      ),
    ]),
  ]);
}

/** With one scope the table of verdicts has the bounds already, so only the single counts are worth a table. */
function bounds(results: readonly Result[], colours: Colours): string {
  const bounded = results.filter(({ bound }) => bound !== undefined);
  const designs = distinct(bounded.map(({ design }) => design));
  const scopes = distinct(bounded.map(({ scope }) => scope));
  const rows = distinct(bounded.map(({ promise }) => promise)).flatMap((promise) =>
    scopes.flatMap((scope) => {
      const here = designs.map((design) =>
        bounded.find((one) => one.design === design && one.promise === promise && one.scope === scope),
      );
      const counts = scopes.length > 1 ? [] : distinct(here.flatMap((one) => Object.keys(one?.bounds ?? {})));
      const row = (label: string, of: (one: Result) => Result['bound']) => [
        promise,
        label,
        ...here.map((one) => {
          const numbers = one && of(one);
          return numbers ? boundInWords(numbers) : '-';
        }),
      ];
      return scopes.length > 1
        ? [row(scope, (one) => one.bound)]
        : counts.map((count) => row(count, (one) => one.bounds?.[count]));
    }),
  );
  if (rows.length === 0) return '';
  return columns([['exact bounds', scopes.length > 1 ? 'scope' : 'count', ...designs].map(colours.bold), ...rows]);
}

function explored(results: readonly Result[], colours: Colours): string {
  const designs = distinct(results.map(({ design }) => design));
  const rows = distinct(results.map(({ scope }) => scope)).map((scope) => [
    scope,
    ...designs.map((design) => {
      const rungs = results.filter((one) => one.scope === scope && one.design === design);
      const top = rungs.reduce<Result | null>((far, one) => (far && far.states >= one.states ? far : one), null);
      return top ? `${grouped(top.states)} states, ${faultsInWords(top.faults)}` : '-';
    }),
  ]);
  return rows.length === 0 ? '' : columns([['explored', ...designs].map(colours.bold), ...rows]);
}

function paragraph(result: Result, { colours, replay }: Telling, withSteps: boolean): string {
  const lines = [inColour(result.verdict, colours, result.sentence)];
  if (result.trace === null) return lines.join('\n');
  const steps = withSteps ? [indented(traceTable(result.trace, colours))] : [];
  return [...lines, ...steps, `  ${colours.cyan(replay(result))}`].join('\n');
}

function assumed({ everywhere, only }: Assumptions): string {
  const lines = [
    ...everywhere.map((one) => `  ${one}`),
    ...only.flatMap(({ where, says }) => [`  in ${where}:`, ...says.map((one) => `    ${one}`)]),
  ];
  return lines.length === 0 ? '' : ['These verdicts assume:', ...lines].join('\n');
}

/** A table each for what changed from the first design to the second. */
function differences(difference: Difference, colours: Colours): string[] {
  return differenceTables(difference).map(({ title, rows }) =>
    [colours.bold(title), indented(columns(rows))].join('\n'),
  );
}

function summary(results: readonly Result[]): string {
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  return `${results.length} verdicts: ${count('holds')} hold, ${count('violated')} violated, ${count('unknown')} unknown`;
}

function inColour(verdict: Result['verdict'], colours: Colours, text: string = verdict): string {
  return { holds: colours.green, violated: colours.red, unknown: colours.yellow }[verdict](text);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
