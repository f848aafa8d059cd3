import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { World } from '#cli/engine.ts';
import { type Code, type Remembered, rememberIn } from '#cli/remembered.ts';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import type { Result } from '#report/document.ts';
import { sample } from '../report/sample.ts';
import { claimcheck } from './fake.ts';

const world: World = {
  design: findDesign('nomad-1.9.7'),
  scope: findScope('node-collected'),
  promises: ['everyClaimIsReleased', 'retriesAreBounded'],
  limits: { maxMemory: 1 },
};
const result = sample.results[0] as Result;
const promise = result.promise;
const code: Code = { shared: 'model-1', promise: (name) => `${name}-1` };

function memory(folder = mkdtempSync(join(tmpdir(), 'claimcheck-')), of: Code = code) {
  const warnings: string[] = [];
  return { folder, warnings, remembered: rememberIn(folder, of, (message) => warnings.push(message), Date.now) };
}

function entryIn(folder: string): string {
  const [model = ''] = readdirSync(folder);
  const [entry = ''] = readdirSync(join(folder, model));
  return join(folder, model, entry);
}

test('a verdict that was kept is found again and says so', () => {
  const { remembered } = memory();
  expect(remembered.find(world, promise)).toBeNull();
  remembered.keep(world, result);
  expect(remembered.find(world, promise)).toEqual({ ...result, remembered: true });
});

test('another design, scope, rung, model or text of the promise is another verdict', () => {
  const { folder, remembered } = memory();
  remembered.keep(world, result);
  expect(remembered.find({ ...world, design: findDesign('nomad-1.10.0') }, promise)).toBeNull();
  expect(remembered.find({ ...world, scope: { ...world.scope, topFaults: 1 } }, promise)).toBeNull();
  expect(remembered.find({ ...world, limits: { faults: 1 } }, promise)).toBeNull();
  expect(memory(folder, { ...code, shared: 'model-2' }).remembered.find(world, promise)).toBeNull();
  expect(memory(folder, { ...code, promise: (name) => `${name}-2` }).remembered.find(world, promise)).toBeNull();
  expect(remembered.find(world, promise)).not.toBeNull();
});

test.each([
  ['cut short', (text: string) => text.slice(0, text.length / 2)],
  ['empty', () => ''],
  ['of another shape', () => '{"key":1}'],
  ['of another world', (text: string) => text.replace('node-collected', 'node-forgotten')],
])('an entry that is %s is taken for none and written anew', (_, spoil) => {
  const { folder, remembered } = memory();
  remembered.keep(world, result);
  const file = entryIn(folder);
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, spoil(whole));
  expect(remembered.find(world, promise)).toBeNull();
  remembered.keep(world, result);
  expect(readFileSync(file, 'utf8')).toBe(whole);
});

test('what a limit left unknown is not kept', () => {
  const { remembered } = memory();
  remembered.keep(world, { ...result, verdict: 'unknown', trace: null });
  expect(remembered.find(world, promise)).toBeNull();
});

test('a place that cannot be written to is said once, and nothing else is lost', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'claimcheck-')), 'a-file');
  writeFileSync(file, '');
  const { remembered, warnings } = memory(file);
  remembered.keep(world, result);
  remembered.keep(world, result);
  expect(warnings).toEqual([expect.stringMatching(/^verdicts are not remembered: .*ENOTDIR/)]);
  expect(remembered.find(world, promise)).toBeNull();
});

test('verdicts of a model that nobody used for a month are thrown away', () => {
  const { folder, remembered } = memory();
  remembered.keep(world, result);
  const monthsAgo = new Date(Date.now() - 90 * 24 * 60 * 60 * 1000);
  utimesSync(join(folder, 'model-1'), monthsAgo, monthsAgo);
  memory(folder, { ...code, shared: 'model-2' }).remembered.keep(world, result);
  expect(readdirSync(folder)).toEqual(['model-2']);
});

test('only what is not remembered is searched for, and nothing is under --no-cache or a limit', async () => {
  const { remembered } = memory();
  const judged = async (...args: string[]) => {
    const told = await claimcheck(['check', '--scope', 'happy-path', ...args], {}, { remembered });
    return told.judged.map(({ promises }) => promises);
  };
  expect(await judged('--promise', 'retriesAreBounded')).toEqual([['retriesAreBounded']]);
  expect(await judged()).toEqual([['everyClaimIsReleased', 'clusterFallsQuiet']]);
  expect(await judged()).toEqual([]);
  expect(await judged('--no-cache')).toHaveLength(1);
  expect(await judged('--max-states', '5')).toHaveLength(1);
});

test('a remembered verdict is printed as it was found', async () => {
  const { remembered } = memory();
  const told = (also: Remembered | null) =>
    claimcheck(['check', '--scope', 'happy-path'], { retriesAreBounded: 'violated' }, { remembered: also });
  const first = await told(remembered);
  const second = await told(remembered);
  expect(second.out).toBe(first.out);
  expect(second.code).toBe(1);
  expect(second.err).toContain('(remembered)');
});
