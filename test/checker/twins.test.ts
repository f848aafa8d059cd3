import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Exploration, explore } from '#checker/explore.ts';
import type { Answer, Bound, Formula, LeadsTo } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { replay } from '#checker/replay.ts';
import type { Predicate, System } from '#checker/system.ts';
import { naiveBound, naiveGraph, naiveHolds, naiveLeadsTo, naivePossible, naiveWalk } from './naive.ts';
import { plans, predicatesOf, systemOf } from './random.ts';

const settings = { numRuns: 1500, seed: 20261124 };

const asked = plans.chain((plan) =>
  fc.record({ plan: fc.constant(plan), p: predicatesOf(plan), q: predicatesOf(plan) }),
);

test.each(['plain', 'compiled', 'auto'] as const)(
  'the %s loop finds the states and steps that the naive twin finds',
  (loop) => {
    fc.assert(
      fc.property(plans, (plan) => {
        // The twin goes first over a system of its own: the explorer must cope with fields that grow under it.
        const exploration = explore(systemOf(plan), { loop });
        const twin = naiveGraph(exploration.system);
        const locals = Array.from({ length: exploration.states }, (_, id) => exploration.locals(id));
        expect(locals.map(String).sort()).toEqual(twin.states.map(String).sort());
        expect(exploration.transitions).toBe(twin.edges.flat().length);
        expect(exploration.depth).toBe(Math.max(...twin.depths));
        for (const [id, state] of twin.states.entries()) {
          const found = locals.findIndex((other) => String(other) === String(state));
          expect(exploration.depthOf(found)).toBe(twin.depths[id]);
          const run = exploration.run(found);
          expect(run.actions).toHaveLength(twin.depths[id] as number);
          expect(naiveWalk(exploration.system, run)?.at(-1)).toEqual(state);
        }
      }),
      settings,
    );
  },
);

test('a visited set in pages finds the same states under the same ids as an index, and the same steps afterwards', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: 30 }), (plan, pagesFrom) => {
      const [indexed, paged] = [{ loop: 'plain' }, { loop: 'compiled', pagesFrom }] as const;
      expect(picture(explore(systemOf(plan), paged))).toEqual(picture(explore(systemOf(plan), indexed)));
      expect(picture(explore(systemOf(plan), { ...paged, maxStates: pagesFrom + 5 }), false)).toEqual(
        picture(explore(systemOf(plan), { ...indexed, maxStates: pagesFrom + 5 }), false),
      );
    }),
    settings,
  );
});

function picture(exploration: Exploration, withSteps = true) {
  const { states, transitions, depth, expanded, stopped, found } = exploration;
  const edges = withSteps ? exploration.edges() : null;
  return {
    ...{ states, transitions, depth, expanded, stopped },
    locals: Array.from({ length: states }, (_, id) => exploration.locals(id)),
    parents: found.parents.slice(0, states),
    via: found.via.slice(1, states),
    rows: edges?.rows.slice(0, expanded + 1),
    targets: edges?.targets.slice(0, edges.count),
    labels: edges?.labels.slice(0, edges.count),
  };
}

test('ids and runs depend on the system alone, not on what was known of it before', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const system = systemOf({ ...plan, fields: plan.fields.map((field) => ({ ...field, grows: false })) });
      const growing = explore(systemOf(plan));
      const known = explore(system);
      for (let id = 0; id < known.states; id++) expect(growing.run(id)).toEqual(known.run(id));
    }),
    settings,
  );
});

test('a promise about states is broken exactly when its negation has a witness, and the run is a shortest one', () => {
  fc.assert(
    fc.property(asked, ({ plan, p }) => {
      const system = systemOf(plan);
      const not: Predicate = { participants: p.participants, holds: (locals) => !p.holds(locals) };
      const [always, sometimes] = answers(system, [
        { kind: 'always', name: 'always p', holds: p },
        { kind: 'sometimes', name: 'sometimes not p', holds: not },
      ]);
      expect(always?.verdict === 'violated').toBe(sometimes?.verdict === 'holds');
      expect(always?.run).toEqual(sometimes?.run);
      const { states, depths } = naiveGraph(system);
      const broken = [...states.keys()].filter((id) => !naiveHolds(p, states[id] as readonly number[]));
      expect(always?.run?.actions.length ?? null).toBe(
        broken.length === 0 ? null : Math.min(...broken.map((id) => depths[id] as number)),
      );
      if (always?.run) expect(naiveHolds(p, naiveWalk(system, always.run)?.at(-1) ?? [])).toBe(false);
    }),
    settings,
  );
});

