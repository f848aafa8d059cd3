import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { defaultDesigns } from '#models/designs/design.ts';
import { scopeNames, usualScopeNames } from '#models/scopes/scope.ts';
import { reportSchema, traceSchema } from '#report/schema.ts';
import { claimcheck } from './fake.ts';

const oneWorld = ['--design', 'nomad-2.0.5', '--scope', 'happy-path'];
const broken = { retriesAreBounded: 'violated' } as const;
const undecided = { retriesAreBounded: 'unknown' } as const;

function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'claimcheck-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

describe('check is a gate', () => {
  test('that opens when all hold', async () => {
    expect(await claimcheck(['check', ...oneWorld])).toMatchObject({ code: 0 });
  });
  test('that closes when a promise is violated, also beside unknowns', async () => {
    expect(await claimcheck(['check', ...oneWorld], broken)).toMatchObject({ code: 1 });
    expect(await claimcheck(['check', ...oneWorld], { ...broken, clusterFallsQuiet: 'unknown' })).toMatchObject({
      code: 1,
    });
  });
  test('for which unknown is no success', async () => {
    expect(await claimcheck(['check', ...oneWorld], undecided)).toMatchObject({ code: 3 });
  });
  test.each(['json', 'markdown', 'junit', 'sarif'])('in format %s too', async (format) => {
    expect(await claimcheck(['check', ...oneWorld, '--format', format], broken)).toMatchObject({ code: 1 });
  });
});

test('compare is no gate', async () => {
  expect(await claimcheck(['compare'], broken)).toMatchObject({ code: 0 });
  expect(await claimcheck(['compare'], undecided)).toMatchObject({ code: 0 });
});

test('compare judges the default designs in every default scope but the largest, check judges the last of them', async () => {
  const compared = async (...options: string[]) =>
    (await claimcheck(['compare', ...options])).judged.map(({ design, scope }) => `${design.name} ${scope.name}`);
  const everywhere = (scopes: readonly string[]) =>
    scopes.flatMap((scope) => defaultDesigns.map((design) => `${design} ${scope}`));
  expect(await compared()).toEqual(everywhere(usualScopeNames));
  expect(await compared('--all')).toEqual(everywhere(scopeNames));
  expect(usualScopeNames).toHaveLength(scopeNames.length - 1);
  const checked = (await claimcheck(['check'])).judged.map(({ design }) => design.name);
  expect(new Set(checked)).toEqual(new Set(defaultDesigns.slice(-1)));
});

test('limits and promises reach the engine', async () => {
  const limits = ['--faults', '1', '--max-states', '50', '--max-memory', '64', '--workers', '2', '--seed', '7'];
  const { judged } = await claimcheck(['check', ...oneWorld, '--promise', 'clusterFallsQuiet', ...limits]);
  expect(judged).toMatchObject([
    { promises: ['clusterFallsQuiet'], limits: { faults: 1, maxStates: 50, maxMemory: 64 * 1024 * 1024 }, threads: 2 },
  ]);
});

test('worlds that are searched at once share the memory, and have a thread each', async () => {
  const { judged } = await claimcheck(['compare', '--scope', 'happy-path', '--max-memory', '64', '--workers', '2']);
  expect(judged.length).toBeGreaterThan(1);
  for (const world of judged) {
    expect(world.limits.maxMemory).toBe(32 * 1024 * 1024);
    expect(world.threads).toBeUndefined();
  }
});

test('more workers change nothing but the time', async () => {
  const alone = await claimcheck(['compare', '--json'], broken);
  const together = await claimcheck(['compare', '--json', '--workers', '3'], broken);
  expect(together.out).toBe(alone.out);
});

test('what is given twice is judged once', async () => {
  expect((await claimcheck(['check', ...oneWorld, ...oneWorld])).judged).toHaveLength(1);
});

test('--json prints one valid document and nothing else on stdout', async () => {
  for (const args of [
    ['check', ...oneWorld, '--json'],
    ['compare', '--json'],
    ['compare', '--format', 'json', '--json'],
  ]) {
    const { out } = await claimcheck(args, broken);
    expect(() => v.parse(reportSchema, JSON.parse(out))).not.toThrow();
  }
  const { out } = await claimcheck(['trace', 'v1:nomad-2.0.5:happy-path', '--json']);
  expect(() => v.parse(traceSchema, JSON.parse(out))).not.toThrow();
});

