import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTROL, type Crew, type Job, makeHelp } from '#checker/crew.ts';
import { type Exploration, type ExploreOptions, explore } from '#checker/explore.ts';
import { plans, systemOf } from './random.ts';
import { grid } from './toy.ts';

/** A crew that is done before its leader begins. */
const eager: Crew = { size: 1, start: makeHelp() };

/** A crew that never comes. */
const absent: Crew = { size: 1, start: () => {} };

/** A crew that comes one job too late. */
const late: Crew = {
  size: 1,
  start(job) {
    if (before) help(before);
    before = job;
  },
};
const help = makeHelp();
let before: Job | null = null;

/** Threads, as the command line hires them. */
const threads: Worker[] = [];
const crew: Crew = {
  size: 2,
  start: (job) => {
    for (const thread of threads) thread.postMessage(job);
  },
};

beforeAll(() => {
  for (let i = 0; i < crew.size; i++)
    threads.push(new Worker(new URL('../../dist/cli/search-helper.js', import.meta.url), { execArgv: [] }));
});
afterAll(() => Promise.all(threads.map((thread) => thread.terminate())));

describe.each([
  ['threads', crew],
  ['a crew that is early', eager],
  ['a crew that is late', late],
  ['a crew that is absent', absent],
] as const)('with %s the search finds what one thread alone finds', (_, helpers) => {
  test('in random systems: states, ids, parents and steps', () => {
    fc.assert(
      fc.property(plans, fc.boolean(), (plan, edges) => {
        const alone = explore(systemOf(plan), { edges });
        const together = explore(systemOf(plan), { edges, crew: helpers, crewFrom: 1, loop: 'compiled' });
        expect(everything(together)).toEqual(everything(alone));
      }),
      { numRuns: 300, seed: 20261125 },
    );
  });

  test.each([true, false])('where fields, memos and arrays grow under it (steps kept: %s)', (edges) => {
    const options: ExploreOptions = { edges };
    const alone = explore(grid(3, 40), options);
    const together = explore(grid(3, 40), { ...options, crew: helpers, crewFrom: 300 });
    expect(everything(together)).toEqual(everything(alone));
  });

  test.each([{ maxStates: 30_000 }, { maxMemory: 4_000_000 }, { maxMemory: 1_000_000 }, { signal: { aborted: true } }])(
    'and stops at the same limit: %o',
    (limit) => {
      const alone = explore(grid(3, 40), limit);
      const together = explore(grid(3, 40), { ...limit, crew: helpers, crewFrom: 300 });
      expect(together.stopped).toBe(alone.stopped);
      if ('maxStates' in limit) expect(everything(together)).toEqual(everything(alone));
    },
  );
});

test('a thread that fails stops the search with an error, not for ever', () => {
  const failing: Crew = {
    size: 1,
    start: ({ board: { control } }) => {
      control[CONTROL.next] = 1_000_000;
      control[CONTROL.failed] = 1;
    },
  };
  expect(() => explore(grid(3, 40), { crew: failing, crewFrom: 300 })).toThrow('A thread of the search has failed.');
});

function everything(exploration: Exploration): unknown {
  const { states, transitions, expanded, depth, stopped, found } = exploration;
  const edges = exploration.edges();
  return {
    counts: { states, transitions, expanded, depth, stopped },
    locals: Array.from({ length: states }, (_, id) => exploration.locals(id).join()).join(' '),
    parents: found.parents.slice(0, states).join(),
    via: found.via.slice(0, states).join(),
    rows: edges?.rows.slice(0, expanded + 1).join(),
    targets: edges?.targets.slice(0, edges.count).join(),
    labels: edges?.labels.slice(0, edges.count).join(),
  };
}
