import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Answer, Bound, Formula, LeadsTo, Run } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { replay } from '#checker/replay.ts';
import type { Predicate, System } from '#checker/system.ts';
import { type Trigger, withTrigger } from '#checker/trigger.ts';
import { type NaiveGraph, naiveBound, naiveGraph, naiveHolds, naiveLeadsTo, naiveWalk } from './naive.ts';
import { plans, predicatesOf, systemOf } from './random.ts';
import { graph } from './toy.ts';

const settings = { numRuns: 800, seed: 20261125 };

const triggers = fc
  .array(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 2 }), { maxLength: 3 })
  .map((places): Trigger => places.map((place) => new Set(place)));

const asked = plans.chain((plan) =>
  fc.record({ plan: fc.constant(plan), p: predicatesOf(plan), q: predicatesOf(plan), trigger: triggers }),
);

/** The naive twin: every state once for each suffix of the trigger that is still to come, written into the state itself. */
function naiveProduct(system: System, trigger: Trigger): NaiveGraph {
  const plain = naiveGraph(system);
  const ids = new Map<string, number>();
  const states: number[][] = [];
  const depths: number[] = [];
  const enter = (state: number, left: Trigger, depth: number): number => {
    const key = `${state} ${left.length}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, states.length);
    depths.push(depth);
    return states.push([...(plain.states[state] as readonly number[]), left.length, state]) - 1;
  };
  enter(0, trigger, 0);
  const edges = [];
  for (let id = 0; id < states.length; id++) {
    const [left, state] = (states[id] as number[]).slice(-2) as [number, number];
    const rest = trigger.slice(trigger.length - left);
    edges.push(
      (plain.edges[state] ?? []).map(({ action, to }) => ({
        action,
        to: enter(to, rest[0]?.has(action) ? rest.slice(1) : rest, (depths[id] as number) + 1),
      })),
    );
  }
  return { system, states, edges, depths };
}

const leftOf = (locals: readonly number[]) => locals.at(-2) as number;

/** Whether a run takes the trigger's places in order, its cycle as often as it likes. */
function contains({ actions, loopsTo }: Run, trigger: Trigger): boolean {
  const cycle = loopsTo === null ? [] : actions.slice(loopsTo);
  const whole = [...actions, ...trigger.flatMap(() => cycle)];
  return whole.reduce((filled, action) => filled + (trigger[filled]?.has(action) ? 1 : 0), 0) === trigger.length;
}

function answersOf(system: System, trigger: Trigger, formulas: readonly Formula[]): Answer[] {
  const { system: watched, seen } = withTrigger(system, trigger);
  return judge(explore(watched), formulas, { after: seen });
}

test('a run is found exactly when one that breaks the promise contains the trigger in order', () => {
  const toy = graph('a left>b bad>x, a right>c bad>x, b cross>c');
  const holds: Predicate = toy.at('a', 'b', 'c');
  const found = (...names: string[]) =>
    toy.draw(
      answersOf(
        toy.system,
        names.map((name) => new Set([toy.act(name)])),
        [{ kind: 'always', name: 'never x', holds }],
      )[0]?.run ?? null,
    );
  expect(found()).toBe('a b x');
  expect(found('right')).toBe('a c x');
  expect(found('left', 'cross')).toBe('a b c x');
  expect(found('cross', 'left')).toBe('none');
  expect(found('bad', 'left')).toBe('none');
});

test('a trigger that starts before a cycle and ends within it is contained', () => {
  const toy = graph('a go>b turn>c back>b');
  const [answer] = answersOf(
    toy.system,
    [new Set([toy.act('back')]), new Set([toy.act('turn')])],
    [
      {
        kind: 'leadsTo',
        name: 'b leads to a',
        from: toy.at('b', 'c'),
        to: toy.at('a'),
        stays: true,
        forGood: false,
      },
    ],
  );
  expect(answer?.verdict).toBe('violated');
  expect(answer?.run && contains(answer.run, [new Set([toy.act('back')]), new Set([toy.act('turn')])])).toBe(true);
});

test('states and steps: the shortest run that breaks the promise and contains the trigger is the naive twin’s', () => {
  let broken = 0;
  fc.assert(
    fc.property(asked, ({ plan, p, q, trigger }) => {
      const system = systemOf(plan);
      const participants = system.fields.map((_, field) => field);
      const [state, step, witness, possible] = answersOf(system, trigger, [
        { kind: 'always', name: 'always p', holds: p },
        {
          kind: 'alwaysStep',
          name: 'p is not left for q',
          holds: { participants, holds: (before, after) => !naiveHolds(p, before) || !naiveHolds(q, after) },
        },
        { kind: 'sometimes', name: 'sometimes q', holds: q },
        { kind: 'possible', name: 'p is possible', goal: p },
      ]);
      const { states, edges, depths } = naiveProduct(system, trigger);
      const at = (id: number) => states[id] as readonly number[];
      const nearest = (all: readonly number[]) => (all.length === 0 ? null : Math.min(...all));
      const ids = [...states.keys()].filter((id) => leftOf(at(id)) === 0);
      const goal = new Set([...states.keys()].filter((id) => naiveHolds(p, at(id))));
      for (let size = -1; size !== goal.size; ) {
        size = goal.size;
        for (const [id, out] of edges.entries()) if (out.some(({ to }) => goal.has(to))) goal.add(id);
      }
      expect([state, step, witness, possible].map((one) => one?.run?.actions.length ?? null)).toEqual([
        nearest(ids.filter((id) => !naiveHolds(p, at(id))).map((id) => depths[id] as number)),
        nearest(
          edges.flatMap((out, id) =>
            out.flatMap(({ to }) =>
              naiveHolds(p, at(id)) && naiveHolds(q, at(to)) && leftOf(at(to)) === 0
                ? [(depths[id] as number) + 1]
                : [],
            ),
          ),
        ),
        nearest(ids.filter((id) => naiveHolds(q, at(id))).map((id) => depths[id] as number)),
        nearest(ids.filter((id) => !goal.has(id)).map((id) => depths[id] as number)),
      ]);
      for (const answer of [state, step, witness, possible]) {
        if (!answer?.run) continue;
        broken += trigger.length > 0 ? 1 : 0;
        expect(contains(answer.run, trigger)).toBe(true);
        expect(replay(system, answer.run).kind).toBe('replayed');
      }
    }),
    settings,
  );
  expect(broken).toBeGreaterThan(100);
});

test.each([
  { stays: false, forGood: false },
  { stays: true, forGood: false },
  { stays: true, forGood: true },
])('liveness: a fair run that contains the trigger is found exactly when the naive twin finds one: %o', (form) => {
  let broken = 0;
  fc.assert(
    fc.property(asked, ({ plan, p, q, trigger }) => {
      const system = systemOf(plan);
      const formula: LeadsTo = { kind: 'leadsTo', name: 'p leads to q', from: p, to: q, ...form };
      const [answer] = answersOf(system, trigger, [formula]);
      const twin = naiveProduct(system, trigger);
      const expected = naiveLeadsTo(twin, formula, new Set(), (locals) => leftOf(locals) === 0);
      const { actions, loopsTo } = answer?.run ?? { actions: [], loopsTo: null };
      expect(answer?.run ? [loopsTo ?? actions.length, loopsTo === null ? 0 : actions.length - loopsTo] : null).toEqual(
        expected,
      );
      if (!answer?.run) return;
      broken += trigger.length > 0 ? 1 : 0;
      expect(contains(answer.run, trigger)).toBe(true);
      expect(naiveWalk(system, answer.run)).not.toBeNull();
    }),
    settings,
  );
  expect(broken).toBeGreaterThan(50);
});

test('bounds: what is counted is what comes after the trigger, as the naive twin counts it', () => {
  const kinds = { finite: 0, unbounded: 0 };
  fc.assert(
    fc.property(
      asked,
      fc.uniqueArray(fc.nat(4), { minLength: 1 }),
      fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
      ({ plan, trigger }, some, others) => {
        const formula: Bound = { kind: 'bound', name: 'some', counted: new Set(some), ticks: new Set(others) };
        const system = systemOf(plan);
        const [answer] = answersOf(system, trigger, [formula]);
        const bound = answer?.bound ?? expect.fail('no bound');
        const twin = naiveProduct(system, trigger);
        expect([bound.perTick, bound.total]).toEqual(naiveBound(twin, formula, (locals) => leftOf(locals) === 0));
        for (const [supremum, run] of [
          [bound.perTick, bound.perTickRun],
          [bound.total, bound.totalRun],
        ] as const) {
          if (supremum === 0 || trigger.length === 0) continue;
          kinds[supremum === 'unbounded' ? 'unbounded' : 'finite']++;
          expect(run && contains(run, trigger)).toBe(true);
        }
      },
    ),
    { ...settings, numRuns: 4000 },
  );
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(10);
});
