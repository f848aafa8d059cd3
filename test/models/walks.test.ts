import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Walker } from '#composition/walker.ts';
import { defaultDesigns, distinctDesigns, findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { faultKinds, freeEvents } from '#models/scopes/fault.ts';
import { readScope } from '#models/scopes/scope.ts';

/**
 * Runs of a large world in which everything may happen: no action ever sends an event that its machine cannot take, and
 * what a run does is exercised widely. A failure prints the seed that repeats it.
 */
test.each(distinctDesigns)('no schedule leads %s to an event that nobody can take', { timeout: 120_000 }, (design) => {
  const scope = readScope(
    {
      name: 'walked',
      volumes: [{ name: 'v1' }, { name: 'v2', access: 'multi-node-multi-writer' }],
      nodes: ['n1', 'n2'],
      allocations: [
        { name: 'a1', volume: 'v1', node: 'n1', mayBeUnknown: true },
        { name: 'a2', volume: 'v1', node: 'n2', replaces: 'a1' },
        { name: 'a3', volume: 'v2', node: 'n1' },
        { name: 'a4', volume: 'v2', node: 'n1', canaryOf: 'a3' },
      ],
      faults: Object.fromEntries(Object.keys(faultKinds).map((kind) => [kind, true])),
      events: Object.keys(freeEvents),
    },
    'walked',
  );
  const { composition } = buildModel(findDesign(design), scope, 6);
  const walker = new Walker(composition, [[...composition.actions.keys()]]);
  const size = walker.sizeOf(0);
  const taken = new Set<string>();
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat({ max: 2 ** 20 })), (choices) => {
      walker.restart();
      for (let step = 0; step < 600; step++) {
        let place = walker.findEnabled(0, (choices.next().value ?? 0) % size);
        if (place < 0) place = walker.findEnabled(0, 0);
        if (place < 0) return;
        const action = walker.actionAt(0, place);
        // The walker refuses an event that its machine cannot take.
        walker.take(action);
        taken.add(composition.actions[action]?.note.rule ?? '');
      }
    }),
    { seed: 25349, numRuns: defaultDesigns.includes(design) ? 200 : 20 },
  );
  expect(taken.size).toBeGreaterThan(defaultDesigns.includes(design) ? 60 : 30);
});
