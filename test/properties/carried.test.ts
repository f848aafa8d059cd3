import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { carryOver } from '#properties/carried.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';

const scope = findScope('machine-forgotten');

describe('a run that breaks a promise', () => {
  test.each(['nomad-1.3.5', 'nomad-1.9.7', 'nomad-2.0.5'])('of %s is a run of the same design', (design) => {
    for (const trace of [...broken(design, 'everyClaimIsReleased'), ...broken(design, 'noWakeupIsLost')]) {
      expect(carryOver(trace, findDesign(design), scope, 1)).toBeNull();
    }
  });

  test('of the release before a fix stops in the fixed one at the step that was fixed', () => {
    const [trace] = broken('nomad-1.9.7', 'everyClaimIsReleased');
    if (!trace) throw new Error('nomad-1.9.7 keeps the promise');
    const stop = carryOver(trace, findDesign('nomad-1.9.7+abandon-unknown-node'), scope, 1);
    expect(stop?.action).toMatch(/^server finds no such node/);
    expect(trace.steps[(stop?.step ?? 0) - 1]?.action).toBe(stop?.action);
  });

  test('by nothing but faults does not fit a smaller budget', () => {
    const [trace] = broken('nomad-1.9.7', 'everyClaimIsReleased');
    if (!trace) throw new Error('nomad-1.9.7 keeps the promise');
    expect(carryOver(trace, findDesign('nomad-1.9.7'), scope, 0)?.action).toBe('world takes a machine down (n1)');
  });
});

// Helpers

function broken(design: string, promise: string) {
  const results = judgeScope(findDesign(design), scope, [findPromise(promise)], { faults: 1, now: () => 0 });
  return results.flatMap(({ trace, verdict }) => (trace && verdict === 'violated' ? [trace] : []));
}
