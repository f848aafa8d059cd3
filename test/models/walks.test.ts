import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disabled } from '#checker/system.ts';
import { advance } from '#composition/trace.ts';
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
  const taken = new Set<string>();
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat({ max: 2 ** 20 })), (choices) => {
      let locals: readonly number[] = composition.system.fields.map((field) => field.initial);
      for (let step = 0; step < 600; step++) {
        const open = composition.actions.flatMap((_, action) => {
          const next = advance(composition, action, locals);
          return next === disabled ? [] : [{ action, next }];
        });
        const chosen = open[(choices.next().value ?? 0) % open.length];
        if (!chosen) return;
        taken.add(composition.actions[chosen.action]?.note.rule ?? '');
        locals = chosen.next;
      }
    }),
    { seed: 25349, numRuns: defaultDesigns.includes(design) ? 40 : 5 },
  );
  expect(taken.size).toBeGreaterThan(defaultDesigns.includes(design) ? 60 : 30);
});
