import type { Difference, DifferentVerdict, Result } from './document.ts';

/** Says what became of a trace elsewhere: null if it is a run there too, else the step where it stops. */
export type CarryOver = (result: Result, design: string) => Difference['traces'][number]['stopsAt'];

/** Which promises, bounds and traces differ between two designs that were judged side by side. */
export function differenceOf(
  results: readonly Result[],
  [from, to]: readonly [string, string],
  carryOver: CarryOver,
): Pick<Difference, 'promises' | 'bounds' | 'traces'> {
  const pairs = results.flatMap((before) => {
    const after = results.find(
      (one) => one.design === to && one.scope === before.scope && one.promise === before.promise,
    );
    return before.design === from && after ? [{ before, after }] : [];
  });
  const broken = (result: Result, other: string): Difference['traces'] =>
    result.verdict !== 'violated' || result.trace === null
      ? []
      : [{ ...where(result), design: result.design, token: result.trace.token, stopsAt: carryOver(result, other) }];
  return {
    promises: pairs
      .filter(({ before, after }) => before.verdict !== after.verdict || isMoved(before, after))
      .map(
        ({ before, after }): DifferentVerdict => ({
          promise: before.promise,
          scope: before.scope,
          change: changeOf(before, after),
          from: { verdict: before.verdict, faults: before.faults },
          to: { verdict: after.verdict, faults: after.faults },
        }),
      ),
    bounds: pairs.flatMap(({ before, after }) =>
      before.bound && after.bound && JSON.stringify(before.bound) !== JSON.stringify(after.bound)
        ? [{ promise: before.promise, scope: before.scope, from: before.bound, to: after.bound }]
        : [],
    ),
    traces: [
      ...pairs.flatMap(({ before }) => broken(before, to)),
      ...pairs.flatMap(({ after }) => broken(after, from)),
    ],
  };
}

/** Broken by both, on different rungs. */
function isMoved(before: Result, after: Result): boolean {
  return before.verdict === 'violated' && after.verdict === 'violated' && before.faults !== after.faults;
}

function changeOf(before: Result, after: Result): DifferentVerdict['change'] {
  if (before.verdict === 'unknown' || after.verdict === 'unknown') return 'undecided';
  if (before.verdict === after.verdict) return before.faults < after.faults ? 'later' : 'earlier';
  return after.verdict === 'holds' ? 'won' : 'lost';
}

function where({ promise, scope, faults }: Result) {
  return { promise, scope, faults };
}
