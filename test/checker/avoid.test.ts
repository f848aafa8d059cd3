import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeUnexplained } from '#checker/avoid.ts';
import { explore } from '#checker/explore.ts';
import type { Bound, LeadsTo, Run } from '#checker/formula.ts';
import { type NaiveGraph, naiveBound, naiveGraph, naiveHolds, naiveLeadsTo } from './naive.ts';
import { plans, predicatesOf, systemOf } from './random.ts';
import { graph } from './toy.ts';

const settings = { numRuns: 800, seed: 20261126 };

const some = fc.uniqueArray(fc.nat(4), { maxLength: 1 });
const all = fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }), { maxLength: 2 });
const asked = plans.chain((plan) =>
  fc.record({ plan: fc.constant(plan), p: predicatesOf(plan), q: predicatesOf(plan), byOne: some, byAll: all }),
);

type Explained = { byOne: ReadonlySet<number>; byAll: readonly ReadonlySet<number>[] };

/** The naive twin: every state once for each set of actions that a run has taken on its way there. */
function naiveHistory(plain: NaiveGraph, { byOne, byAll }: Explained) {
  const ids = new Map<string, number>();
  const states: number[][] = [];
  const depths: number[] = [];
  const taken: ReadonlySet<number>[] = [];
  const edges: { action: number; to: number }[][] = [];
  const enter = (state: number, done: ReadonlySet<number>, depth: number): number => {
    const key = `${state} ${[...done].sort().join()}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, states.length);
    depths.push(depth);
    taken.push(done);
    return states.push([...(plain.states[state] as readonly number[]), states.length, state]) - 1;
  };
  enter(0, new Set(), 0);
  for (let id = 0; id < states.length; id++) {
    const state = states[id]?.at(-1) as number;
    edges.push(
      (plain.edges[state] ?? []).map(({ action, to }) => ({
        action,
        to: enter(to, new Set([...(taken[id] ?? []), action]), (depths[id] as number) + 1),
      })),
    );
  }
  const isExplained = (done: ReadonlySet<number>) =>
    [...byOne].some((action) => done.has(action)) || byAll.some((set) => [...set].every((action) => done.has(action)));
  const counts = (locals: readonly number[]) => !isExplained(taken[locals.at(-2) as number] ?? new Set());
  return { twin: { system: plain.system, states, edges, depths }, counts };
}

const explainedBy = ({ byOne, byAll }: { byOne: number[]; byAll: number[][] }): Explained => ({
  byOne: new Set(byOne),
  byAll: byAll.map((set) => new Set(set)),
});

const takesAll = (run: Run, { byOne, byAll }: Explained) =>
  run.actions.some((action) => byOne.has(action)) ||
  byAll.some((set) => [...set].every((one) => run.actions.includes(one)));

test('a run that takes all actions of a set is explained, in whatever order; one that leaves one out is not', () => {
  const toy = graph('a left>b right>x, a right>c left>x, c long>d bad>x');
  const found = (...sets: string[][]) =>
    toy.draw(
      judgeUnexplained(explore(toy.system), [{ kind: 'always', name: 'never x', holds: toy.at('a', 'b', 'c', 'd') }], {
        byOne: new Set(),
        byAll: sets.map((set) => new Set(set.map(toy.act))),
      })[0]?.run ?? null,
    );
  expect(found()).toBe('a b x');
  expect(found(['left', 'right'])).toBe('a c d x');
  expect(found(['left', 'right'], ['bad'])).toBe('none');
});

test('states and steps: the shortest run that is not explained is the naive twin’s', () => {
  let changed = 0;
  fc.assert(
    fc.property(asked, ({ plan, p, q, ...sets }) => {
      const explained = explainedBy(sets);
      const system = systemOf(plan);
      const participants = system.fields.map((_, field) => field);
      const [state, step, witness] = judgeUnexplained(
        explore(system),
        [
          { kind: 'always', name: 'always p', holds: p },
          {
            kind: 'alwaysStep',
            name: 'p is not left for q',
            holds: { participants, holds: (before, after) => !naiveHolds(p, before) || !naiveHolds(q, after) },
          },
          { kind: 'sometimes', name: 'sometimes q', holds: q },
        ],
        explained,
      );
      const plain = naiveGraph(system);
      const { twin, counts } = naiveHistory(plain, explained);
      const at = (id: number) => twin.states[id] as readonly number[];
      const least = (lengths: readonly number[]) => (lengths.length === 0 ? null : Math.min(...lengths));
      const nearest = (ids: readonly number[]) => least(ids.map((id) => twin.depths[id] as number));
      const ids = [...twin.states.keys()].filter((id) => counts(at(id)));
      expect([state, step, witness].map((one) => one?.run?.actions.length ?? null)).toEqual([
        nearest(ids.filter((id) => !naiveHolds(p, at(id)))),
        least(
          twin.edges.flatMap((out, id) =>
            out.flatMap(({ to }) =>
              naiveHolds(p, at(id)) && naiveHolds(q, at(to)) && counts(at(to)) ? [(twin.depths[id] as number) + 1] : [],
            ),
          ),
        ),
        nearest(ids.filter((id) => naiveHolds(q, at(id)))),
      ]);
      if (ids.length < twin.states.length) changed++;
      for (const one of [state, step, witness]) if (one?.run) expect(takesAll(one.run, explained)).toBe(false);
    }),
    settings,
  );
  expect(changed).toBeGreaterThan(100);
});

test.each([
  { stays: false, forGood: false },
  { stays: true, forGood: false },
  { stays: true, forGood: true },
])('liveness: a fair run that is not explained is found exactly when the naive twin finds one: %o', (form) => {
  let broken = 0;
  fc.assert(
    fc.property(asked, ({ plan, p, q, ...sets }) => {
      const explained = explainedBy(sets);
      const system = systemOf(plan);
      const formula: LeadsTo = { kind: 'leadsTo', name: 'p leads to q', from: p, to: q, ...form };
      const [answer] = judgeUnexplained(explore(system), [formula], explained);
      const { twin, counts } = naiveHistory(naiveGraph(system), explained);
      expect(answer?.verdict === 'violated').toBe(naiveLeadsTo(twin, formula, new Set(), counts) !== null);
      if (!answer?.run) return;
      broken++;
      expect(takesAll(answer.run, explained)).toBe(false);
    }),
    settings,
  );
  expect(broken).toBeGreaterThan(100);
});

test('bounds: counts are the largest over the runs that are not explained', () => {
  let finite = 0;
  fc.assert(
    fc.property(asked, fc.uniqueArray(fc.nat(4), { minLength: 1 }), some, ({ plan, ...sets }, counted, ticks) => {
      const explained = explainedBy(sets);
      const system = systemOf(plan);
      const formula: Bound = { kind: 'bound', name: 'some', counted: new Set(counted), ticks: new Set(ticks) };
      const [answer] = judgeUnexplained(explore(system), [formula], explained);
      const { twin, counts } = naiveHistory(naiveGraph(system), explained);
      // A tick is held back by whatever is enabled, also by what the runs considered may not take.
      const expected = naiveBound(twin, formula, counts, counts);
      expect([answer?.bound?.perTick, answer?.bound?.total]).toEqual(expected);
      if (expected.every((one) => one !== 0 && one !== 'unbounded')) finite++;
    }),
    settings,
  );
  expect(finite).toBeGreaterThan(10);
});
