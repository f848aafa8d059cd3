import type { Coverage, MissedPart } from './document.ts';
import { faultsInWords } from './words.ts';

const taken = { actions: 'actions taken', states: 'local states reached', guards: 'answers of guards seen' } as const;

/** What was exercised, in lines: numbers first, then what no world did, with where it is shown; `designs` are all that were asked. */
export function coverageLines(coverage: Coverage, designs: readonly string[]): string[] {
  const { missed, unfinished } = coverage;
  return [
    ...(Object.keys(taken) as (keyof typeof taken)[]).flatMap((part) => {
      const own = missed.filter((one) => one.part === part);
      const { of } = coverage[part];
      const widest = Math.max(0, ...own.map(({ name }) => name.length));
      return [
        `${taken[part]}: ${of - own.length} of ${of}${own.length > 0 ? '; never:' : ''}`,
        ...own.map((one) => `  ${one.name.padEnd(widest)}  ${whereInWords(one, designs)}`.trimEnd()),
      ];
    }),
    ...(unfinished.length > 0
      ? [
          `not counted, for a limit ended the search: ${unfinished.map(({ design, scope }) => `${design} in ${scope}`).join(', ')}`,
        ]
      : []),
  ];
}

function whereInWords({ because, designs, shownIn }: MissedPart, asked: readonly string[]): string {
  const only = designs.length < asked.length ? [`only ${designs.join(', ')} could`] : [];
  if (because !== null) return [...only, because].join('; ');
  if (shownIn === null) return only.join('');
  return [...only, `shown by ${shownIn.design} in ${shownIn.scope}, ${faultsInWords(shownIn.faults)}`].join('; ');
}
