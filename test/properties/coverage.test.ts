import { expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { exercise, missed, together } from '#properties/coverage.ts';

const options = { now: () => 0 };
const design = findDesign('nomad-2.0.5');

test('what a scope does not allow is missed by name, and another scope makes up for it', () => {
  const quiet = exercise(design, findScope('happy-path'), options);
  const failing = exercise(design, findScope('failover'), { ...options, faults: 1 });
  if (!quiet || !failing) throw new Error('expected both worlds to be explored to the end');
  const electing = ['server elects a leader', 'server: electing'];
  expect([...missed(quiet.actions), ...missed(quiet.states)]).toEqual(expect.arrayContaining(electing));
  expect([...missed(failing.actions), ...missed(failing.states)]).not.toContain(electing[0]);
  const both = together([quiet, failing]);
  expect([...missed(both.actions), ...missed(both.states)]).not.toContain(electing[1]);
});

test('a limit gives no coverage at all', () => {
  expect(exercise(design, findScope('happy-path'), { ...options, maxStates: 100 })).toBeNull();
});
