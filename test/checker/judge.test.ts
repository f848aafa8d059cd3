import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Formula, LeadsTo } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { graph, type Toy } from './toy.ts';

test('a promise about states is broken by the shortest run', () => {
  const toy = graph('a>b>c>d, a>c');
  expect(drawn(toy, { kind: 'always', name: 'never d', holds: toy.at('a', 'b', 'c') })).toEqual(['violated', 'a c d']);
  expect(drawn(toy, { kind: 'always', name: 'anywhere', holds: toy.at('a', 'b', 'c', 'd') })).toEqual([
    'holds',
    'none',
  ]);
});

test('a witness is sought by the shortest run, and its absence is a violation', () => {
  const toy = graph('a>b>c, x>a');
  expect(drawn(toy, { kind: 'sometimes', name: 'c', holds: toy.at('c') })).toEqual(['holds', 'a b c']);
  expect(drawn(toy, { kind: 'sometimes', name: 'x', holds: toy.at('x') })).toEqual(['violated', 'none']);
});

test('a promise about steps is broken by a step between states that are both fine', () => {
  const toy = graph('a>b>c, c>a');
  const neverBack: Formula = {
    kind: 'alwaysStep',
    name: 'never back',
    holds: { participants: [0], holds: ([before = 0], [after = 0]) => after >= before },
  };
  expect(drawn(toy, neverBack)).toEqual(['violated', 'a b c a']);
});

test.each([
  ['a>b>a, a>goal', 'holds', 'none'],
  ['a>b>goal, b>c>d>c', 'violated', 'a b c'],
  ['a>goal>lost', 'violated', 'a goal lost'],
])('from everywhere in %s the goal is possible: %s', (drawing, verdict, run) => {
  const toy = graph(drawing);
  expect(drawn(toy, { kind: 'possible', name: 'goal', goal: toy.at('goal') })).toEqual([verdict, run]);
});

test.each([
  ['nobody owes the step', 'a>goal', 'violated', 'a'],
  ['the step is owed', 'a go!>goal', 'holds', 'none'],
  ['a cycle keeps the owed step enabled', 'a go!>goal, a>b>a, b go!>goal', 'holds', 'none'],
  ['a cycle disables a weak step now and then', 'a go!>goal, a>b turn!>a', 'violated', '| a b a'],
  ['a cycle disables a strong step now and then', 'a go!!>goal, a>b turn!>a', 'holds', 'none'],
  ['a strong step that is taken inside satisfies', 'a go!!>b>a, a>goal', 'violated', '| a b a'],
  ['only part of a component avoids the strong step', 'a>b>a, b>c>b, c go!!>goal', 'violated', 'a'],
  ['a self-loop that is owed and taken is no progress', 'a wait!>a, a>goal', 'violated', '| a a'],
  ['a self-loop that is owed allows no stopping, but the way out is not owed', 'a>b wait!>b>goal', 'violated', 'a'],
  ['the shortest stem goes first', 'a go!>b>goal, a>c, b>d', 'violated', 'a b'],
  ['the run must leave where it owes a step, and may stop after it', 'a go!>b', 'violated', 'a b'],
])('leads to the goal: %s', (_, drawing, verdict, run) => {
  const toy = graph(drawing);
  expect(drawn(toy, leadsTo(toy, ['a'], ['goal']))).toEqual([verdict, run]);
});

test('the shortest fair cycle meets every obligation', () => {
  // Both short ways round starve the other step, which they leave enabled; the long way takes both.
  const toy = graph('a x!>b back>a, b turn!>c>a, a turn!>c, c x!>b, a>goal');
  expect(drawn(toy, leadsTo(toy, ['a'], ['goal']))).toEqual(['violated', '| a b c a']);
});

test('what begins may end before its end comes, unless it need not stay', () => {
  // b is left for c, where nothing happens any more.
  const toy = graph('a go!>b go!>c, x>goal');
  expect(drawn(toy, leadsTo(toy, ['b'], ['goal']))).toEqual(['violated', 'a b c']);
  expect(drawn(toy, leadsTo(toy, ['b'], ['goal'], { stays: true }))).toEqual(['holds', 'none']);
});

test('an end for good may not be left again and again', () => {
  const toy = graph('a go!>goal back!>a');
  const promise = leadsTo(toy, ['a', 'goal'], ['goal'], { stays: true });
  expect(drawn(toy, promise)).toEqual(['holds', 'none']);
  expect(drawn(toy, { ...promise, forGood: true })).toEqual(['violated', '| a goal a']);
  expect(() => drawn(toy, { ...promise, stays: false, forGood: true })).toThrow('Set stays as well.');
});

