import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReportDocument } from '#report/document.ts';
import { claimcheck } from './fake.ts';

const recording = (name: string) => `conformance/recordings/${name}.json`;
const [old, fixed] = [recording('1.9.7/client-unpublish'), recording('2.0.5/claim-gc-without-acls')];

describe('conform', () => {
  test('several recordings end in a table of the default designs, and the exit is about their own releases', async () => {
    const { code, out } = await claimcheck(['conform', old, fixed]);
    expect(code).toBe(0);
    expect(out).toContain('recording                         nomad-1.9.7');
    expect(out).toMatch(/1\.9\.7\/client-unpublish\.json +accepts +accepts +accepts/);
    expect(out).toMatch(/2\.0\.5\/claim-gc-without-acls\.json +refuses event \d+ +refuses event \d+ +accepts/);
    expect(out).toContain('2 of 2 accepted');
  });
  test('of several designs one that explains it is enough', async () => {
    const both = ['--design', 'nomad-1.10.0', '--design', 'nomad-2.0.5'];
    expect((await claimcheck(['conform', fixed, ...both])).code).toBe(0);
    expect((await claimcheck(['conform', fixed, '--design', 'nomad-1.10.0', '--design', 'nomad-1.9.7'])).code).toBe(1);
    const { out } = await claimcheck(['conform', fixed, ...both, '--json']);
    const { conform } = JSON.parse(out) as ReportDocument;
    expect(conform?.map(({ design, accepted }) => [design, accepted])).toEqual([
      ['nomad-1.10.0', false],
      ['nomad-2.0.5', true],
    ]);
  });
  test('as JSON, one entry for each recording under its own release', async () => {
    const { code, out } = await claimcheck(['conform', old, fixed, '--json']);
    expect(code).toBe(0);
    const { conform } = JSON.parse(out) as ReportDocument;
    expect(conform?.map(({ design }) => design)).toEqual(['nomad-1.9.7', 'nomad-2.0.5']);
  });
  test('a release that nobody knows is a mistake in the file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'claimcheck-')), 'mine.json');
    const raw = JSON.parse(readFileSync(old, 'utf8')) as { nomad: string };
    writeFileSync(file, JSON.stringify({ ...raw, nomad: '9.9.9' }));
    const { code, err } = await claimcheck(['conform', file]);
    expect(code).toBe(2);
    expect(err).toContain(`${file}: nomad: there is no design "nomad-9.9.9"`);
    writeFileSync(
      file,
      JSON.stringify({
        ...raw,
        events: [
          { ms: 1, what: 'rumour' },
          { ms: 2, what: 'end' },
        ],
      }),
    );
    const odd = await claimcheck(['conform', file]);
    expect(odd.code).toBe(2);
    expect(odd.err).toContain(`${file}: events[0]`);
    expect(odd.out).toBe('');
  });
});
