import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { onlyWhen } from '#checker/only-when.ts';
import { withTrigger } from '#checker/trigger.ts';
import { naiveHolds, naiveSteps } from './naive.ts';
import { plans, predicatesOf, systemOf } from './random.ts';

const asked = plans.chain((plan) => fc.record({ plan: fc.constant(plan), when: predicatesOf(plan) }));

test('an action that waits for the right moment is taken there and nowhere else, whoever hears it', () => {
  let waited = 0;
  fc.assert(
    fc.property(asked, fc.nat(4), ({ plan, when }, waiting) => {
      // A counter hears every action, so some hearers are asked about and some are not.
      const { system, seen } = withTrigger(systemOf(plan), [new Set([waiting]), new Set([waiting])]);
      for (const asks of [when, { ...seen, holds: ([count]: readonly number[]) => (count ?? 0) < 1 }]) {
        const found = explore(onlyWhen(system, (action) => (action === waiting ? asks : undefined)));
        const states = new Set(Array.from({ length: found.states }, (_, id) => found.locals(id).join()));
        const initial = system.fields.map((field) => field.initial);
        const open = [initial];
        const reached = new Set([initial.join()]);
        for (const locals of open) {
          for (const [action, after] of naiveSteps(system, locals)) {
            if (action === waiting && !naiveHolds(asks, locals)) {
              waited++;
              continue;
            }
            if (reached.has(after.join())) continue;
            reached.add(after.join());
            open.push(after);
          }
        }
        expect(states).toEqual(reached);
      }
    }),
    { numRuns: 400, seed: 20261125 },
  );
  expect(waited).toBeGreaterThan(100);
});
