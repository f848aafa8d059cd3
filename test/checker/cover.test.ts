import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverSteps, type StepGraph } from '#checker/cover.ts';

/** Small graphs in which everything is reached from state 0. */
const graphs: fc.Arbitrary<StepGraph> = fc
  .integer({ min: 1, max: 5 })
  .chain((states) =>
    fc
      .array(fc.record({ from: fc.nat(states - 1), to: fc.nat(states - 1) }), { maxLength: 8 })
      .map((steps) => ({ states, initial: 0, steps })),
  );

test('every step is taken, by paths that begin at the start and go on from step to step', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const paths = coverSteps(graph);
      for (const path of paths) {
        let at = graph.initial;
        for (const step of path) {
          expect(graph.steps[step]?.from).toBe(at);
          at = graph.steps[step]?.to ?? -1;
        }
        expect(path.length).toBeGreaterThan(0);
      }
      expect([...new Set(paths.flat())].sort((a, b) => a - b)).toEqual(reachedSteps(graph));
    }),
    { numRuns: 500 },
  );
});

test('no set of fewer paths covers it, and none of as many with fewer steps: an exhaustive search finds the same two numbers', () => {
  let several = 0;
  fc.assert(
    fc.property(graphs, (graph) => {
      const paths = coverSteps(graph);
      several += Number(paths.length > 1);
      expect({ paths: paths.length, steps: paths.flat().length }).toEqual(exhaustive(graph));
    }),
    { numRuns: 400 },
  );
  expect(several).toBeGreaterThan(20);
});

describe('by hand', () => {
  test.each([
    ['nothing', { states: 1, initial: 0, steps: [] }, { paths: 0, steps: 0 }],
    ['a loop at the start', { states: 1, initial: 0, steps: [{ from: 0, to: 0 }] }, { paths: 1, steps: 1 }],
    ['a fork', graphOf([0, 1], [0, 2]), { paths: 2, steps: 2 }],
    ['a fork with a way back', graphOf([0, 1], [1, 0], [0, 2]), { paths: 1, steps: 3 }],
    ['a diamond, which two paths cross', graphOf([0, 1], [0, 2], [1, 3], [2, 3], [3, 4]), { paths: 2, steps: 5 }],
  ])('%s', (_, graph, expected) => {
    const paths = coverSteps(graph);
    expect({ paths: paths.length, steps: paths.flat().length }).toEqual(expected);
  });
});

// Helpers

function graphOf(...pairs: readonly [number, number][]): StepGraph {
  return { states: 1 + Math.max(...pairs.flat()), initial: 0, steps: pairs.map(([from, to]) => ({ from, to })) };
}

function reachedSteps({ initial, steps }: StepGraph): number[] {
  const found = new Set([initial]);
  for (const state of found) for (const { from, to } of steps) if (from === state) found.add(to);
  return [...steps.keys()].filter((step) => found.has(steps[step]?.from ?? -1));
}

/** The cheapest way to have taken every step: all combinations of place, steps taken and paths begun, layer by layer. */
function exhaustive(graph: StepGraph): { paths: number; steps: number } {
  const wanted = reachedSteps(graph);
  const all = (1 << wanted.length) - 1;
  if (all === 0) return { paths: 0, steps: 0 };
  let begun = new Set([0]);
  let atStart = new Map([[0, 0]]);
  for (let paths = 1; ; paths++) {
    // Cheapest number of steps by which `place, taken` is reached with so many paths.
    const costs = new Map<string, number>();
    const layers: { place: number; taken: number }[][] = [];
    for (const [taken, cost] of atStart) {
      layers[cost] ??= [];
      layers[cost].push({ place: graph.initial, taken });
    }
    for (let cost = 0; cost < layers.length; cost++) {
      for (const { place, taken } of layers[cost] ?? []) {
        const key = `${place} ${taken}`;
        if ((costs.get(key) ?? Number.POSITIVE_INFINITY) <= cost) continue;
        costs.set(key, cost);
        for (const [bit, step] of wanted.entries()) {
          const { from, to } = graph.steps[step] ?? { from: -1, to: -1 };
          if (from !== place) continue;
          layers[cost + 1] ??= [];
          layers[cost + 1]?.push({ place: to, taken: taken | (1 << bit) });
        }
      }
    }
    const done = [...costs].filter(([key]) => Number(key.split(' ')[1]) === all).map(([, cost]) => cost);
    if (done.length > 0) return { paths, steps: Math.min(...done) };
    atStart = new Map();
    for (const [key, cost] of costs) {
      const taken = Number(key.split(' ')[1]);
      atStart.set(taken, Math.min(atStart.get(taken) ?? Number.POSITIVE_INFINITY, cost));
    }
    begun = new Set(atStart.keys());
    expect(begun.size).toBeGreaterThan(0);
  }
}
