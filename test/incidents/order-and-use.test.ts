import { expect, test } from 'vitest';
import { incidents } from '#incidents/incidents.ts';
import { expectReproduced } from './reproduced.ts';

const rest = incidents.filter(({ key }) => key >= 'N14' || key.startsWith('K'));

test('these are the incidents of order, use and collection, and those of another orchestrator', () => {
  expect(rest.length).toBeGreaterThan(19);
});

test.each(rest)(
  '$key $name: affected designs break the promise by a run with the trigger, fixed ones do not',
  expectReproduced,
);