test('a promise about steps is broken by the nearest step that breaks it', () => {
  fc.assert(
    fc.property(asked, ({ plan, p, q }) => {
      const system = systemOf(plan);
      const participants = [...new Set([...p.participants, ...q.participants])].sort((a, b) => a - b);
      const part = (predicate: Predicate, locals: readonly number[]) =>
        predicate.holds(predicate.participants.map((field) => locals[participants.indexOf(field)] as number));
      const [answer] = answers(system, [
        {
          kind: 'alwaysStep',
          name: 'p is not left for q',
          holds: { participants, holds: (before, after) => !part(p, before) || !part(q, after) },
        },
      ]);
      const { states, edges, depths } = naiveGraph(system);
      const breaking = edges.flatMap((out, from) =>
        out
          .filter(({ to }) => naiveHolds(p, states[from] ?? []) && naiveHolds(q, states[to] ?? []))
          .map(() => (depths[from] as number) + 1),
      );
      expect(answer?.run?.actions.length ?? null).toBe(breaking.length === 0 ? null : Math.min(...breaking));
    }),
    settings,
  );
});

test('a goal is possible exactly when the naive twin gets there from everywhere', () => {
  fc.assert(
    fc.property(asked, ({ plan, p }) => {
      const system = systemOf(plan);
      const [answer] = answers(system, [{ kind: 'possible', name: 'p', goal: p }]);
      expect(answer?.run?.actions.length ?? null).toBe(naivePossible(naiveGraph(system), p));
    }),
    settings,
  );
});

test.each([
  { stays: false, forGood: false },
  { stays: true, forGood: false },
  { stays: true, forGood: true },
])(
  'a fair run that breaks a promise is found exactly when there is one, shortest stem then shortest cycle: %o',
  (form) => {
    let broken = 0;
    fc.assert(
      fc.property(
        asked,
        fc.array(fc.nat(4), { maxLength: 1 }),
        fc.array(fc.nat(4), { maxLength: 1 }),
        ({ plan, p, q }, rare, banned) => {
          const system = systemOf(plan);
          const formula: LeadsTo = {
            kind: 'leadsTo',
            name: 'p leads to q',
            from: p,
            to: q,
            ...form,
            finitelyOften: new Set(rare),
          };
          const without = new Set(banned);
          const [answer] = judge(explore(system), [formula], { without });
          const expected = naiveLeadsTo(naiveGraph(system), formula, without);
          expect(lengthsOf(answer)).toEqual(expected);
          if (answer?.run) {
            broken++;
            expect(naiveWalk(system, answer.run)).not.toBeNull();
            expect(replay(system, answer.run).kind).toBe('replayed');
            expect(answer.run.actions.some((action) => without.has(action))).toBe(false);
          }
        },
      ),
      settings,
    );
    expect(broken).toBeGreaterThan(100);
  },
);

test('bounds are those of the naive twin, and their runs reach them', () => {
  const kinds = { finite: 0, unbounded: 0 };
  fc.assert(
    fc.property(
      plans,
      fc.uniqueArray(fc.nat(4), { minLength: 1 }),
      fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
      (plan, some, others) => {
        const system = systemOf(plan);
        const formula: Bound = { kind: 'bound', name: 'some', counted: new Set(some), ticks: new Set(others) };
        const [answer] = answers(system, [formula]);
        const bound = answer?.bound ?? expect.fail('no bound');
        expect([bound.perTick, bound.total]).toEqual(naiveBound(naiveGraph(system), formula));
        for (const [supremum, run, isCounted] of [
          [
            bound.perTick,
            bound.perTickRun,
            (action: number) => formula.counted.has(action) && !formula.ticks.has(action),
          ],
          [bound.total, bound.totalRun, (action: number) => formula.counted.has(action)],
        ] as const) {
          expect(naiveWalk(system, run ?? expect.fail('no run'))).not.toBeNull();
          const cycle = run?.actions.slice(run.loopsTo ?? 0) ?? [];
          if (supremum === 'unbounded') {
            kinds.unbounded++;
            expect(cycle.some(isCounted)).toBe(true);
          } else {
            kinds.finite += supremum === 0 ? 0 : 1;
            expect(cycle.filter(isCounted).length).toBeGreaterThanOrEqual(supremum as number);
          }
        }
      },
    ),
    settings,
  );
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(100);
});

function answers(system: System, formulas: readonly Formula[]): Answer[] {
  return judge(explore(system), formulas);
}

function lengthsOf(answer: Answer | undefined): [number, number] | null {
  if (!answer?.run) return null;
  const { actions, loopsTo } = answer.run;
  return loopsTo === null ? [actions.length, 0] : [loopsTo, actions.length - loopsTo];
}
