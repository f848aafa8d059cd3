import { coverageLines } from './coverage-text.ts';
import { differenceTables } from './difference-tables.ts';
import type { Difference, ReportDocument, Result, Trace } from './document.ts';
import { type Assumptions, findings } from './findings.ts';
import type { Telling } from './telling.ts';
import { cycleEnds, cycleStarts } from './trace-table.ts';
import { distinct, verdictTable } from './verdict-table.ts';
import { cellNotes, changesInWords } from './words.ts';

/** The report as GitHub-flavoured Markdown, for a README or a comment on a pull request. */
export function renderMarkdown(
  { coverage, difference, results }: ReportDocument,
  telling: Omit<Telling, 'colours'>,
): string {
  const { violated, unknown, shortest, assumptions } = findings(results);
  const told = (result: Result) => item(result, telling, telling.traces && shortest.has(result));
  const sections = [
    verdicts(results),
    ...(violated.length > 0 ? [violated.map(told).join('\n')] : []),
    ...(unknown.length > 0 ? [unknown.map(told).join('\n')] : []),
    ...(difference ? differences(difference) : []),
    ...assumed(assumptions),
    ...(coverage ? [fenced(coverageLines(coverage, distinct(results.map(({ design }) => design))))] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function verdicts(results: readonly Result[]): string {
  const { designs, rows } = verdictTable(results);
  return table(
    ['promise', ...designs].map(plain),
    rows.map(({ promise, cells }) => [
      `\`${promise}\``,
      ...cells.map((cell) => {
        if (cell === null) return '-';
        const verdict = cell.verdict === 'holds' ? 'holds' : `**${cell.verdict}**`;
        return [verdict, ...cellNotes(cell).map(plain)].join('<br>');
      }),
    ]),
  );
}

function item(result: Result, { replay }: Omit<Telling, 'colours'>, withSteps: boolean): string {
  const line = `- ${plain(result.sentence)}`;
  if (result.trace === null) return line;
  const steps = withSteps ? `\n\n${indented(folded(result.trace))}\n` : '';
  return `${line} Replay: ${code(replay(result))}${steps}`;
}

function folded(trace: Trace): string {
  return `<details><summary>${trace.length === 1 ? '1 step' : `${trace.length} steps`}</summary>\n\n${steps(trace)}\n\n</details>`;
}

function steps(trace: Trace): string {
  const mark = (text: string) => ['', '', `*${text}*`, '', ''];
  return table(
    ['step', 'who', 'action', 'what changed', 'in Nomad'],
    [
      ...trace.steps.flatMap((step, at) => [
        ...(trace.loopsTo === at ? [mark(cycleStarts)] : []),
        [
          String(at + 1),
          plain(step.who),
          plain(step.action),
          changesInWords(step).map(plain).join('<br>'),
          plain(step.source),
        ],
      ]),
      ...(trace.loopsTo === null ? [] : [mark(cycleEnds(trace.loopsTo))]),
    ],
  );
}

function assumed({ everywhere, only }: Assumptions): string[] {
  const lines = [
    ...everywhere.map((one) => `- ${plain(one)}`),
    ...only.flatMap(({ where, says }) => [`- in ${plain(where)}:`, ...says.map((one) => `  - ${plain(one)}`)]),
  ];
  return lines.length === 0 ? [] : [`These verdicts assume:\n\n${lines.join('\n')}`];
}

/** A table each for what changed from the first design to the second. */
function differences(difference: Difference): string[] {
  return differenceTables(difference).map(
    ({ title, rows: [head = [], ...rows] }) =>
      `**${plain(title)}**\n\n${table(
        head.map(plain),
        rows.map((row) => row.map(plain)),
      )}`,
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Lines as they are. */
function fenced(lines: readonly string[]): string {
  return ['```text', ...lines, '```'].join('\n');
}

/** Text that Markdown and a table cell leave as it is. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#~]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ');
}

/** An inline code span, fenced with more backticks than it has inside. */
function code(text: string): string {
  const inside = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(inside + 1);
  return inside > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
