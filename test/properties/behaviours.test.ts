import { describe, expect, test } from 'vitest';
import type { BehaviourChange, ShownIn } from '#models/designs/behaviour.ts';
import { behaviourChanges } from '#models/designs/changes.ts';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';

const today = 'nomad-2.0.5';
const shown = behaviourChanges.flatMap((change) => (change.shownIn ? [{ ...change, shownIn: change.shownIn }] : []));

describe('a behaviour taken back breaks the promise that it serves, where the design with it keeps it', () => {
  test.each(shown.filter((one) => !one.isRegression))('$name', { timeout: 120_000 }, (change) => {
    const { on = today } = change.shownIn;
    expect(breaks(on, change)).toBe(false);
    expect(breaks(`${on}~${change.name}`, change)).toBe(true);
  });
});

describe('a regression taken back keeps the promise that it costs, where the design with it breaks it', () => {
  test.each(shown.filter((one) => one.isRegression))('$name', { timeout: 120_000 }, (change) => {
    const { on = today } = change.shownIn;
    expect(breaks(on, change)).toBe(true);
    expect(breaks(`${on}~${change.name}`, change)).toBe(false);
  });
});

test.each(behaviourChanges)('$name is shown on nomad-2.0.5, or it says why it cannot be', ({ shownIn, hidden }) => {
  expect(shownIn !== undefined && shownIn.on === undefined).toBe(hidden === undefined);
});

// Helpers

function breaks(design: string, { serves, shownIn }: BehaviourChange & { readonly shownIn: ShownIn }): boolean {
  const avoid = (shownIn.avoid ?? []).map((name) => ({ kind: 'action' as const, name }));
  // What is broken is broken however much is searched; what is kept must be searched to the end.
  const options = { faults: shownIn.faults, maxStates: 600_000, now: () => 0, avoid };
  const [result] = judgeScope(findDesign(design), findScope(shownIn.scope), [findPromise(serves)], options);
  if (!result || result.verdict === 'unknown') throw new Error(`no verdict on ${design} in ${shownIn.scope}`);
  return shownIn.half ? result.bound?.perTick === 'unbounded' : result.verdict === 'violated';
}
