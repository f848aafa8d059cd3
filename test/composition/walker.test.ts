import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enabledActions, initialLocals, takeAction } from '#checker/step.ts';
import { Walker } from '#composition/walker.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { faultKinds, freeEvents } from '#models/scopes/fault.ts';
import { readScope } from '#models/scopes/scope.ts';

const compositionOf = (design: string) => {
  const scope = readScope(
    {
      name: 'walked',
      volumes: [{ name: 'v1' }, { name: 'v2', access: 'multi-node-multi-writer' }],
      nodes: ['n1', 'n2'],
      allocations: [
        { name: 'a1', volume: 'v1', node: 'n1' },
        { name: 'a2', volume: 'v1', node: 'n2', replaces: 'a1' },
        { name: 'a3', volume: 'v2', node: 'n1' },
      ],
      faults: Object.fromEntries(Object.keys(faultKinds).map((kind) => [kind, true])),
      events: Object.keys(freeEvents),
    },
    'walked',
  );
  return buildModel(findDesign(design), scope, 3).composition;
};

const choices = fc.array(fc.nat({ max: 2 ** 20 }), { maxLength: 150, size: 'max' });

describe.each(['nomad-1.9.7', 'nomad-2.0.5'])('a walker in %s is where a naive one is', (design) => {
  const composition = compositionOf(design);
  const { system, actions } = composition;
  const all = [...actions.keys()];
  const even = all.filter((id) => id % 2 === 0);
  const odd = all.filter((id) => id % 2 === 1);
  const walker = new Walker(composition, [even, odd]);

  test('with the same actions enabled in every state, whatever it asked before', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        walker.restart();
        let locals = initialLocals(system);
        for (const number of numbers) {
          const enabled = enabledActions(system, locals);
          // Sometimes all are asked, sometimes only the one that is taken: answers that are old must not count.
          if (number % 3 === 0) expect(all.filter((action) => walker.isEnabled(action))).toEqual(enabled);
          const action = enabled[number % enabled.length];
          if (action === undefined) return;
          walker.take(action);
          locals = takeAction(system, locals, action) ?? [];
          expect([...walker.locals]).toEqual(locals);
        }
      }),
      { seed: 25349, numRuns: 25 },
    );
  });

  test('finds the first enabled action of a group', () => {
    fc.assert(
      fc.property(choices, fc.nat({ max: all.length }), (numbers, from) => {
        walker.restart();
        for (const number of numbers.slice(0, 40)) {
          const group = number % 2;
          const list = group === 0 ? even : odd;
          const start = from % list.length;
          const place = walker.findEnabled(group, start);
          const expected = list.findIndex((action, at) => at >= start && walker.isEnabled(action));
          expect(place).toBe(expected);
          if (place < 0) continue;
          expect(walker.actionAt(group, place)).toBe(list[place]);
          walker.take(walker.actionAt(group, place));
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('knows when it is back in a state that it was in, and equal states have equal hashes', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        walker.restart();
        const states = [initialLocals(system)];
        const hashes = [walker.hash];
        for (const number of numbers) {
          const place = walker.findEnabled(0, number % even.length);
          const [group, at] = place >= 0 ? [0, place] : [1, walker.findEnabled(1, 0)];
          if (at < 0) return;
          walker.take(walker.actionAt(group, at));
          const here = [...walker.locals];
          for (const [step, then] of states.entries()) {
            const isSame = then.every((local, field) => local === here[field]);
            expect(walker.isBackAt(step)).toBe(isSame);
            if (isSame) expect(walker.hash).toBe(hashes[step]);
          }
          states.push(here);
          hashes.push(walker.hash);
        }
      }),
      { seed: 2, numRuns: 20 },
    );
  });
});
