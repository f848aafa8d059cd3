import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { World } from '#cli/engine.ts';
import type { Exported } from '#cli/export-thread.ts';
import { provable } from '#cli/provable.ts';
import { proveWorld } from '#cli/proving.ts';
import type { Spin, SpinAnswer } from '#cli/spin.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { findPromise } from '#properties/promises.ts';
import { type PanFindings, readPan } from '#report/promela/pan.ts';
import { proofSchema } from '#report/proof-document.ts';
import { claimcheck } from './fake.ts';

const oneWorld = ['prove', '--design', 'nomad-2.0.5', '--scope', 'happy-path'];

const quiet: PanFindings = {
  states: 10,
  transitions: 21,
  elapsedMs: 0,
  memoryMb: 1,
  errors: 0,
  ended: true,
  failed: [],
  hasCycle: false,
};

/** A machine whose Spin answers at once. */
function spinThatSays(answer: Partial<SpinAnswer>): Spin {
  return {
    missing: () => Promise.resolve([]),
    search: () => Promise.resolve({ states: quiet, runs: [quiet], ...answer }),
  };
}

const exported: Exported = {
  text: 'a text',
  states: 10,
  transitions: 20,
  answers: [
    { promise: 'singleWriter', name: 'one writer', kind: 'always', verdict: 'holds', declared: 'holds' },
    {
      promise: 'checkpointsNeverGoBack',
      name: 'forward',
      kind: 'alwaysStep',
      verdict: 'violated',
      declared: 'violated',
    },
    { promise: 'everyClaimIsReleased', name: 'released', kind: 'leadsTo', verdict: 'holds', declared: 'holds' },
  ],
};
const world: World = { design: findDesign('nomad-2.0.5'), scope: findScope('happy-path'), promises: [], limits: {} };
const kept = (at: number) => ({ array: 'kept', at });
const agreeing = { states: { ...quiet, failed: [kept(1)] }, runs: [quiet] };

describe('prove', () => {
  test('without Spin says which Debian packages to install, and ends with 2', async () => {
    expect(await claimcheck(oneWorld)).toMatchObject({
      code: 2,
      out: '',
      err: 'claimcheck: spin and gcc cannot be run on this machine; expected the Debian packages that hold them: apt-get install spin gcc libc6-dev\n',
    });
  });

  test('ends with 0 where Spin agrees, and prints the counts and verdicts of each rung', async () => {
    const { code, out } = await claimcheck(oneWorld, {}, { spin: spinThatSays({}) });
    expect(code).toBe(0);
    expect(out).toMatch(/happy-path +nomad-2\.0\.5 +0 +10 = +20 =/);
    expect(out).toMatch(/1 world, 0 verdicts: Spin agrees on all counts and verdicts/);
    const both = ['prove', '--design', 'nomad-2.0.5', '--scope', 'node-collected'];
    expect((await claimcheck(both, {}, { spin: spinThatSays({}) })).out).toMatch(/2 worlds/);
    expect((await claimcheck([...both, '--faults', '2'], {}, { spin: spinThatSays({}) })).out).toMatch(/1 world,/);
  });

  test('ends with 1 where Spin does not agree, and says how', async () => {
    const spin = spinThatSays({ states: { ...quiet, states: 11 } });
    const { code, out } = await claimcheck(oneWorld, {}, { spin });
    expect(code).toBe(1);
    expect(out).toContain('nomad-2.0.5 in happy-path, no fault: our own explorer finds 10 states and Spin 11');
    expect(out).toContain('Spin agrees on 0 of the worlds');
  });

  test('prints JSON that keeps its schema, and nothing else on stdout', async () => {
    const { out } = await claimcheck([...oneWorld, '--json'], {}, { spin: spinThatSays({}) });
    expect(v.parse(proofSchema, JSON.parse(out)).worlds).toMatchObject([
      { states: { own: 10, spin: 10 }, agrees: true },
    ]);
  });

  test('writes to a file instead', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'claimcheck-')), 'proof.json');
    const { out } = await claimcheck([...oneWorld, '--json', '--out', file], {}, { spin: spinThatSays({}) });
    expect(out).toBe('');
    expect(v.is(proofSchema, JSON.parse(readFileSync(file, 'utf8')))).toBe(true);
  });

  test.each([
    [
      'a promise that Spin cannot be asked',
      ['--promise', 'retriesAreBounded'],
      /Spin cannot be asked about retriesAreBounded/,
    ],
    ['no promise', ['--promise', 'everyClaimIsRelesed'], /there is no promise.*did you mean "everyClaimIsReleased"/],
    ['no scope', ['--scope', 'hapy-path'], /there is no scope.*did you mean "happy-path"/],
    ['no number', ['--faults', 'one'], /Expected a whole number/],
    ['no folder', ['--out', '/nowhere/at/all.json'], /there is no folder/],
  ])('refuses %s in one line', async (_, args, says) => {
    const { code, out, err } = await claimcheck(['prove', ...args], {}, { spin: spinThatSays({}) });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
    expect(err.split('\n')).toHaveLength(2);
  });
});

