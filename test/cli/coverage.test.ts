import { expect, test } from 'vitest';
import { coverageOf } from '#cli/coverage.ts';
import type { Exercised } from '#properties/coverage.ts';
import { coverageLines } from '#report/coverage-text.ts';

const exercised = (actions: Exercised['actions']): Exercised => ({
  actions,
  states: { 'collector: asked': false },
  guards: {},
});
const election = 'server elects a leader';
const own = 'server does what only an own design does';
const worlds = [
  { design: 'old', scope: 'one', exercised: exercised({ [election]: false, [own]: false }) },
  { design: 'new', scope: 'one', exercised: exercised({ [election]: false }) },
];

test('what one world misses and another exercises is not missed', () => {
  const more = { design: 'new', scope: 'two', exercised: exercised({ [election]: true }) };
  expect(coverageOf([...worlds, more]).actions).toEqual({ of: 2, missed: [own] });
});

test('what is missed names the designs that have it, and the world that shows it, or why none does', () => {
  expect(coverageOf(worlds).missed).toMatchObject([
    { name: election, designs: ['old', 'new'], shownIn: { scope: 'failover' }, because: null },
    { name: own, designs: ['old'], shownIn: null, because: null },
    { name: 'collector: asked', shownIn: null, because: expect.stringContaining('by hand') },
  ]);
});

test('in words, a design is named where not all have it', () => {
  const lines = coverageLines(coverageOf(worlds), ['old', 'new']);
  expect(lines).toContainEqual(
    expect.stringMatching(/server elects a leader +shown by nomad-2.0.5 in failover, 1 fault$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/only an own design does +only old could$/));
});

test('a world that a limit ended is named, and not counted', () => {
  const cut = { design: 'new', scope: 'three', exercised: null };
  const coverage = coverageOf([...worlds, cut]);
  expect(coverage).toMatchObject({ unfinished: [{ design: 'new', scope: 'three' }], actions: { of: 2 } });
  expect(coverageLines(coverage, ['old', 'new']).at(-1)).toContain('new in three');
});
