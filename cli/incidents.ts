import type { Command } from 'commander';
import type { Incident } from '#incidents/incident.ts';
import { findIncident, incidents } from '#incidents/incidents.ts';
import { leftOut } from '#incidents/left-out.ts';
import { isAsExpected, type Reproduction, type Trial } from '#incidents/reproduce.ts';
import type { IncidentOutcome, ReportDocument } from '#report/document.ts';
import { type IncidentRow, incidentStory, incidentTable } from '#report/incident-table.ts';
import { grouped } from '#report/words.ts';
import { hand } from './delivery.ts';
import { checkWritable } from './disk.ts';
import { exits } from './failure.ts';
import type { CaseProgress } from './incident-thread.ts';
import { memoryMb, whole } from './judging-options.ts';
import { followLines, remainingAfter } from './progress.ts';
import { coloursOf, type Stage } from './stage.ts';

/** How many incidents are tried at once unless told otherwise. */
const workersAtOnce = 2;

interface IncidentsOptions {
  readonly json?: true;
  readonly out?: string;
  readonly leftOut?: true;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly workers?: number;
}

/** `incidents`: reproduces field incidents on the designs that have them, and shows the fixed ones passing. */
export function addIncidents(program: Command, stage: Stage, end: (code: number) => void): void {
  program
    .command('incidents')
    .summary('reproduces field incidents, and shows the fixed releases passing')
    .description(
      'Looks for a run of each affected design that breaks the promise and contains the trigger of the incident in order, and for none in the designs that fixed it. One incident alone is told in full.',
    )
    .argument('[key...]', 'incidents by key or name; all if none is given')
    .option('--left-out', 'the incidents that are not reproduced, and which mechanism the model leaves out')
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'write the report to a file instead')
    .option('--max-states <n>', 'stop a search at so many states; the answer is then unknown', whole(1))
    .option('--max-memory <mb>', `stop a search at so much memory (default: ${memoryMb})`, whole(1))
    .option('--workers <n>', `how many incidents are tried at once (default: ${workersAtOnce})`, whole(1))
    .addHelpText(
      'after',
      `
Examples:
  claimcheck incidents
  claimcheck incidents N01
  claimcheck incidents N01 N27 --json
  claimcheck incidents --left-out

Exit: 0 all is as expected, 1 an incident is not reproduced or a fixed design has it too, 2 wrong use or bad input.`,
    )
    .action(async (keys: readonly string[], options: IncidentsOptions) => {
      if (options.out !== undefined) checkWritable(options.out);
      const colours = coloursOf(stage, options.out !== undefined);
      if (options.leftOut) {
        hand(leftOut.map(({ key, name, because }) => `${key} ${name}: ${because}\n`).join(''), options.out, stage);
        return;
      }
      const asked = keys.length === 0 ? incidents : [...new Set(keys.map(findIncident))];
      const found = await tryAll(asked, options, stage);
      const rows = found.flatMap(rowsOf);
      const told = found.length === 1 ? `${found.map((one) => incidentStory(one, colours)).join('')}\n` : '';
      const text = `${told}${incidentTable(rows, colours)}\n\n${summary(found)}\n`;
      hand(options.json ? `${JSON.stringify(documentOf(found, stage), null, 2)}\n` : text, options.out, stage);
      end(found.every((one) => isAsExpected(one.reproduction)) ? exits.kept : exits.violated);
    });
}

interface Tried {
  readonly incident: Incident;
  readonly reproduction: Reproduction;
}

/** Several at once, the report in the order in which they were asked for. */
async function tryAll(asked: readonly Incident[], options: IncidentsOptions, stage: Stage): Promise<Tried[]> {
  const workers = Math.min(options.workers ?? workersAtOnce, asked.length);
  const limits = {
    ...(options.maxStates !== undefined && { maxStates: options.maxStates }),
    maxMemory: Math.floor(((options.maxMemory ?? memoryMb) * 1024 * 1024) / workers),
  };
  const lines = followLines<CaseProgress>(
    asked.length,
    stage,
    (progress, finished, spentMs) => `${rate(progress)}${remainingAfter(finished, asked.length, spentMs)}`,
  );
  const found = new Map<Incident, Reproduction>();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let incident = asked[next++]; incident; incident = asked[next++]) {
      const reproduction = await stage.engine.reproduce(
        { key: incident.key, limits, isTold: asked.length === 1 && !options.json },
        lines.heard,
      );
      found.set(incident, reproduction);
      lines.finished(`${incident.key} ${incident.name}: ${verdict(reproduction)}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, lane));
  } finally {
    lines.end();
  }
  return asked.flatMap((incident) => {
    const reproduction = found.get(incident);
    return reproduction ? [{ incident, reproduction }] : [];
  });
}

function rate({ key, design, states, elapsedMs }: CaseProgress): string {
  const perSecond = elapsedMs > 0 ? `, ${grouped(Math.round((states * 1000) / elapsedMs))} a second` : '';
  return `${key} on ${design}: ${grouped(states)} states${perSecond}`;
}

function verdict({ affected, fixed }: Reproduction): string {
  const told = affected.map(({ design, verdict, trace }) =>
    verdict === 'violated' ? `reproduced on ${design} in ${trace?.length} steps` : `${verdict} on ${design}`,
  );
  return [...told, ...fixed.map(({ design, verdict }) => `${design} ${verdict === 'holds' ? 'passes' : verdict}`)].join(
    '; ',
  );
}

const passes = ({ verdict }: Trial): boolean | 'unknown' => (verdict === 'unknown' ? 'unknown' : verdict === 'holds');

function rowsOf({ incident: { key, title, promise }, reproduction: { affected, fixed } }: Tried): IncidentRow[] {
  return affected.map(({ design, verdict, trace }) => ({
    key,
    title,
    design,
    promise,
    steps: verdict === 'unknown' ? 'unknown' : (trace?.length ?? null),
    fixed: fixed.map((one) => ({ design: one.design, passes: passes(one), happens: one.happens })),
  }));
}

function summary(found: readonly Tried[]): string {
  const good = found.filter(({ reproduction }) => isAsExpected(reproduction)).length;
  const nowhere = found.filter(({ incident }) => incident.fixed.length === 0).length;
  return `${found.length} ${found.length === 1 ? 'incident' : 'incidents'}, ${good} as expected${nowhere > 0 ? `; ${nowhere} of them fixed nowhere` : ''}. Not reproduced: ${leftOut.length} (claimcheck incidents --left-out)`;
}

/** One entry for each affected design; all designs that fixed it must pass. */
function documentOf(found: readonly Tried[], stage: Stage): ReportDocument {
  const outcomes = found.flatMap(({ incident: { key, promise }, reproduction: { affected, fixed } }) =>
    affected.map(
      ({ design, verdict, trace }): IncidentOutcome => ({
        key,
        design,
        promise,
        reproduced: verdict === 'violated',
        token: trace?.token ?? null,
        fixedDesign: fixed[0]?.design ?? null,
        fixedPasses: fixed.length === 0 ? null : fixed.every((one) => passes(one) === true),
      }),
    ),
  );
  return { schema: 'claimcheck/report@1', model: stage.model(), results: [], incidents: outcomes };
}
