import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { pathsJsonSchema, pathsSchema } from '#report/paths-document.ts';
import { readAldebaran } from '../report/aldebaran-reader.ts';
import { claimcheck } from './fake.ts';

const parse = (text: string) => v.parse(pathsSchema, JSON.parse(text));

describe('paths', () => {
  test.each(['claim', 'node', 'watcher', 'unpublish v1/a1, client'])(
    'of %s keep their schema and go from step to step',
    async (of) => {
      const { code, out, err } = await claimcheck(['paths', of, '--faults', '1', '--json']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { paths, steps, states, stopped } = parse(out);
      expect(stopped).toBe(null);
      expect(paths).toHaveLength(states.length);
      for (const path of paths) {
        let at = 0;
        for (const { event, to } of path.steps) {
          const from = at;
          expect(steps.some((step) => step.from === from && step.event === event && step.to === to)).toBe(true);
          at = to;
        }
        expect(at).toBe(path.to);
      }
    },
  );

  test('that cover every transition take each of them', async () => {
    const { out } = await claimcheck(['paths', 'unpublish', '--cover', 'transitions', '--faults', '1', '--json']);
    const { paths, steps } = parse(out);
    const taken = new Set(
      paths.flatMap((path) => path.steps.map(({ event, to }, at) => `${path.steps[at - 1]?.to ?? 0} ${event} ${to}`)),
    );
    expect(taken).toEqual(new Set(steps.map(({ from, event, to }) => `${from} ${event} ${to}`)));
  });

  test('of the cluster are replayed by their tokens', async () => {
    const { out } = await claimcheck(['paths', 'cluster', '--limit', '40', '--json']);
    const { paths } = parse(out);
    expect(paths.length).toBeGreaterThan(40);
    for (const { token, length } of paths)
      expect(token?.split('/').at(-1)?.split('.').filter(Boolean)).toHaveLength(length);
  });

  test.each([
    ['claim', '--limit', '2'],
    ['claim', '--kind', 'simple', '--limit', '3'],
    ['cluster', '--limit', '5'],
    ['cluster', '--project', 'claim,watcher', '--limit', '50'],
  ])('with a limit that is reached give what they have, say so and end with 0: %s %s %s %s %s', async (...args) => {
    const { code, out, err } = await claimcheck(['paths', ...args.filter((one) => one !== undefined), '--json']);
    expect(code).toBe(0);
    expect(err).toMatch(/^claimcheck: not complete: .*--limit/);
    const { paths, stopped } = parse(out);
    expect(paths.length).toBeGreaterThan(0);
    expect(stopped).toContain('--limit');
  });

  test('within a limit say nothing of it', async () => {
    const { err } = await claimcheck(['paths', 'claim', '--limit', '1000']);
    expect(err).toBe('');
  });

  test('are written as a graph for other tools', async () => {
    const { out } = await claimcheck(['paths', 'node', '--format', 'aut']);
    const { states } = parse((await claimcheck(['paths', 'node', '--json'])).out);
    expect(readAldebaran(out).states).toBe(states.length);
  });

  test('are drawn to a file, whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'claimcheck-'));
    const out = join(folder, 'claim.svg');
    const { code, out: printed } = await claimcheck(['paths', 'claim', '--format', 'svg', '--out', out]);
    expect({ code, printed }).toEqual({ code: 0, printed: '' });
    expect(readFileSync(out, 'utf8')).toMatch(/^<\?xml[\s\S]*<\/svg>\s*$/);
    expect(readdirSync(folder)).toEqual(['claim.svg']);
  });
});

test.each([
  [['paths', 'clam'], /there is no machine "clam".*did you mean "claim"/],
  [['paths', 'cluster', '--project', 'claim,watchr'], /there is no machine "watchr".*did you mean "watcher"/],
  [['paths', 'cluster', '--project', 'claim,node,server'], /3 names.*one or two/],
  [['paths', 'claim', '--project', 'claim,watcher'], /--project is a view of the whole system/],
  [['paths', 'cluster', '--project', 'claim', '--kind', 'simple'], /shortest paths only/],
  [['paths', 'claim', '--out', '/no/such/folder/claim.svg'], /there is no folder/],
  [['paths', 'claim', '--as', 'chart'], /--as chart has no --format text/],
  [['paths', 'claim', '--as', 'paths', '--format', 'svg'], /--as paths has no --format svg/],
  [['paths', 'node', '--as', 'chart', '--format', 'aut'], /several initial states/],
  [['paths', 'cluster', '--as', 'graph', '--format', 'svg', '--limit', '500'], /the picture would have .* boxes/],
  [['paths', 'claim', '--limit', '0'], /Expected a whole number, 1 or more/],
  [['paths', 'claim', '--json', '--format', 'dot'], /contradict each other/],
  [['paths'], /no machine is given/],
  [['paths', 'node', '--as', 'table-tests'], /there are no table tests of node/],
  [['paths', '--as', 'table-tests', '--format', 'svg'], /--as table-tests has no --format svg/],
])('%j is refused in one line with exit 2', async (args, says) => {
  const { code, out, err } = await claimcheck(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(says);
  expect(
    err
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('[')),
  ).toHaveLength(1);
});

test('the schema of the paths is exported as JSON Schema', async () => {
  await expect(`${JSON.stringify(pathsJsonSchema, null, 2)}\n`).toMatchFileSnapshot('../../report/paths.schema.json');
});
