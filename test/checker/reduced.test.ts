import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Run } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { isReducible, type Reducible, type Reduction, searchReduced } from '#checker/reduced.ts';
import { initialLocals, takeAction } from '#checker/step.ts';
import { type Exchange, exchanged, NotAlike } from '#checker/symmetry.ts';
import { disabled, type Predicate, type System } from '#checker/system.ts';
import { type Plan, plans, predicatesOf, systemOf } from './random.ts';
import { graph, together } from './toy.ts';

const small = plans.map(
  (plan): Plan => ({ ...plan, fields: plan.fields.map((one) => ({ ...one, padded: false, grows: false })) }),
);

/** Every way to exchange some copies of one system that stand side by side. */
function exchangesOf(copies: number, one: System): Exchange[] {
  const orders = permutations(copies).filter((order) => order.some((to, at) => to !== at));
  const moved = (count: number, order: readonly number[]) =>
    order.flatMap((to) => Array.from({ length: count }, (_, at) => to * count + at));
  return orders.map((order) => ({
    name: order.join(''),
    fields: moved(one.fields.length, order),
    actions: moved(one.actions.length, order),
    local: (_, local) => local,
  }));
}

function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((order) =>
    Array.from({ length: size }, (_, at) => [...order.slice(0, at), size - 1, ...order.slice(at)]),
  );
}

/** A question about one copy, asked of every copy. */
const ofEach = (copies: number, one: System, { participants, holds }: Predicate): Reducible[] =>
  Array.from({ length: copies }, (_, copy) => ({
    kind: 'always',
    name: `copy ${copy}`,
    holds: { participants: participants.map((field) => field + copy * one.fields.length), holds },
  }));

/** Whether the run ends in a state, or a step, that breaks the formula. */
function breaks(system: System, formula: Reducible, run: Run | null): boolean {
  let before: number[] = [];
  let here = initialLocals(system);
  for (const action of run?.actions ?? []) {
    const next = takeAction(system, here, action);
    if (next === disabled) return false;
    [before, here] = [here, next];
  }
  const of = (all: readonly number[]) => formula.holds.participants.map((field) => all[field] as number);
  return formula.kind === 'alwaysStep' ? !formula.holds.holds(of(before), of(here)) : !formula.holds.holds(of(here));
}

const shortest = (answers: readonly { readonly run: Run | null }[]) =>
  Math.min(...answers.map(({ run }) => run?.actions.length ?? Number.POSITIVE_INFINITY));

describe('symmetry', () => {
  test('one state of each orbit is searched, and a promise of all copies is broken there exactly if it is anywhere', () => {
    fc.assert(
      fc.property(
        small.chain((plan) =>
          fc.record({ plan: fc.constant(plan), holds: predicatesOf(plan), copies: fc.integer({ min: 2, max: 3 }) }),
        ),
        ({ plan, holds, copies }) => {
          const one = systemOf(plan);
          const system = together(...Array.from({ length: copies }, () => systemOf(plan)));
          const exchanges = exchangesOf(copies, one);
          const formulas = ofEach(copies, one, holds);
          const full = explore(system);
          const found = searchReduced(system, formulas, { kind: 'symmetry', exchanges });
          const orbits = new Set(
            Array.from({ length: full.states }, (_, id) => {
              const images = [full.locals(id), ...exchanges.map((exchange) => exchanged(exchange, full.locals(id)))];
              return images.map(String).sort()[0];
            }),
          );
          expect(found.states).toBe(orbits.size);
          const answers = judge(full, formulas);
          const broken = (all: typeof answers) => all.some(({ verdict }) => verdict === 'violated');
          expect(broken(found.answers as typeof answers)).toBe(broken(answers));
          expect(shortest(found.answers)).toBe(shortest(answers));
          for (const { formula, run } of found.answers)
            if (run) expect(breaks(system, formula as Reducible, run)).toBe(true);
        },
      ),
      { seed: 25349, numRuns: 150 },
    );
  });

  test('parts that are not alike are refused by the name of what tells them apart', () => {
    const system = together(graph('a go>b').system, graph('a go>b, a back>a').system);
    const exchange: Exchange = {
      name: 'left and right',
      fields: [1, 0],
      actions: [1, 0, 2],
      local: (_, local) => local,
    };
    expect(() => searchReduced(system, [], { kind: 'symmetry', exchanges: [exchange] })).toThrow(NotAlike);
    expect(() => searchReduced(system, [], { kind: 'symmetry', exchanges: [exchange] })).toThrow(
      /left and right: "back"/,
    );
  });
});

describe('ample sets', () => {
  const ample: Reduction = { kind: 'ample' };

  test('a promise is broken in the reduced search exactly if it is in the full one, by a run of the system', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(small, small, small)
          .chain((all) => fc.record({ all: fc.constant(all), holds: predicatesOf(all[0]), isOfSteps: fc.boolean() })),
        ({ all, holds, isOfSteps }) => {
          const system = together(...all.map(systemOf));
          const formula: Reducible = isOfSteps
            ? {
                kind: 'alwaysStep',
                name: 'p',
                holds: { ...holds, holds: (before, after) => holds.holds(before) || holds.holds(after) },
              }
            : { kind: 'always', name: 'p', holds };
          const [full] = judge(explore(system), [formula]);
          const [reduced] = searchReduced(system, [formula], ample).answers;
          expect(reduced?.verdict).toBe(full?.verdict);
          if (reduced?.run) expect(breaks(system, formula, reduced.run)).toBe(true);
        },
      ),
      { seed: 25349, numRuns: 300 },
    );
  });

  test('of what shares nothing with the question one order is searched', () => {
    const system = together(...Array.from({ length: 6 }, () => graph('a>b>c').system));
    const formula: Reducible = {
      kind: 'always',
      name: 'p',
      holds: { participants: [0], holds: ([local]) => local !== 2 },
    };
    const found = searchReduced(system, [formula], ample);
    expect(explore(system).states).toBe(3 ** 6);
    expect(found.states).toBeLessThan(30);
    expect(found.saved).toBeGreaterThan(0);
    expect(found.answers[0]?.verdict).toBe('violated');
  });

  test('what can only be told at the end of a circle is not put off for ever', () => {
    // The left circles for ever without a word; the right must still be seen to break its promise.
    const system = together(graph('a>b>a').system, graph('a>b').system);
    const formula: Reducible = {
      kind: 'always',
      name: 'p',
      holds: { participants: [1], holds: ([local]) => local === 0 },
    };
    expect(searchReduced(system, [formula], ample).answers[0]?.verdict).toBe('violated');
  });
});

test('a limit leaves open what was not seen, and what repeats for ever is no question for a reduced search', () => {
  const system = together(graph('a>b>c>d').system, graph('a>b>c>d').system);
  const formula: Reducible = { kind: 'always', name: 'p', holds: { participants: [0], holds: () => true } };
  const { answers, stopped } = searchReduced(system, [formula], { kind: 'ample' }, { maxStates: 1 });
  expect([stopped, answers[0]?.verdict]).toEqual(['maxStates', 'unknown']);
  expect(isReducible({ kind: 'possible', name: 'p', goal: formula.holds })).toBe(false);
});
