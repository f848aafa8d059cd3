import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { exchangesOf } from '#models/scopes/alike.ts';
import { findScope, readScope, scopes } from '#models/scopes/scope.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise, promises } from '#properties/promises.ts';
import { isReduciblePromise, judgeReduced, type ReductionName } from '#properties/reduced.ts';
import { replayToken } from '#properties/replay.ts';

/** What is small enough to be searched both ways here: so many states at most. */
const maxStates = 20_000;
const options = { now: () => 0, faults: 0 };
const reducible = promises.filter(isReduciblePromise);
const design = findDesign('nomad-1.9.7');

const writers = (...nodes: string[]) =>
  readScope(
    {
      name: 'writers',
      volumes: [{ name: 'v1', access: 'multi-node-multi-writer' }],
      nodes: [...new Set(nodes)],
      allocations: nodes.map((node, i) => ({ name: `a${i + 1}`, volume: 'v1', node })),
    },
    'writers',
  );

const verdicts = (all: ReturnType<typeof judgeScope>) =>
  all.map(({ promise, verdict, trace }) => ({
    promise,
    verdict,
    length: verdict === 'violated' ? trace?.length : null,
  }));

describe('a reduced verdict is the unreduced one', () => {
  const small = scopes.filter((scope) =>
    judgeScope(design, scope, reducible.slice(0, 1), { ...options, maxStates }).every(
      ({ states }) => states < maxStates,
    ),
  );
  test('on some of the default scopes', () => expect(small.length).toBeGreaterThan(3));
  test.each(small.map(({ name }) => name))('ample sets in %s', (name) => {
    for (const of of [design, findDesign('nomad-2.0.5')]) {
      const full = judgeScope(of, findScope(name), reducible, options);
      const found = judgeReduced(of, findScope(name), reducible, 'ample', options);
      expect(verdicts(found)).toEqual(verdicts(full));
    }
  });

  test('symmetry where two allocations are alike, with half the states and a run of the same length that replays', () => {
    const scope = writers('n1', 'n1');
    const asked = [findPromise('checkpointsNeverGoBack')];
    const full = judgeScope(design, scope, asked, options);
    const found = judgeReduced(design, scope, asked, 'symmetry', options);
    expect(verdicts(found)).toEqual(verdicts(full));
    for (const [i, one] of found.entries()) {
      expect(one.states).toBeLessThan(0.51 * (full[i]?.states ?? 0));
      expect(one.states).toBeGreaterThan(0.49 * (full[i]?.states ?? 0));
      if (one.trace) replayToken(one.trace.token, { design: findDesign, scope: () => scope });
    }
    expect(found.filter(({ verdict }) => verdict === 'violated').length).toBeGreaterThan(0);
  }, 240_000);
});

test('the exchanges of a scope are its automorphisms but the identity', () => {
  expect(exchangesOf(findScope('happy-path'))).toEqual([]);
  expect(exchangesOf(writers('n1', 'n1', 'n1'))).toHaveLength(5);
  expect(exchangesOf(writers('n1', 'n2'))).toHaveLength(1);
  expect(exchangesOf(writers('n1', 'n1', 'n2'))).toHaveLength(1);
  const replaced = writers('n1', 'n2');
  expect(
    exchangesOf({
      ...replaced,
      allocations: replaced.allocations.map((one, i) => (i === 1 ? { ...one, replaces: 'a1' } : one)),
    }),
  ).toEqual([]);
});

test('volumes are not alike, for the leader sweeps over them in order', () => {
  const two = readScope(
    {
      name: 'two',
      volumes: [{ name: 'v1' }, { name: 'v2' }],
      nodes: ['n1'],
      allocations: [
        { name: 'a1', volume: 'v1', node: 'n1' },
        { name: 'a2', volume: 'v2', node: 'n1' },
      ],
    },
    'two',
  );
  expect(() => judgeReduced(design, two, reducible, 'symmetry', { ...options, maxStates: 5000 })).toThrow(
    /symmetry does not apply to scope two: .*v1 and v2.*do not do the same/,
  );
});

test('a limit leaves the verdict unknown', () => {
  const ways: ReductionName[] = ['ample', 'symmetry'];
  for (const way of ways) {
    const found = judgeReduced(design, writers('n1', 'n1'), reducible, way, { ...options, maxStates: 50 });
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  }
});
