import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Formula, LeadsTo } from '#checker/formula.ts';
import { combined, judge } from '#checker/judge.ts';
import type { Predicate } from '#checker/system.ts';
import { graph, type Toy, together } from './toy.ts';

// Each of these has made another checker answer wrongly; the reference is the report of it.

test('symmetry: two processes that take turns in starving are told apart from one that is starved (tlaplus 59)', () => {
  // Under one representative for both, "the one that waits" changes hands and a fair cycle would seem to serve nobody.
  const worker = graph('idle ask>waiting serve!!>idle').system;
  const waiting = (field: number): Predicate => ({ participants: [field], holds: ([state]) => state === 1 });
  const idle = (field: number): Predicate => ({ participants: [field], holds: ([state]) => state === 0 });
  const served = (field: number): LeadsTo => ({
    kind: 'leadsTo',
    name: `worker ${field} is served`,
    from: waiting(field),
    to: idle(field),
    stays: false,
    forGood: false,
  });
  const exploration = explore(together(worker, worker));
  expect(judge(exploration, [served(0), served(1)]).map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
  // Only the second one is owed its service: then it alone is served.
  const unfair = { ...served(0), fairness: new Map([[1, 'none' as const]]) };
  expect(judge(exploration, [unfair])[0]).toMatchObject({ verdict: 'violated', run: { actions: [0], loopsTo: null } });
});

test('a limit makes liveness unknown, never true for want of cycles (tlaplus 839)', () => {
  const toy = graph('a>b>c>d>e>c');
  const formulas: Formula[] = [
    leadsTo(toy, 'a', 'x'),
    { kind: 'possible', name: 'x', goal: toy.at('x') },
    { kind: 'bound', name: 'steps', counted: new Set([0]), ticks: new Set() },
    { kind: 'always', name: 'anywhere', holds: toy.at('a', 'b', 'c', 'd', 'e') },
    { kind: 'sometimes', name: 'x', holds: toy.at('x') },
    { kind: 'alwaysStep', name: 'any', holds: { participants: [0], holds: () => true } },
  ];
  const answers = judge(explore(toy.system, { maxStates: 2 }), formulas);
  expect(answers.map(({ verdict }) => verdict)).toEqual(formulas.map(() => 'unknown'));
  expect(answers[2]?.bound).toMatchObject({ perTick: 'unknown', total: 'unknown' });
});

test('what was seen before the limit still counts', () => {
  const toy = graph('a>b>c>d>e>c');
  const answers = judge(explore(toy.system, { maxStates: 2 }), [
    { kind: 'always', name: 'not b', holds: toy.at('a', 'c', 'd', 'e') },
    { kind: 'sometimes', name: 'b', holds: toy.at('b') },
    { kind: 'alwaysStep', name: 'no step', holds: { participants: [0], holds: () => false } },
  ]);
  expect(answers.map(({ verdict }) => verdict)).toEqual(['violated', 'holds', 'violated']);
});

test('components are judged by the steps inside them, not by what their states enable (tlaplus 201)', () => {
  // The weak step is enabled all round the cycle and taken nowhere on it: it always leads out.
  const leaves = graph('a x!>b y!>a, a go!>goal, b go!>goal');
  expect(verdict(leaves)).toBe('holds');
  // The same states, but now the step also goes round.
  const stays = graph('a x!>b go!>a, a go!>goal');
  expect(verdict(stays)).toBe('violated');
});

test('a run may stop where nobody owes a step, and not where somebody does (fabracht/tla-rs 62)', () => {
  expect(verdict(graph('a>goal'))).toBe('violated');
  expect(verdict(graph('a go!>goal'))).toBe('holds');
  expect(verdict(graph('a>b, b>goal, a go!>goal'))).toBe('violated');
});

test('two ways that join are not taken for a cycle, and a cycle after a join is not missed (stateright 3)', () => {
  expect(verdict(graph('a x!>b y!>goal, a z!>c y!>b'))).toBe('holds');
  expect(verdict(graph('a x!>b y!>d turn!>e turn!>d, a z!>c y!>d'))).toBe('violated');
});

test('every formula is answered, in order, whatever its kind (tlaplus 544)', () => {
  const toy = graph('a>b>a');
  const formulas: Formula[] = [
    { kind: 'always', name: 'always', holds: toy.at('a', 'b') },
    leadsTo(toy, 'a', 'c'),
    { kind: 'sometimes', name: 'sometimes', holds: toy.at('b') },
    { kind: 'possible', name: 'possible', goal: toy.at('c') },
    { kind: 'bound', name: 'bound', counted: new Set([0]), ticks: new Set([1]) },
    { kind: 'alwaysStep', name: 'step', holds: { participants: [0], holds: () => true } },
  ];
  const answers = judge(explore(toy.system), formulas);
  expect(answers.map(({ formula }) => formula)).toEqual(formulas);
  expect(answers.map((answer) => answer.verdict)).toEqual([
    'holds',
    'violated',
    'holds',
    'violated',
    'violated',
    'holds',
  ]);
});

test('one liveness violation makes the verdict of all a violation (taiko-mono 22034)', () => {
  const toy = graph('a>b');
  const answers = judge(explore(toy.system), [
    { kind: 'always', name: 'always', holds: toy.at('a', 'b') },
    leadsTo(toy, 'a', 'c'),
  ]);
  expect(combined(answers)).toBe('violated');
  expect(combined([{ verdict: 'unknown' }, { verdict: 'holds' }])).toBe('unknown');
  expect(combined([{ verdict: 'unknown' }, { verdict: 'violated' }])).toBe('violated');
  expect(combined([{ verdict: 'holds' }])).toBe('holds');
  expect(combined([])).toBe('unknown');
});

function verdict(toy: Toy): string | undefined {
  return judge(explore(toy.system), [leadsTo(toy, 'a', 'goal')])[0]?.verdict;
}

function leadsTo(toy: Toy, from: string, to: string): LeadsTo {
  return { kind: 'leadsTo', name: to, from: toy.at(from), to: toy.at(to), stays: false, forGood: false };
}
