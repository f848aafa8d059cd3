import { expect, test } from 'vitest';
import { replay } from '#checker/replay.ts';
import { enabledActions, initialLocals, takeAction } from '#checker/step.ts';
import { disabled, type System } from '#checker/system.ts';
import { graph } from './toy.ts';

test('a run gives the locals before and after each of its actions', () => {
  expect(replay(graph('a>b>c').system, { actions: [0, 1], loopsTo: null })).toEqual({
    kind: 'replayed',
    steps: [
      { action: 0, before: [0], after: [1] },
      { action: 1, before: [1], after: [2] },
    ],
  });
});

test.each([
  [[0, 0], null, 'disabled', 2, 'Step 2: go cannot happen; enabled here: back, on.'],
  [[9], null, 'unknown action', 1, 'Step 1: there is no action 9; enabled here: go.'],
  [[0, 2], null, 'replayed', 0, ''],
  [[0, 2, 1], null, 'disabled', 3, 'Step 3: back cannot happen; enabled here: nothing.'],
  [[0, 2], 0, 'does not close', 2, 'Step 2: the cycle does not come back to where it starts; enabled here: nothing.'],
  [[0], 1, 'does not close', 1, 'Step 1: the cycle does not come back to where it starts; enabled here: back, on.'],
  [[0, 1], 0, 'replayed', 0, ''],
])('the run %o that loops to %o: %s', (actions, loopsTo, outcome, step, message) => {
  const { system } = graph('a go>b back>a, b on>c');
  const result = replay(system, { actions, loopsTo });
  if (result.kind === 'replayed') expect(outcome).toBe('replayed');
  else expect(result).toMatchObject({ reason: outcome, step, message });
});

test('a step moves the participants and whoever hears it, and nobody else', () => {
  const system: System = {
    fields: ['speaker', 'hearer', 'stranger'].map((name) => ({ name, initial: 1, size: () => 4 })),
    actions: [
      {
        name: 'speak',
        fairness: 'none',
        participants: [0],
        step: ([local = 0]) => (local > 0 ? [local - 1] : disabled),
        broadcast: [{ field: 1, next: (local) => local + 1 }],
      },
    ],
  };
  expect(initialLocals(system)).toEqual([1, 1, 1]);
  expect(enabledActions(system, [1, 1, 1])).toEqual([0]);
  expect(takeAction(system, [1, 1, 1], 0)).toEqual([0, 2, 1]);
  expect(takeAction(system, [0, 2, 1], 0)).toBe(disabled);
});
