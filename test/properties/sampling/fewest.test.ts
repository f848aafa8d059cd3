import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewest } from '#properties/sampling/fewest.ts';

test('finds exactly the items that matter, wherever they are', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(), { maxLength: 60, size: 'max' }),
      fc.infiniteStream(fc.boolean()),
      (all, coin) => {
        const needed = all.filter(() => coin.next().value);
        const passes = (part: readonly number[]) => needed.every((one) => part.includes(one));
        expect(fewest(all, passes)).toEqual(needed);
      },
    ),
    { seed: 1 },
  );
});

test('no single item can be left out of what is left, where items need each other', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }), { maxLength: 40, size: 'max' }),
      fc.integer({ min: 1, max: 60 }),
      (all, sum) => {
        const passes = (part: readonly number[]) => part.reduce((a, b) => a + b, 0) >= sum;
        fc.pre(passes(all));
        const left = fewest(all, passes);
        expect(passes(left)).toBe(true);
        for (let at = 0; at < left.length; at++) expect(passes(left.toSpliced(at, 1))).toBe(false);
      },
    ),
    { seed: 2 },
  );
});