test('the command printed for a violation replays it, with the files of the user', async () => {
  const path = join(folder({ 'my design.json': '{ "name": "mine", "from": "nomad-2.0.5" }' }), 'my design.json');
  const { out } = await claimcheck(['check', '--design', path, '--scope', 'happy-path'], broken);
  const command = /npx claimcheck (trace .*)/.exec(out)?.[1];
  expect(command).toBe(`trace v1:mine:happy-path --design '${path}'`);
  expect(await claimcheck(['trace', 'v1:mine:happy-path', '--design', path])).toMatchObject({ code: 0 });
});

describe('trace prints', () => {
  test.each([
    ['table', /back to step 3/],
    ['log', /error releasing volume claims/],
    ['itf', /"loop": 3/],
    ['mermaid', /^sequenceDiagram/],
    ['json', /claimcheck\/trace@1/],
  ])('--as %s', async (shape, pattern) => {
    const { code, out } = await claimcheck(['trace', 'v1:nomad-2.0.5:happy-path', '--as', shape]);
    expect(code).toBe(0);
    expect(out).toMatch(pattern);
  });
});

test('--out writes the file whole, leaves nothing else behind, and keeps stdout clean', async () => {
  const path = folder();
  const { out, err } = await claimcheck(
    ['check', ...oneWorld, '--format', 'sarif', '--out', join(path, 'a.sarif')],
    broken,
  );
  expect(out).toBe('');
  expect(err).toContain('wrote ');
  expect(readdirSync(path)).toEqual(['a.sarif']);
  expect(JSON.parse(readFileSync(join(path, 'a.sarif'), 'utf8')).version).toBe('2.1.0');
});

test('colours are for terminals, and NO_COLOR is respected', async () => {
  const coloured = async (outIsTerminal: boolean, env: Readonly<Record<string, string>>) =>
    (await claimcheck(['check', ...oneWorld], broken, { outIsTerminal, env })).out.includes('\u001B[');
  expect(await coloured(true, {})).toBe(true);
  expect(await coloured(true, { NO_COLOR: '1' })).toBe(false);
  expect(await coloured(true, { TERM: 'dumb' })).toBe(false);
  expect(await coloured(false, {})).toBe(false);
  expect(await coloured(false, { FORCE_COLOR: '1' })).toBe(true);
});

test.each([[[]], [['compare']], [['check']], [['trace']]])('--help of %j has examples', async (command) => {
  const { code, out } = await claimcheck([...command, '--help']);
  expect(code).toBe(0);
  expect(out).toContain('Examples:');
  expect(out).toContain('Exit:');
});

test('--version prints the version', async () => {
  expect(await claimcheck(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' });
});

describe('check --coverage', () => {
  const asked = ['check', '--coverage', '--scope', 'happy-path'];
  const shownIn = { design: 'nomad-2.0.5', scope: 'failover', faults: 1 };
  test('says what no world exercised, and which does', async () => {
    const { out } = await claimcheck(asked);
    expect(out).toContain(
      'actions taken: 1 of 2; never:\n  server elects a leader  shown by nomad-2.0.5 in failover, 1 fault\n',
    );
    expect((await claimcheck([...asked, '--format', 'markdown'])).out).toContain('```text\nactions taken: 1 of 2');
  });
  test('is a field of the report for scripts', async () => {
    const { coverage } = JSON.parse((await claimcheck([...asked, '--json'])).out);
    expect(coverage.actions).toEqual({ of: 2, missed: ['server elects a leader'] });
    const design = 'nomad-2.0.5';
    expect(coverage.missed).toEqual([
      { part: 'actions', name: 'server elects a leader', designs: [design], shownIn, because: null },
    ]);
    expect(coverage.unfinished).toEqual([]);
  });
  test.each(['junit', 'sarif'])('is refused before any work where there is no place for it: %s', async (format) => {
    const { code, err, judged } = await claimcheck([...asked, '--format', format]);
    expect(code).toBe(2);
    expect(err).toContain(`--coverage has no place in --format ${format}`);
    expect(judged).toEqual([]);
  });
});
