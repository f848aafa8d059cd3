import { columns } from './columns.ts';
import type { CoveragePart, ReportDocument, Result, SampleOutcome } from './document.ts';
import type { Telling } from './telling.ts';
import { traceTable } from './trace-table.ts';
import { grouped } from './words.ts';

/** What was sampled, for a terminal: what broke, with its steps and its replay; what did not; what was exercised. */
export function renderSample({ results, sample = [] }: ReportDocument, telling: Telling): string {
  return `${sample
    .map((one) => {
      const here = results.filter(({ design, verdict }) => design === one.design && verdict === 'violated');
      return [
        ...here.map((result) => finding(result, one, telling)),
        promises(one, telling),
        statistics(one, telling),
      ].join('\n\n');
    })
    .join('\n\n')}\n`;
}

function finding(result: Result, { broken }: SampleOutcome, { colours, replay }: Telling): string {
  const found = broken.find(({ promise }) => promise === result.promise);
  const how = found
    ? `found in run ${grouped(found.run)} after ${grouped(found.stepsFound)} steps, shrunk to ${found.steps}`
    : '';
  return [
    colours.red(result.sentence),
    `  ${colours.dim(how)}`,
    ...(result.trace ? [indented(traceTable(result.trace, colours))] : []),
    `  ${colours.cyan(replay(result))}`,
  ].join('\n');
}

function promises({ design, broken, notBroken, cannotBreak }: SampleOutcome, { colours }: Telling): string {
  return columns([
    ['promise', design].map(colours.bold),
    ...broken.map(({ promise, run }) => [promise, `${colours.red('violated')} in run ${grouped(run)}`]),
    ...notBroken.map(({ promise, runs }) => [
      promise,
      runs === 0 ? colours.dim('no world was about it') : `not broken in ${grouped(runs)} runs`,
    ]),
    ...cannotBreak.map((promise) => [promise, colours.dim('not sampled: one run cannot break it')]),
  ]);
}

function statistics(one: SampleOutcome, { colours }: Telling): string {
  const { cycle, quiet, broken, tooLong } = one.endings;
  const rows = [
    ['sampled', `${grouped(one.runs)} runs in ${grouped(one.worlds)} worlds (size ${one.size}, seed ${one.seed})`],
    ['speed', `${grouped(one.runsPerSecond)} runs/s${shrinking(one)}`],
    [
      'depth',
      `${grouped(one.longest)} steps at most, ${grouped(Math.round(one.steps / Math.max(1, one.runs)))} on average`,
    ],
    [
      'ended',
      [
        `${grouped(cycle)} in a cycle`,
        ...(quiet > 0 ? [`${grouped(quiet)} with nothing left to do`] : []),
        ...(broken > 0 ? [`${grouped(broken)} with a promise broken on the way`] : []),
        ...(tooLong > 0 ? [`${grouped(tooLong)} at the limit on steps`] : []),
      ].join(', '),
    ],
    ['actions', exercised(one.actions, 'taken')],
    ['states', exercised(one.states, 'reached')],
  ];
  return columns(rows.map(([name = '', text = '']) => [colours.bold(name), text]));
}

function exercised({ of, missed }: CoveragePart, how: string): string {
  const shown = missed.slice(0, 8);
  const more = missed.length > shown.length ? [`and ${missed.length - shown.length} more`] : [];
  return [`${of - missed.length} of ${of} ${how}`, ...(missed.length > 0 ? ['never:'] : []), ...shown, ...more].join(
    '\n  ',
  );
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

function shrinking({ broken, shrinkingMs }: SampleOutcome): string {
  return broken.length === 0 ? '' : `, and ${(shrinkingMs / 1000).toFixed(1)} s to shrink what broke`;
}
