import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { ReportDocument } from '#report/document.ts';
import { reportJsonSchema } from '#report/schema.ts';

// The built program, in a process of its own.
const program = 'dist/cli/main.js';
const env = { ...process.env, NO_COLOR: '1' };
const claimcheck = (...args: string[]) =>
  spawnSync('node', [program, ...args], { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const spin = ['sample', '--design', 'nomad-1.9.7', '--promise', 'retriesAreBounded', '--seed', '1'];

beforeAll(() => expect(inject('buildFailure')).toBeNull());

describe('sample', () => {
  test('exits 1 for what is broken, in one valid document, with a token that replays in a fresh process', () => {
    const { status, stdout } = claimcheck(...spin, '--json');
    const report = JSON.parse(stdout) as ReportDocument;
    expect(new Ajv().validate(reportJsonSchema, report)).toBe(true);
    expect(status).toBe(1);
    const token = report.results[0]?.trace?.token ?? '';
    expect(report.sample?.[0]?.broken.map((one) => one.token)).toEqual([token]);
    const replayed = claimcheck('trace', token, '--json');
    expect(replayed.status).toBe(0);
    expect(JSON.parse(replayed.stdout).trace).toEqual(report.results[0]?.trace);
  });

  test('every token of it replays, and its worlds are scopes for every command', () => {
    const { stdout } = claimcheck('sample', '--design', 'nomad-1.9.7', '--runs', '60', '--seed', '2', '--json');
    const { results, sample } = JSON.parse(stdout) as ReportDocument;
    expect(results.length).toBeGreaterThan(0);
    for (const { trace } of results) expect(claimcheck('trace', trace?.token ?? '').status).toBe(0);
    const world = sample?.[0]?.broken[0]?.foundIn ?? '';
    expect(world).toMatch(/^world~/);
    const check = ['check', '--scope', world, '--promise', 'everyClaimIsReleased', '--max-states', '50'];
    expect(claimcheck(...check).status).toBe(3);
  });

  test('exits 0 where nothing was broken, and says that this proves nothing', () => {
    const kept = ['sample', '--promise', 'releaseIsAlwaysPossible', '--runs', '50', '--size', '1'];
    const { status, stdout } = claimcheck(...kept);
    expect(status).toBe(0);
    expect(stdout).toContain('one run cannot break it');
    const quiet = claimcheck('sample', '--promise', 'clusterFallsQuiet', '--runs', '50', '--size', '1');
    expect(quiet.status).toBe(0);
    expect(quiet.stdout).toMatch(/clusterFallsQuiet +not broken in 50 runs/);
  });

  test('writes what breaks as a test that passes while it breaks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'claimcheck-'));
    const file = join(folder, 'found.test.ts');
    expect(claimcheck(...spin, '--save', file).status).toBe(1);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain("import { expect, test } from 'vitest';");
    // It is run here, in a module of this repository, with a `test` that runs its body at once.
    const here = resolve(`test/cli/saved-${process.pid}.tmp.ts`);
    const atOnce =
      "import { expect } from 'vitest';\nexport let ran = 0;\nconst test = (_: string, body: () => void) => {\n  body();\n  ran++;\n};";
    try {
      writeFileSync(here, text.replace("import { expect, test } from 'vitest';", atOnce));
      const saved = (await import(here)) as { readonly ran: number };
      expect(saved.ran).toBe(1);
    } finally {
      rmSync(here, { force: true });
    }
  });

  test('writes no test where nothing breaks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'claimcheck-'));
    const file = join(folder, 'none.test.ts');
    const { status, stderr } = claimcheck(
      'sample',
      '--promise',
      'clusterFallsQuiet',
      '--runs',
      '20',
      '--size',
      '1',
      '--save',
      file,
    );
    expect(status).toBe(0);
    expect(stderr).toContain('no test was written');
  });

  test.each([
    [['--size', 'huge'], 'small, medium, large'],
    [['--size', '21'], '1 to 20'],
    [['--runs', '0'], '1 or more'],
    [['--seed', 'x'], 'whole number'],
    [['--promise', 'retriesAreBound'], 'retriesAreBounded'],
    [['--design', 'nomad-1.9.8'], 'nomad-1.9.7'],
    [['--save', '/no/such/folder/x.test.ts'], 'no folder'],
  ])('answers %s in one line and exits 2', (args, expected) => {
    const { status, stdout, stderr } = claimcheck('sample', ...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(expected);
  });
});
