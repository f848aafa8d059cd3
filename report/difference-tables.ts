import type { Difference } from './document.ts';
import { boundInWords, faultsInWords } from './words.ts';

/** A table of what differs, ready for any rendering: its first row is its head. */
export interface DifferenceTable {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** What changed between two designs as tables; those with nothing to say are left out. */
export function differenceTables({
  from,
  to,
  behaviours,
  values,
  promises,
  bounds,
  traces,
}: Difference): DifferenceTable[] {
  const verdict = (one: Difference['promises'][number]['from']) =>
    one.verdict === 'violated' ? `violated, ${faultsInWords(one.faults)}` : one.verdict;
  return [
    {
      title: `behaviours from ${from} to ${to}`,
      rows: [
        ['pull request', 'behaviour', 'says', 'promise'],
        ...behaviours.map((one) => [
          one.from,
          `${one.change === 'lost' ? 'without ' : ''}${one.name}`,
          one.says,
          `${one.isRegression === (one.change === 'lost') ? 'serves' : 'costs'} ${one.serves}`,
        ]),
      ],
    },
    {
      title: 'values that no named behaviour explains',
      rows: [['behaviour', from, to], ...values.map((one) => [one.behaviour, one.from, one.to])],
    },
    {
      title: 'promises won and lost',
      rows: [
        ['', 'promise', 'scope', from, to],
        ...promises.map((one) => [one.change, one.promise, one.scope, verdict(one.from), verdict(one.to)]),
      ],
    },
    {
      title: 'bounds that changed',
      rows: [
        ['promise', 'scope', from, to],
        ...bounds.map((one) => [one.promise, one.scope, boundInWords(one.from), boundInWords(one.to)]),
      ],
    },
    {
      title: 'traces that are gone, and traces that are new',
      rows: [
        ['', 'promise', 'scope', 'trace of', 'on the other'],
        ...traces.map((one) => [
          one.stopsAt === null ? 'in both' : one.design === from ? 'gone' : 'new',
          one.promise,
          `${one.scope}, ${faultsInWords(one.faults)}`,
          one.design,
          one.stopsAt === null ? 'a run as well' : `stops at step ${one.stopsAt.step}: ${one.stopsAt.action}`,
        ]),
      ],
    },
  ].filter(({ rows }) => rows.length > 1);
}
