import { columns } from './columns.ts';
import type { Trace } from './document.ts';
import type { Colours } from './telling.ts';
import { traceTable } from './trace-table.ts';

/** A row of the table of incidents: an affected design, and what became of the designs that fixed it. */
export interface IncidentRow {
  readonly key: string;
  readonly title: string;
  readonly design: string;
  readonly promise: string;
  /** Steps of the run that reproduces it; `null` if there is none, `unknown` if a limit was reached. */
  readonly steps: number | null | 'unknown';
  readonly fixed: readonly {
    readonly design: string;
    readonly passes: boolean | 'unknown';
    readonly happens: boolean;
  }[];
}

/** Incidents as a table, one affected design a row. */
export function incidentTable(rows: readonly IncidentRow[], colours: Colours): string {
  return columns([
    ['key', 'what happened', 'design', 'promise broken', 'reproduced', 'fixed in', 'passes'].map(colours.bold),
    ...rows.map((row, at) => {
      const again = rows[at - 1]?.key === row.key;
      return [
        again ? '' : colours.bold(row.key),
        again ? '' : row.title,
        row.design,
        again ? '' : row.promise,
        reproduced(row.steps, colours),
        ...(again ? ['', ''] : [row.fixed.map(({ design }) => design).join('\n') || 'nowhere', passes(row, colours)]),
      ];
    }),
  ]);
}

function reproduced(steps: IncidentRow['steps'], { green, red, yellow }: Colours): string {
  if (steps === 'unknown') return yellow('unknown');
  return steps === null ? red('no') : green(`yes, ${steps} steps`);
}

function passes({ fixed }: IncidentRow, { green, red, yellow }: Colours): string {
  return fixed
    .map(({ passes, happens }) => {
      if (passes === 'unknown') return yellow('unknown');
      if (!passes) return red('no');
      return green(happens ? 'yes' : 'yes: the trigger cannot happen');
    })
    .join('\n');
}

/** What a workaround does on a design; `afterwards` is null where it is not needed or cannot be done. */
export interface JudgedWorkaround {
  readonly design: string;
  readonly workaround: string;
  readonly afterwards: {
    readonly alwaysPossible: boolean;
    readonly endsTheLoop: boolean;
    readonly releasesTheClaim: boolean;
    readonly attachment: string;
    readonly mount: string;
    readonly breaksARunningTask: boolean;
  } | null;
}

/** One incident in full: what it was, the run that reproduces it, and how to replay that. */
export interface IncidentStory {
  readonly incident: {
    readonly key: string;
    readonly name: string;
    readonly title: string;
    readonly references: readonly string[];
    readonly story: string;
    readonly trigger: readonly string[];
    readonly workaround: string;
    readonly leavesOut?: string;
  };
  readonly reproduction: {
    readonly affected: readonly { readonly design: string; readonly trace: Trace | null }[];
    readonly fixed: readonly { readonly design: string; readonly trace: Trace | null }[];
    readonly workarounds?: readonly JudgedWorkaround[];
  };
}

/** Tells one incident in full. */
export function incidentStory({ incident, reproduction }: IncidentStory, colours: Colours): string {
  const { key, name, title, references, story, trigger, workaround, leavesOut } = incident;
  const runs = [...reproduction.affected, ...reproduction.fixed].flatMap(({ design, trace }) =>
    trace === null
      ? []
      : [
          `${colours.bold(design)}\n${traceTable(trace, colours)}\n${colours.cyan(`npx claimcheck trace ${trace.token}`)}`,
        ],
  );
  return [
    `${colours.bold(`${key} ${name}`)}: ${title}`,
    `References: ${references.join(', ')}`,
    story,
    `Trigger, in this order:\n${trigger.map((one) => `  ${one}`).join('\n')}`,
    ...runs,
    `Workaround: ${workaround}`,
    ...(reproduction.workarounds?.length ? [workaroundTable(reproduction.workarounds, colours)] : []),
    ...(leavesOut === undefined ? [] : [`Left out here: ${leavesOut}`]),
    '',
  ].join('\n\n');
}

function workaroundTable(all: readonly JudgedWorkaround[], { bold }: Colours): string {
  const yes = (is: boolean) => (is ? 'yes' : 'no');
  return columns([
    [
      'what an operator does',
      'always possible',
      'ends the loop',
      'frees the claim',
      'attachment left',
      'mount left',
      'under a running task',
    ].map(bold),
    ...all.map(({ workaround, design, afterwards: after }) =>
      after === null
        ? [`${workaround} (${design})`, 'cannot be done']
        : [
            `${workaround} (${design})`,
            yes(after.alwaysPossible),
            yes(after.endsTheLoop),
            yes(after.releasesTheClaim),
            after.attachment,
            after.mount,
            after.breaksARunningTask ? 'perhaps' : 'never',
          ],
    ),
  ]);
}
