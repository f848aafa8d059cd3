import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { stepTruthsOf, tablesOf, truthsOf } from '#checker/tables.ts';
import { naiveGraph, naiveHolds, naiveSteps } from './naive.ts';
import { plans, predicatesOf, systemOf } from './random.ts';

test('tables over the states that were found say of every state what the actions say', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const system = systemOf(plan);
      const { fields, actions } = tablesOf(system, explore(system).found);
      const graph = naiveGraph(system);
      for (const locals of graph.states) {
        const byTable = actions.flatMap(({ action, rows, hearers }, id): [number, number[]][] => {
          const here = action.participants.map((field) => locals[field]);
          const same = rows.filter((row) => row.locals.join() === here.join());
          expect(same).toHaveLength(1);
          const next = same[0]?.next;
          if (!next) return [];
          const after = [...locals];
          for (const [at, field] of action.participants.entries()) after[field] = next[at] as number;
          for (const { field, next: heard } of hearers) after[field] = heard[locals[field] as number] as number;
          return [[id, after]];
        });
        expect(byTable).toEqual(naiveSteps(system, locals));
        for (const [field, local] of locals.entries()) expect(local).toBeLessThan(fields[field]?.size ?? 0);
      }
    }),
    { numRuns: 100 },
  );
});

test('the table of a question has each combination that occurs, once, with its answer', () => {
  fc.assert(
    fc.property(
      plans.chain((plan) => fc.record({ plan: fc.constant(plan), asked: predicatesOf(plan) })),
      ({ plan, asked }) => {
        const system = systemOf(plan);
        const exploration = explore(system, { edges: true });
        const { found } = exploration;
        const graph = naiveGraph(system);
        const of = (state: number) => asked.participants.map((field) => graph.states[state]?.[field] ?? -1);
        const answers = new Map(graph.states.map((locals, state) => [of(state).join(), naiveHolds(asked, locals)]));
        expect(new Map(truthsOf(found, asked).map(({ locals, holds }) => [locals.join(), holds]))).toEqual(answers);
        expect(truthsOf(found, asked)).toHaveLength(answers.size);

        const edges = exploration.edges();
        if (!edges) throw new Error('the edges were not kept');
        const step = {
          participants: asked.participants,
          holds: (was: readonly number[], is: readonly number[]) => was.join() !== is.join() && asked.holds(is),
        };
        const steps = new Map(
          graph.edges.flatMap((out, state) =>
            out.map(({ to }) => [[...of(state), ...of(to)].join(), step.holds(of(state), of(to))] as const),
          ),
        );
        const truths = stepTruthsOf(found, edges, step);
        expect(new Map(truths.map(({ locals, holds }) => [locals.join(), holds]))).toEqual(steps);
        expect(truths).toHaveLength(steps.size);
      },
    ),
    { numRuns: 100 },
  );
});