describe('one world', () => {
  const differences = async (answer: SpinAnswer) => {
    const proved = await proveWorld(world, 0, exported, spinThatSays(answer));
    expect(proved.agrees).toBe(proved.differences.length === 0);
    return proved.differences.join('; ');
  };

  test('agrees if all counts and verdicts do', async () => {
    expect(await differences(agreeing)).toBe('');
  });

  test.each<[string, SpinAnswer, RegExp]>([
    ['fewer states', { ...agreeing, states: { ...agreeing.states, states: 9 } }, /finds 10 states and Spin 9/],
    ['more steps', { ...agreeing, states: { ...agreeing.states, transitions: 22 } }, /finds 20 steps and Spin 21/],
    ['a promise that holds after all', { ...agreeing, states: quiet }, /"forward" is violated .* holds for Spin/],
    [
      // The observer of a promise about states takes a step of its own.
      'a promise that does not hold',
      { ...agreeing, states: { ...quiet, transitions: 22, failed: [kept(0), kept(1)] } },
      /^"one writer" is holds .* violated for Spin$/,
    ],
    ['a fair cycle', { ...agreeing, runs: [{ ...quiet, hasCycle: true }] }, /"released" is holds .* violated for Spin/],
    ['a search for cycles that ended early', { ...agreeing, runs: [{ ...quiet, ended: false }] }, /unknown for Spin/],
    [
      'a search over states that ended early',
      { ...agreeing, states: { ...agreeing.states, ended: false } },
      /"one writer" is holds .* unknown for Spin/,
    ],
    [
      'local states that our search never saw',
      { ...agreeing, states: { ...agreeing.states, failed: [kept(1), { array: 'seen', at: 7 }] } },
      /never asked action 7/,
    ],
  ])('differs by %s', async (_, answer, says) => {
    expect(await differences(answer)).toMatch(says);
  });
});

test('every promise that Spin can be asked has formulas that it can be asked', () => {
  const model = buildModel(findDesign('nomad-2.0.5'), findScope('node-collected'), 1);
  for (const { promise } of provable) {
    for (const { formula } of findPromise(promise).obligations(model)) {
      expect(['always', 'alwaysStep', 'leadsTo']).toContain(formula.kind);
      expect(formula.kind === 'leadsTo' && Boolean(formula.finitelyOften ?? formula.fairness)).toBe(false);
    }
  }
  expect(provable.filter(({ byDefault }) => byDefault).map(({ promise }) => promise)).toContain('everyClaimIsReleased');
});

describe('what pan prints', () => {
  const report = (errors: number) =>
    `State-vector 28 byte, depth reached 30, errors: ${errors}\n     2634 states, stored\n    11868 transitions (= stored+matched)\n  128.751\ttotal actual memory usage\n\npan: elapsed time 0.21 seconds\n`;

  test('is read back', () => {
    expect(readPan(report(0))).toEqual({
      ...quiet,
      states: 2634,
      transitions: 11_868,
      elapsedMs: 210,
      memoryMb: 128.751,
    });
  });
  test('names the assertions that failed', () => {
    const printed = `pan:1: assertion violated ( kept[4] ) (at depth 17)\npan:2: assertion violated ( seen[12] ) (at depth 9)\n${report(2)}`;
    expect(readPan(printed)?.failed).toEqual([kept(4), { array: 'seen', at: 12 }]);
  });
  test.each(['error: max search depth too small', 'pan: reached -DMEMLIM bound', 'pan: out of memory'])(
    'is no end after "%s"',
    (line) => {
      expect(readPan(`${line}\n${report(0)}`)?.ended).toBe(false);
    },
  );
  test('is nothing if it breaks off', () => {
    expect(readPan('pan: error')).toBeNull();
  });
});
