import type { BoundNumbers, Count, Result } from './document.ts';

/** Designs side by side, a row for each promise; a cell says the worst that was found in all the scopes. */
export interface VerdictTable {
  readonly designs: readonly string[];
  readonly rows: readonly { readonly promise: string; readonly cells: readonly (VerdictCell | null)[] }[];
}

/** What became of one promise of one design: the worst verdict, where it was met first, and the largest bound. */
export interface VerdictCell {
  readonly verdict: Result['verdict'];
  /** The smallest scope and rung with that verdict. */
  readonly first: Result;
  readonly scopes: number;
  readonly scopesAlike: number;
  readonly bound: BoundNumbers | null;
}

/** Lays the results out, designs and promises in the order in which they were judged. */
export function verdictTable(results: readonly Result[]): VerdictTable {
  const designs = distinct(results.map(({ design }) => design));
  const promises = distinct(results.map(({ promise }) => promise));
  return {
    designs,
    rows: promises.map((promise) => ({
      promise,
      cells: designs.map((design) =>
        cell(results.filter((result) => result.design === design && result.promise === promise)),
      ),
    })),
  };
}

/** The values in the order of their first appearance, each once. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The larger of two bounds; that there is none exceeds not knowing, which exceeds every number. */
export function largest(one: BoundNumbers, other: BoundNumbers): BoundNumbers {
  return { perTick: larger(one.perTick, other.perTick), total: larger(one.total, other.total) };
}

const severity: readonly Result['verdict'][] = ['holds', 'unknown', 'violated'];

function cell(results: readonly Result[]): VerdictCell | null {
  const verdict = severity.findLast((one) => results.some((result) => result.verdict === one));
  const alike = results.filter((result) => result.verdict === verdict);
  const first = alike[0];
  if (verdict === undefined || first === undefined) return null;
  const bounds = results.flatMap(({ bound }) => bound ?? []);
  return {
    verdict,
    first,
    scopes: results.length,
    scopesAlike: alike.length,
    bound: bounds.length === 0 ? null : bounds.reduce(largest),
  };
}

function larger(one: Count, other: Count): Count {
  if (one === 'unbounded' || other === 'unbounded') return 'unbounded';
  if (one === 'unknown' || other === 'unknown') return 'unknown';
  return Math.max(one, other);
}
