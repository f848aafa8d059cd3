import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Formula, LeadsTo } from '#checker/formula.ts';
import type { System } from '#checker/system.ts';
import { tablesOf } from '#checker/tables.ts';
import { exportWorld } from '#cli/exporting.ts';
import { provable } from '#cli/provable.ts';
import { proveWorld } from '#cli/proving.ts';
import { type Spin, spinHere, timeSpin } from '#cli/spin.ts';
import { defaultDesigns, findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { questionOf, weakened } from '#report/promela/asking.ts';
import type { PanFindings } from '#report/promela/pan.ts';
import { renderPromela } from '#report/promela/promela.ts';
import { type NaiveGraph, naiveGraph, naiveHolds, naiveLeadsTo } from '../checker/naive.ts';
import { plans, predicatesOf, systemOf } from '../checker/random.ts';
import { graph } from '../checker/toy.ts';
import { whyNoSpin } from '../spin.ts';

const missing = await whyNoSpin();
const withSpin = describe.skipIf(missing !== null);
const because = missing === null ? '' : ` (${missing})`;
const patient = { timeout: 300_000 };

/** What Spin says of a system that was searched to the end, or up to so many states. */
async function viaSpin(system: System, formulas: readonly Formula[], maxStates?: number) {
  const exploration = explore(system, { edges: true, ...(maxStates !== undefined && { maxStates }) });
  const edges = exploration.edges();
  if (!edges) throw new Error('the edges were not kept');
  const questions = formulas.map((formula) => {
    const question = questionOf(exploration.found, edges, formula);
    if (!question) throw new Error(`Spin cannot be asked ${formula.name}`);
    return question;
  });
  const tables = tablesOf(system, exploration.found);
  return spinHere.search({
    text: renderPromela({ title: ['a toy'], tables, questions, says: (_, local) => `state ${local}` }),
    formulas: questions.flatMap(({ kind }, at) => (kind === 'leadsTo' ? [at] : [])),
    states: exploration.states,
    maxMemory: 2 ** 30,
  });
}

const broken = ({ failed }: PanFindings, array: string) =>
  [...new Set(failed.flatMap((one) => (one.array === array ? [one.at] : [])))].sort();

/** Whether a naive look over all states and steps finds that it fails. */
function naivelyBroken({ states, edges }: NaiveGraph, formula: Formula): boolean {
  if (formula.kind === 'always') return states.some((locals) => !naiveHolds(formula.holds, locals));
  if (formula.kind !== 'alwaysStep') throw new Error('only states and steps');
  const { participants, holds } = formula.holds;
  const of = (state: number) => participants.map((field) => states[state]?.[field] ?? -1);
  return edges.some((out, state) => out.some(({ to }) => !holds(of(state), of(to))));
}

const asked = plans.chain((plan) =>
  fc.record({
    plan: fc.constant(plan),
    always: predicatesOf(plan),
    step: predicatesOf(plan),
    from: predicatesOf(plan),
    to: predicatesOf(plan),
  }),
);
const leads = { kind: 'leadsTo', name: 'leads', stays: false, forGood: false } as const;
const runKinds = [
  leads,
  { ...leads, name: 'stays', stays: true },
  { ...leads, name: 'for good', stays: true, forGood: true },
];
// A seed of its own: what Spin has to compile takes a while, so there are few systems, and always the same ones.
const seed = 20_261_125;
const samples = fc.sample(
  asked.filter(({ plan }) => naiveGraph(systemOf(plan)).states.length > 4),
  { seed, numRuns: 8 },
);

test('the random systems keep and break questions of every kind', () => {
  for (const verdicts of [
    samples.map(({ plan, always }) =>
      naivelyBroken(naiveGraph(systemOf(plan)), { kind: 'always', name: 'always', holds: always }),
    ),
    ...runKinds.map((kind) =>
      samples.map(({ plan, from, to }) => {
        const system = systemOf(plan);
        const formula = weakened({ ...kind, from, to }, system.actions) as LeadsTo;
        return naiveLeadsTo(naiveGraph(system), formula) !== null;
      }),
    ),
  ]) {
    expect(new Set(verdicts)).toEqual(new Set([true, false]));
  }
});

withSpin(`Spin and a naive search agree on random systems${because}`, () => {
  test.each(samples.map((sample, at) => [at, sample] as const))(
    `system %i of seed ${seed}`,
    patient,
    async (_, sample) => {
      const system = systemOf(sample.plan);
      const { step, from, to } = sample;
      const safety: Formula[] = [
        { kind: 'always', name: 'always', holds: sample.always },
        {
          kind: 'alwaysStep',
          name: 'step',
          holds: { participants: step.participants, holds: (was, is) => !step.holds(was) || step.holds(is) },
        },
      ];
      const runs = runKinds.map((kind): LeadsTo => ({ ...kind, from, to }));
      const naive = naiveGraph(system);
      const found = await viaSpin(system, [...safety, ...runs]);
      const wrong = safety.flatMap((formula, at) => (naivelyBroken(naive, formula) ? [at] : []));
      expect(found.states.states).toBe(naive.states.length);
      expect(broken(found.states, 'kept')).toEqual(wrong);
      expect([...broken(found.states, 'seen'), ...broken(found.states, 'known')]).toEqual([]);
      // One transition into the initial state, one more for each observer that had something to say.
      const steps = naive.edges.reduce((sum, out) => sum + out.length, 0);
      expect(found.states.transitions).toBe(steps + 1 + wrong.filter((at) => at === 0).length);
      expect(found.runs.filter((one) => !one.ended)).toEqual([]);
      expect(found.runs.map((one) => one.hasCycle)).toEqual(
        runs.map((formula) => naiveLeadsTo(naive, weakened(formula, system.actions) as LeadsTo) !== null),
      );
    },
  );
});

withSpin(`Spin's fairness is weak and per action${because}`, () => {
  const goal = (toy: ReturnType<typeof graph>): LeadsTo => ({
    kind: 'leadsTo',
    name: 'reaches the goal',
    from: toy.at('a'),
    to: toy.at('goal'),
    stays: false,
    forGood: false,
  });
  test.each([
    ['nobody owes the way out, so a run may stay for ever', 'a>a, a out>goal', true],
    ['a step that can always be taken is taken', 'a>a, a out!>goal', false],
    ['one that can be taken now and then may never be', 'a on>b off>a, a out!>goal', true],
    ['even if it is owed strongly, which Spin is not told', 'a on>b off>a, a out!!>goal', true],
    ['a run may stop where nobody owes a step', 'a>b, b>goal', true],
    ['and not where somebody does', 'a go!>goal', false],
    ['two steps that are owed do not stand for each other', 'a one!>a, a two!>goal', false],
  ])('%s: %s', patient, async (_, drawing, breaks) => {
    const toy = graph(drawing);
    const { runs } = await viaSpin(toy.system, [goal(toy)]);
    expect(runs.map((one) => one.hasCycle)).toEqual([breaks]);
  });

  test('a search that ended too early is found out: Spin goes where no table is', patient, async () => {
    const { system } = graph('a>b>c>d>e>f>g, c>a');
    const { states } = await viaSpin(system, [], 3);
    expect(broken(states, 'seen').length).toBeGreaterThan(0);
  });
});

withSpin(`the default designs on the small scopes${because}`, () => {
  const follow = { now: () => 0, heard: () => undefined };
  const promises = provable.flatMap(({ promise, byDefault }) => (byDefault ? [promise] : []));
  const prove = (design: string, scope: string, faults: number, spin: Spin = spinHere) => {
    const world = { design: findDesign(design), scope: findScope(scope), promises, limits: {} };
    return proveWorld(world, faults, exportWorld({ ...world, limits: { faults } }, 'promela', follow), spin);
  };

  test.each([
    ...defaultDesigns.map((design) => [design, 'happy-path', 0] as const),
    ...defaultDesigns.map((design) => [design, 'node-collected', 1] as const),
  ])('%s in %s with %i faults: equal counts, equal verdicts', patient, async (design, scope, faults) => {
    const proved = await prove(design, scope, faults);
    expect(proved.differences).toEqual([]);
    expect(proved).toMatchObject({ agrees: true, states: { own: proved.states.spin } });
    expect(proved.states.spin).toBeGreaterThan(1000);
    expect(new Set(proved.questions.map(({ promise }) => promise))).toContain('everyClaimIsReleased');
    expect(proved.questions.length).toBeGreaterThan(3);
  });

  test('Spin at its fastest counts the states too', patient, async () => {
    const { system } = buildModel(findDesign('nomad-2.0.5'), findScope('happy-path'), 0).composition;
    const { states, found } = explore(system);
    const text = renderPromela({ title: [], tables: tablesOf(system, found), questions: [], says: () => '' });
    expect(await timeSpin(text, states)).toMatchObject({ states, ended: true, errors: 0 });
  });

  const altered = (change: (text: string) => string): Spin => ({
    ...spinHere,
    search: (search) => {
      const text = change(search.text);
      expect(text).not.toBe(search.text);
      return spinHere.search({ ...search, text });
    },
  });

  test('an action that the text forgets is reported: fewer states, fewer steps', patient, async () => {
    const spin = altered((text) => text.replaceAll(/^ {2}:: step_0\n/gm, ''));
    const proved = await prove('nomad-2.0.5', 'happy-path', 0, spin);
    expect(proved.agrees).toBe(false);
    expect(proved.differences.join('\n')).toMatch(/our own explorer finds [\d,]+ states and Spin [\d,]+/);
  });

  test('a row with another effect is reported', patient, async () => {
    // The first action that writes one of two values writes the other one.
    const spin = altered((text) =>
      text.replace(/(static const unsigned char to_\d+_\d+\[\] = <%)(\d+),(\d+)%>/, '$1$3,$2%>'),
    );
    expect((await prove('nomad-2.0.5', 'happy-path', 0, spin)).agrees).toBe(false);
  });

  test('a promise that is answered otherwise is reported, both of states and of runs', patient, async () => {
    const spin = altered((text) =>
      text.replaceAll(/-> \((.*)\) \}/g, '-> !($1) }').replace('answer != 1 ||', 'answer == 1 ||'),
    );
    const { differences } = await prove('nomad-2.0.5', 'happy-path', 0, spin);
    expect(differences.join('\n')).toMatch(
      /"claim v1\/a1 is released" is holds for our own checker and violated for Spin/,
    );
    expect(differences.length).toBeGreaterThan(1);
  });
});
