import { expect, test, vi } from 'vitest';
import { coverage } from '#checker/coverage.ts';
import { explore, type Progress } from '#checker/explore.ts';
import { replay } from '#checker/replay.ts';
import { type Action, disabled, type System } from '#checker/system.ts';
import { graph, grid, together } from './toy.ts';

test.each([
  ['a>a', 1, 1, 0],
  ['a>b>c', 3, 2, 2],
  ['a>b>c>a', 3, 3, 2],
  ['a>b>d, a>c>d', 4, 4, 2],
  ['a>b, c>d', 2, 1, 1],
])('%s has %i states, %i transitions and depth %i', (drawing, states, transitions, depth) => {
  expect(explore(graph(drawing).system)).toMatchObject({ states, transitions, depth, stopped: null });
});

test('systems side by side have the product of their states', () => {
  const ring = graph('a>b>c>a').system;
  expect(explore(together(ring, ring, ring))).toMatchObject({ states: 27, transitions: 81, depth: 6 });
});

test('a system without fields or actions has one state', () => {
  expect(explore({ fields: [], actions: [] })).toMatchObject({ states: 1, transitions: 0, depth: 0, stopped: null });
});

test('a run to a state is a shortest one', () => {
  const toy = graph('a>b>c>d>e, a>d');
  const { states, run, locals } = explore(toy.system);
  const drawn = Array.from({ length: states }, (_, id) => [locals(id)[0], toy.draw(run(id))]);
  expect(drawn.sort()).toEqual([
    [0, 'a'],
    [1, 'a b'],
    [2, 'a b c'],
    [3, 'a d'],
    [4, 'a d e'],
  ]);
});

test('a state that was not found is refused by number', () => {
  expect(() => explore(graph('a>b').system).locals(2)).toThrow('There is no state 2; 2 were found.');
});

test.each(['plain', 'compiled', 'auto'] as const)('fields may grow far into the search (%s)', (loop) => {
  const system = grid(3, 40);
  const exploration = explore(system, { loop, edges: true });
  expect(exploration).toMatchObject({ states: 40 ** 3, transitions: 3 * 40 ** 3, depth: 3 * 39, stopped: null });
  expect(exploration.locals(40 ** 3 - 1)).toEqual([39, 39, 39]);
  expect(exploration.edges()?.count).toBe(3 * 40 ** 3);
  for (let id = 0; id < exploration.states; id += 997) {
    const run = exploration.run(id);
    expect(run.actions).toHaveLength(exploration.depthOf(id));
    const replayed = replay(system, run);
    expect(replayed.kind === 'replayed' && (replayed.steps.at(-1)?.after ?? [0, 0, 0])).toEqual(exploration.locals(id));
  }
});

test('an action is asked once for each view of its participants, however often states are packed anew', () => {
  let asked = 0;
  explore(grid(3, 40, () => asked++));
  expect(asked).toBe(3 * 40);
});

test('an action that says what it looks at is asked once for each thing that it tells apart', () => {
  let asked = 0;
  const system = counters(2, 40);
  const wide: Action = {
    name: 'both at the end',
    fairness: 'none',
    participants: [0, 1],
    step: ([a, b]) => (a === 39 && b === 39 ? [0, 0] : disabled),
    look(locals) {
      asked++;
      const [a, b] = locals;
      return { next: a === 39 && b === 39 ? [0, 0] : disabled, places: a === 39 ? [0, 1] : [0] };
    },
  };
  expect(explore({ ...system, actions: [...system.actions, wide] })).toMatchObject({ states: 1600, stopped: null });
  expect(asked).toBe(39 + 40);
});

test('an action that does not keep to what it says it looks at is refused by name', () => {
  const system = counters(2, 4);
  const changing = (places: (locals: readonly number[]) => readonly number[]): Action => ({
    name: 'liar',
    fairness: 'none',
    participants: [0, 1],
    step: ([a, b]) => (a === 2 && b !== undefined ? [a, 3 - b] : disabled),
    look: ([a = 0, b = 0]) => ({ next: a === 2 ? [a, 3 - b] : disabled, places: places([a, b]) }),
  });
  const exploring = (liar: Action) => () => explore({ ...system, actions: [...system.actions, liar] });
  expect(exploring(changing(() => [0]))).toThrow('liar changes counter 1, at which it says it did not look.');
  expect(exploring(changing(([a]) => (a === 2 ? [1, 0] : [0])))).toThrow('liar does not look at its participants');
});

