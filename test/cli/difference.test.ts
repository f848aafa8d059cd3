import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '#report/schema.ts';
import { claimcheck } from './fake.ts';

const two = ['compare', '--design', 'nomad-1.3.5', '--design', 'nomad-2.0.5', '--scope', 'happy-path'];
const broken = { everyClaimIsReleased: 'violated' } as const;

describe('a comparison of exactly two designs says what changed', () => {
  test('for people: pull requests and traces', async () => {
    const { out, code } = await claimcheck(two, broken);
    expect(code).toBe(0);
    expect(out).toContain('behaviours from nomad-1.3.5 to nomad-2.0.5');
    expect(out).toMatch(/#14675 +checkpoint-on-entry .* serves noWakeupIsLost/);
    expect(out).toMatch(/#27718 +collection-needs-identity .* costs everyClaimIsReleased/);
    expect(out).toMatch(/in both +everyClaimIsReleased .* nomad-1\.3\.5 +a run as well/);
    expect(out).toMatch(/new +everyClaimIsReleased .* nomad-2\.0\.5 +stops at step/);
  });

  test('in Markdown, as tables', async () => {
    const { out } = await claimcheck([...two, '--format', 'markdown'], broken);
    expect(out).toMatch(/\| \\#14675 \| checkpoint-on-entry \|/);
  });

  test('for scripts, beside the results', async () => {
    const { out } = await claimcheck([...two, '--json'], broken);
    const { difference, results } = v.parse(reportSchema, JSON.parse(out));
    expect(results.length).toBeGreaterThan(0);
    expect(difference).toMatchObject({ from: 'nomad-1.3.5', to: 'nomad-2.0.5' });
    expect(difference?.behaviours.map(({ name }) => name)).toContain('abandon-unknown-node');
    expect(difference?.traces.map(({ design, stopsAt }) => [design, stopsAt === null])).toEqual([
      ['nomad-1.3.5', true],
      ['nomad-2.0.5', false],
    ]);
  });
});

test('of one design, or of three, nothing is said of a change', async () => {
  for (const designs of [['nomad-2.0.5'], ['nomad-1.3.5', 'nomad-1.9.7', 'nomad-2.0.5']]) {
    const { out } = await claimcheck([
      'compare',
      '--json',
      '--scope',
      'happy-path',
      ...designs.flatMap((one) => ['--design', one]),
    ]);
    expect(JSON.parse(out)).not.toHaveProperty('difference');
  }
});
