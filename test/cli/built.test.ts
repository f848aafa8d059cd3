import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { reportJsonSchema } from '#report/schema.ts';

// What a stranger runs: the built program, in a process of its own, with the real engine.
const program = 'dist/cli/main.js';
const world = ['--scope', 'node-collected'];
const env = { ...process.env, NO_COLOR: '1' };

function claimcheck(...args: string[]) {
  return spawnSync('node', [program, ...args], { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

beforeAll(() => expect(inject('buildFailure')).toBeNull());

describe('check', () => {
  test('exits 1 for the release that spins, with a report that is valid against the exported schema', () => {
    const { status, stdout } = claimcheck('check', '--design', 'nomad-1.9.7', ...world, '--json');
    const report = JSON.parse(stdout);
    expect(new Ajv().validate(reportJsonSchema, report)).toBe(true);
    expect(report.model).toMatch(/^[0-9a-f]{16}$/);
    expect(status).toBe(1);
  });

  test('exits 0 for a promise that is kept', () => {
    const { status } = claimcheck('check', '--design', 'nomad-2.0.5', ...world, '--promise', 'everyClaimIsReleased');
    expect(status).toBe(0);
  });

  test('exits 3 if a limit was reached', () => {
    const limited = ['--promise', 'everyClaimIsReleased', '--max-states', '50'];
    expect(claimcheck('check', '--design', 'nomad-2.0.5', ...world, ...limited).status).toBe(3);
  });
});

test('the command printed for a violation replays it, in every shape', () => {
  const { stdout } = claimcheck('check', '--design', 'nomad-1.9.7', ...world, '--json');
  const results: { verdict: string; trace: { token: string } }[] = JSON.parse(stdout).results;
  const token = results.find(({ verdict }) => verdict === 'violated')?.trace.token ?? '';
  for (const shape of ['table', 'log', 'itf', 'mermaid', 'json']) {
    const { status, stdout: shown, stderr } = claimcheck('trace', token, '--as', shape);
    expect({ shape, status, stderr }).toEqual({ shape, status: 0, stderr: '' });
    expect(shown.length).toBeGreaterThan(0);
  }
});

test('a scope of one’s own is judged, and its violation is replayed with the file named again', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'claimcheck-')), 'mine.json');
  const scope = {
    name: 'mine',
    topFaults: 1,
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    faults: { nodeDown: 1 },
    events: ['jobStopped', 'nodeCollected'],
  };
  writeFileSync(file, JSON.stringify(scope));
  const { status, stdout } = claimcheck('check', '--design', 'nomad-1.9.7', '--scope', file);
  expect(status).toBe(1);
  const command = /npx claimcheck (trace .*)/.exec(stdout)?.[1] ?? '';
  expect(command).toContain(`--scope ${file}`);
  expect(spawnSync('bash', ['-c', `node ${program} ${command}`], { env, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

test('a mistake is one line on stderr, nothing on stdout, and exit 2', () => {
  const { status, stdout, stderr } = claimcheck('check', '--scope', 'node-colected');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^claimcheck: [^\n]*did you mean "node-collected"[^\n]*\n$/);
});

test('Ctrl-C is answered at once, in words, with exit 130', async () => {
  const searching = spawn('node', [program, 'compare'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  searching.stderr.on('data', (chunk: Buffer) => {
    // The first line on stderr shows that the search is on.
    if (stderr === '') searching.kill('SIGINT');
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => searching.on('exit', resolve));
  expect(code).toBe(130);
  expect(stderr).toContain('claimcheck: interrupted');
});

test('a reader that stops early is no failure', () => {
  const { status, stderr } = spawnSync('bash', ['-c', `node ${program} --help | head -1; exit "\${PIPESTATUS[0]}"`], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