test('steps that were not kept are found again, the same ones', () => {
  const kept = explore(grid(2, 30), { edges: true });
  const again = explore(grid(2, 30));
  const rows = ({ edges, states }: typeof kept) => {
    const { rows: starts, targets, labels, count } = edges() ?? expect.fail('edges were refused');
    return [starts.slice(0, states + 1), targets.slice(0, count), labels.slice(0, count)].map(String);
  };
  expect(rows(again)).toEqual(rows(kept));
});

test('where code may not be generated, the plain loop does the work', () => {
  vi.stubGlobal('Function', function refused() {
    throw new EvalError('Refused by the security policy.');
  });
  try {
    expect(explore(grid(3, 40), { loop: 'compiled' })).toMatchObject({ states: 40 ** 3, stopped: null });
  } finally {
    vi.unstubAllGlobals();
  }
});

test('a limit on states stops the search and says so; one that is just met does not', () => {
  expect(explore(grid(2, 10), { maxStates: 99 }).stopped).toBe('maxStates');
  expect(explore(grid(2, 10), { maxStates: 100 }).stopped).toBeNull();
});

test.each([
  ['an index', Number.POSITIVE_INFINITY],
  ['pages', 5_000],
])('a limit on memory stops the search, and what it counts stays below it (%s)', (_, pagesFrom) => {
  const exploration = explore(grid(4, 30), { maxMemory: 2 ** 20, pagesFrom });
  expect(exploration.stopped).toBe('maxMemory');
  expect(exploration.bytes).toBeLessThanOrEqual(2 ** 20);
  expect(exploration.states).toBeGreaterThan(1_000);
});

test.each([
  ['an index', Number.POSITIVE_INFINITY],
  ['pages', 5_000],
])('steps that would break the limit on memory are not kept (%s)', (_, pagesFrom) => {
  expect(explore(grid(3, 40), { maxMemory: 2.5 * 2 ** 20, pagesFrom })).toMatchObject({ stopped: null });
  expect(explore(grid(3, 40), { maxMemory: 2.5 * 2 ** 20, pagesFrom }).edges()).toBeNull();
});

test('an abort stops the search', () => {
  expect(explore(grid(2, 10), { signal: { aborted: true } })).toMatchObject({ stopped: 'aborted', expanded: 0 });
});

test('progress is told at least every 100 ms of the given clock, and at the end', () => {
  let time = 0;
  const seen: Progress[] = [];
  const { states, transitions, elapsed } = explore(grid(3, 40), {
    now: () => time++,
    onProgress: (now) => seen.push(now),
  });
  const times = seen.map((progress) => progress.elapsed);
  expect(Math.max(...times.map((at, i) => at - (times[i - 1] ?? 0)))).toBeLessThanOrEqual(105);
  expect(seen.at(-1)).toMatchObject({ states, transitions, expanded: states, frontier: 0, depth: 117 });
  expect(elapsed).toBeGreaterThan(0);
});

test('coverage names what was never taken and never reached', () => {
  const toy = graph('a go>b, b>a, c never>a');
  expect(coverage(explore(toy.system))).toEqual({
    taken: [1, 1, 0],
    locals: [[true, true, false]],
  });
});

test('an answer outside of its field is refused by name', () => {
  const { system } = graph('a>b');
  const wrong = {
    ...system,
    actions: [{ name: 'jump', fairness: 'none' as const, participants: [0], step: () => [7] }],
  };
  expect(() => explore(wrong)).toThrow('jump puts at into local state 7; it knows 2.');
});

/** Counters whose number of values is known from the start. */
function counters(count: number, size: number): System {
  const system = grid(count, size);
  return { ...system, fields: system.fields.map((field) => ({ ...field, size: () => size })) };
}
