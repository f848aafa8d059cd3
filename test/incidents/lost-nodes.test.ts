import { expect, test } from 'vitest';
import { incidents } from '#incidents/incidents.ts';
import { expectReproduced } from './reproduced.ts';

const first = incidents.filter(({ key }) => key < 'N14' && key.startsWith('N'));

test('these are the incidents of nodes that are lost, and of releases that spin or are forgotten', () => {
  expect(first.length).toBeGreaterThan(11);
});

test.each(first)(
  '$key $name: affected designs break the promise by a run with the trigger, fixed ones do not',
  expectReproduced,
);
