import type { Result } from './document.ts';
import { distinct } from './verdict-table.ts';
import { faultsInWords } from './words.ts';

/** What a reader must be told in words: the broken promises, the shortest trace of each design first, and the undecided. */
export interface Findings {
  readonly violated: readonly Result[];
  readonly unknown: readonly Result[];
  /** Of the violated, the shortest of each design and promise: the ones whose steps are worth showing. */
  readonly shortest: ReadonlySet<Result>;
  readonly assumptions: Assumptions;
}

/** What the verdicts rest on: all of them, and those of one world and rung only. */
export interface Assumptions {
  readonly everywhere: readonly string[];
  readonly only: readonly { readonly where: string; readonly says: readonly string[] }[];
}

/** Picks the findings out of the results. */
export function findings(results: readonly Result[]): Findings {
  const designs = distinct(results.map(({ design }) => design));
  const violated = results
    .filter(({ verdict }) => verdict === 'violated')
    .sort((a, b) => designs.indexOf(a.design) - designs.indexOf(b.design) || steps(a) - steps(b));
  const shortest = new Map<string, Result>();
  for (const result of violated) {
    const key = JSON.stringify([result.design, result.promise]);
    if (!shortest.has(key)) shortest.set(key, result);
  }
  return {
    violated,
    unknown: results.filter(({ verdict }) => verdict === 'unknown'),
    shortest: new Set(shortest.values()),
    assumptions: assumptionsOf(results),
  };
}

function assumptionsOf(results: readonly Result[]): Assumptions {
  const said = distinct(results.flatMap(({ assumptions }) => assumptions));
  const everywhere = said.filter((one) => results.every(({ assumptions }) => assumptions.includes(one)));
  const world = ({ scope, faults }: Result) => `${scope}, ${faultsInWords(faults)}`;
  const only = distinct(results.map(world)).map((where) => {
    const here = results.filter((result) => world(result) === where).flatMap(({ assumptions }) => assumptions);
    return { where, says: distinct(here).filter((one) => !everywhere.includes(one)) };
  });
  return { everywhere, only: only.filter(({ says }) => says.length > 0) };
}

function steps({ trace }: Result): number {
  return trace?.length ?? Number.POSITIVE_INFINITY;
}
