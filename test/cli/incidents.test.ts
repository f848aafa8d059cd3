import { execFile } from 'node:child_process';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { reportSchema } from '#report/schema.ts';
import { claimcheck } from './fake.ts';

interface Ended {
  readonly code: number;
  readonly out: string;
}

function built(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['dist/cli/main.js', ...args], (_, out) =>
      resolve({ code: child.exitCode ?? -1, out }),
    );
  });
}

test('incidents --json is one document, valid against the schema, and its token replays', async () => {
  const { code, out } = await built('incidents', 'N34', 'n42', '--json');
  expect(code).toBe(0);
  const { incidents = [] } = v.parse(reportSchema, JSON.parse(out));
  expect(
    incidents.map(({ key, design, reproduced, fixedDesign, fixedPasses }) => [
      key,
      design,
      reproduced,
      fixedDesign,
      fixedPasses,
    ]),
  ).toEqual([
    ['N34', 'nomad-1.4.4', true, 'nomad-1.5.17', true],
    ['N42', 'nomad-0.12.5', true, 'nomad-1.0.0', true],
  ]);
  for (const { token } of incidents) expect((await built('trace', token ?? '')).code).toBe(0);
});

test('one incident alone is told in full: references, story, trigger, trace, token, workarounds', async () => {
  const { code, out } = await built('incidents', 'node-gc-hot-loop');
  expect(code).toBe(0);
  for (const part of ['#25349', '5 to 8 ms a turn', 'server skips the node step', 'back to step', 'trace cc1/']) {
    expect(out).toContain(part);
  }
  expect(out).toMatch(/deregister \(nomad-1\.9\.7\) +cannot be done/);
  expect(out).toMatch(/node-back \(nomad-1\.9\.7\) +yes +yes +yes +never/);
});

test('an incident that is not reproduced is exit 1, an unknown one names the nearest, and those left out have reasons', async () => {
  expect((await claimcheck(['incidents', 'N01'])).code).toBe(1);
  const unknown = await claimcheck(['incidents', 'node-gc-hot-lop']);
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toContain('did you mean "node-gc-hot-loop"');
  const { code, out } = await claimcheck(['incidents', '--left-out']);
  expect(code).toBe(0);
  expect(out).toContain('N30 usage-count-lost-on-restart: ');
});
