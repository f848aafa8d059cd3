import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { enabledActions, initialLocals, takeAction } from '#checker/step.ts';
import type { System } from '#checker/system.ts';
import { stepsOf } from '#cli/exporting.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { renderAldebaran } from '#report/aldebaran.ts';
import { naiveGraph } from '../checker/naive.ts';
import { plans, systemOf } from '../checker/random.ts';
import { readAldebaran } from './aldebaran-reader.ts';

/** Walks the system beside what was read; says how many states were met, and throws where the two differ. */
function walkBeside(system: System, text: string): number {
  const read = readAldebaran(text);
  const out = Array.from({ length: read.states }, () => new Map<string, number>());
  for (const { from, name, to } of read.steps) {
    expect(out[from]?.has(name)).toBe(false);
    out[from]?.set(name, to);
  }
  const met = new Map([[read.initial, initialLocals(system)]]);
  for (const [state, locals] of met) {
    const enabled = enabledActions(system, locals);
    expect([...(out[state]?.keys() ?? [])].sort()).toEqual(enabled.map((at) => system.actions[at]?.name).sort());
    for (const action of enabled) {
      const to = out[state]?.get(system.actions[action]?.name ?? '') ?? -1;
      const next = takeAction(system, locals, action) ?? [];
      const before = met.get(to);
      if (before === undefined) met.set(to, next);
      else expect(before).toEqual(next);
    }
  }
  expect(met.size).toBe(read.states);
  return new Set([...met.values()].map((locals) => locals.join())).size;
}

function written(system: System): string {
  const exploration = explore(system, { edges: true });
  const edges = exploration.edges();
  if (!edges) throw new Error('the edges were not kept');
  return renderAldebaran({ states: exploration.states, initial: 0, steps: stepsOf(exploration, edges) });
}

test('a random system, written and read back by an independent reader, has the same states and named steps', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const system = systemOf(plan);
      expect(walkBeside(system, written(systemOf(plan)))).toBe(naiveGraph(systemOf(plan)).states.length);
    }),
    { numRuns: 60 },
  );
});

test.each(['nomad-1.9.7', 'nomad-2.0.5'])(
  '%s in happy-path, written and read back, is the explored graph',
  (design) => {
    const { system } = buildModel(findDesign(design), findScope('happy-path'), 0).composition;
    expect(walkBeside(system, written(system))).toBe(explore(system).states);
  },
);

test('a name with a quotation mark or a line break stays one label', () => {
  const text = renderAldebaran({ states: 1, initial: 0, steps: [{ from: 0, name: 'says "no"\nand goes', to: 0 }] });
  expect(readAldebaran(text).steps).toEqual([{ from: 0, name: "says 'no' and goes", to: 0 }]);
});

test.each(['', 'des (0, 1, 1)\n', 'des (0, 1, 1)\n(0, "a", 1)\n', 'des (0, 1, 2)\n(0, "a" 1)\n', 'des (0, 0, 1)'])(
  'the reader refuses %j',
  (text) => {
    expect(() => readAldebaran(text)).toThrow('not Aldebaran');
  },
);
