import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { twoPhaseCommit } from './commit.ts';

test.each([
  [3, 288],
  [5, 8_832],
  [7, 296_448],
])('two-phase commit of %i resource managers has %i states, as TLA+ and Stateright count', (managers, states) => {
  const exploration = explore(twoPhaseCommit(managers));
  expect(exploration).toMatchObject({ states, stopped: null, expanded: states });
  expect(exploration.run(states - 1).actions).toHaveLength(exploration.depth);
});

test.each([3, 5, 7])(
  'the compiled loop finds the same states and steps in the same order as the plain one (%i)',
  (managers) => {
    const [plain, compiled] = (['plain', 'compiled'] as const).map((loop) => {
      const { states, found, edges } = explore(twoPhaseCommit(managers), { loop, edges: true });
      const { rows, targets, labels, count } = edges() ?? expect.fail('edges were refused');
      return [
        found.words.subarray(0, states * found.layout.width),
        found.parents.subarray(0, states),
        rows.subarray(0, states + 1),
        targets.subarray(0, count),
        labels.subarray(0, count),
      ];
    });
    for (const [at, array] of (plain ?? []).entries()) {
      const other = compiled?.[at];
      expect(array).toHaveLength(other?.length ?? -1);
      expect(array.findIndex((value, id) => value !== other?.[id])).toBe(-1);
    }
  },
);