test('a formula may owe more or less than the actions declare', () => {
  const toy = graph('a go>goal');
  const promise = leadsTo(toy, ['a'], ['goal']);
  expect(drawn(toy, promise)).toEqual(['violated', 'a']);
  expect(drawn(toy, { ...promise, fairness: new Map([[toy.act('go'), 'weak']]) })).toEqual(['holds', 'none']);
});

test('an action that may be taken finitely often only is in no cycle and owes nothing', () => {
  const toy = graph('a poll!>a, a work!>goal, b>a');
  const rare = { finitelyOften: new Set([toy.act('work')]) };
  expect(drawn(toy, leadsTo(toy, ['a'], ['goal']))).toEqual(['holds', 'none']);
  expect(drawn(toy, { ...leadsTo(toy, ['a'], ['goal']), ...rare })).toEqual(['violated', '| a a']);
});

test('a cycle that is not known to be shortest is said to be so', () => {
  // More strong obligations than an exact search can carry.
  const labels = Array.from({ length: 12 }, (_, at) => `s${at}`);
  const toy = graph(`${labels.map((label, at) => `p${at} ${label}!!>`).join('')}p0, p0>goal`);
  const [answer] = judge(explore(toy.system), [leadsTo(toy, ['p0'], ['goal'])]);
  expect(answer).toMatchObject({ verdict: 'violated', run: { loopsTo: 0 } });
  expect(answer?.run?.actions).toHaveLength(12);
  expect(answer?.notes).toEqual(['The stem is a shortest one; the cycle after it may not be.']);
});

test.each([
  ['a try>b try>c', [2, 2], ['a b c', 'a b c']],
  ['a try>b tick>c try>d try>e', [2, 3], ['a b c d e', 'a b c d e']],
  ['a try>b tick>a', [1, 'unbounded'], ['a b', '| a b a']],
  ['a>b try>c>b', ['unbounded', 'unbounded'], ['a | b c b', 'a | b c b']],
  ['a go!>a, a tick>b try>c', [1, 0], ['a b c', 'a']],
  ['a go!>b tick>a, b try>c', [1, 1], ['a b c', 'a b c']],
  ['a>b>a, b try>c', [1, 1], ['a b c', 'a b c']],
])('the largest counts of tries in %s are %o', (drawing, suprema, runs) => {
  const toy = graph(`${drawing}, x tick>x, x try>x`);
  const [answer] = judge(explore(toy.system), [
    { kind: 'bound', name: 'tries', counted: new Set([toy.act('try')]), ticks: new Set([toy.act('tick')]) },
  ]);
  expect([answer?.bound?.perTick, answer?.bound?.total]).toEqual(suprema);
  expect([toy.draw(answer?.bound?.perTickRun ?? null), toy.draw(answer?.bound?.totalRun ?? null)]).toEqual(runs);
  expect(answer?.verdict).toBe(suprema.includes('unbounded') ? 'violated' : 'holds');
});

test('a violation that is explained can be set aside for the next one', () => {
  const toy = graph('a slip>bad, a>b>c trip>bad, c>a');
  const never: Formula = { kind: 'always', name: 'never bad', holds: toy.at('a', 'b', 'c') };
  const exploration = explore(toy.system);
  const next = (...names: string[]) => judge(exploration, [never], { without: new Set(names.map(toy.act)) })[0];
  expect(toy.draw(next()?.run ?? null)).toBe('a bad');
  expect(toy.draw(next('slip')?.run ?? null)).toBe('a b c bad');
  expect(next('slip', 'trip')?.verdict).toBe('holds');
});

test('an action set aside is still owed where it is enabled', () => {
  const toy = graph('a go!>b, a>c>a, c go!>b');
  expect(
    judge(explore(toy.system), [leadsTo(toy, ['a'], ['x'])], { without: new Set([toy.act('go')]) })[0]?.verdict,
  ).toBe('holds');
});

function drawn(toy: Toy, formula: Formula): [string, string] {
  const [answer] = judge(explore(toy.system), [formula]);
  return [answer?.verdict ?? 'unknown', toy.draw(answer?.run ?? null)];
}

function leadsTo(toy: Toy, from: string[], to: string[], form: Partial<LeadsTo> = {}): LeadsTo {
  return {
    kind: 'leadsTo',
    name: 'goal',
    from: toy.at(...from),
    to: toy.at(...to),
    stays: false,
    forGood: false,
    ...form,
  };
}
