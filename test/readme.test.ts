import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { incidents } from '#incidents/incidents.ts';
import { designNames } from '#models/designs/design.ts';
import { scopeNames } from '#models/scopes/scope.ts';
import { actions } from '#properties/shown/actions.ts';
import { states } from '#properties/shown/states.ts';
import { shownIn } from '#properties/shown.ts';
import { printed } from './printed.ts';
import { generatedBlocks, printedCommands, regenerated } from './readme.ts';

const readme = readFileSync('README.md', 'utf8');
const benchmarks = readFileSync('docs/benchmarks.md', 'utf8');
const slow = 300_000;
const plainly = {
  env: { ...process.env, NO_COLOR: '1' },
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
} as const;

test('every number that a command wrote into the README is what the command prints today', { timeout: slow }, () => {
  expect(inject('buildFailure')).toBeNull();
  expect(generatedBlocks(readme)).not.toEqual([]);
  const today = regenerated(readme, printed);
  if (process.env.UPDATE === '1') writeFileSync('README.md', today);
  else expect(readme).toBe(today);
});

describe('every command in the README runs as printed', () => {
  const commands = printedCommands(readme);
  test('there are some', () => {
    expect(commands).not.toEqual([]);
  });
  test.each(commands)('$line', { timeout: slow }, ({ line, exits }) => {
    expect(inject('buildFailure')).toBeNull();
    const { status, stderr } = spawnSync('bash', ['-c', line], plainly);
    expect(status, stderr).toBe(exits);
  });
});

const sample = `# Title
<!-- generated: claimcheck compare --format markdown -->
| old | 1 |
<!-- /generated -->
\`\`\`sh
npm install && npm start
\`\`\`
<!-- run -->
\`\`\`sh
# A comment.
npx claimcheck check   # exits 1
npx claimcheck compare
\`\`\`
\`\`\`text
not a command
\`\`\`
<!-- /run -->
`;

test('a block that differs from its command is noticed and rewritten, and what was just written is not', () => {
  const anew = regenerated(sample, (command) => `| ${command} | 2 |\n`);
  expect(anew).not.toBe(sample);
  expect(generatedBlocks(anew)).toEqual([
    { command: 'claimcheck compare --format markdown', content: '\n| claimcheck compare --format markdown | 2 |\n\n' },
  ]);
  expect(regenerated(anew, (command) => `| ${command} | 2 |\n`)).toBe(anew);
});

test('only sh fences between the markers are run, each line with the exit it announces', () => {
  expect(printedCommands(sample)).toEqual([
    { line: 'npx claimcheck check   # exits 1', exits: 1 },
    { line: 'npx claimcheck compare', exits: 0 },
  ]);
});

test('every number that the README says in prose is that of the data', () => {
  const recordings = readdirSync('conformance/recordings', { recursive: true }).filter((file) =>
    String(file).endsWith('.json'),
  );
  const { altered, refused } = JSON.parse(readFileSync('test/conformance/metamorphic.json', 'utf8'));
  const mutated = JSON.parse(readFileSync('test/mutation/score.json', 'utf8'));
  const byDefault = (part: 'actions' | 'states', all: object) => {
    const places = Object.keys(all).map((name) => shownIn(part, name));
    return places.filter((place) => place && 'in' in place && scopeNames.includes(place.in.scope)).length;
  };
  const rate = measured('explorer', '12,955,637 states') / 1e6;
  const bytes = measured('explorer', 'arrays and memos, steps not kept');
  const spin = measured('spin', 'Spin : explorer');
  const naive = measured('xstate-graph', '@xstate/graph : explorer, machines remembered');
  const promises = ['everyClaimIsReleased', 'clusterFallsQuiet', 'retriesAreBounded', 'releaseIsAlwaysPossible'];
  const dearest = Math.max(...promises.map((promise) => measured('liveness', promise)));
  const releases = designNames.filter((name) => name.startsWith('nomad-'));
  const prose = readme.replaceAll(/\s+/g, ' ');
  const reproduced = (of: string) => incidents.filter(({ key }) => key.startsWith(of)).length;
  for (const said of [
    `reproduces ${reproduced('N')} of Nomad's 47 field incidents and ${reproduced('K')} of Kubernetes'`,
    `for ${releases.length} releases from ${releases[0]?.slice('nomad-'.length)} to ${releases.at(-1)?.slice('nomad-'.length)}`,
    `follows ${recordings.length} recordings`,
    `Of ${altered} recordings with one write left out, repeated or exchanged ${refused} are refused`,
    `Of ${mutated.mutants} such changes ${mutated.mutants - mutated.survivors} are noticed: ${mutated.noticedByAVerdict} by a verdict, ${mutated.noticedByABoundOrATraceOnly} by a bound or a trace`,
    `one thread finds ${rate.toFixed(1)} million states a second in a world of 12,955,637 states, with ${bytes.toFixed(0)} bytes a state`,
    `Spin takes ${spin.toFixed(1)} times as long for the same states, \`@xstate/graph\` ${naive.toFixed(0)} times in a world of 158,815`,
    `one promise about runs costs ${dearest.toFixed(1)} times its search at most`,
    `Why the ${mutated.survivors} survivors survive`,
    `Of ${Object.keys(actions).length} actions ${byDefault('actions', actions)} fire in a default scope`,
    `of ${Object.keys(states).length} local states ${byDefault('states', states)} are reached there`,
  ]) {
    expect({ said, isThere: prose.includes(said) }).toEqual({ said, isThere: true });
  }
});

/** The median that the page of benchmarks has for something in a section, in the largest world if there are several. */
function measured(section: string, what: string): number {
  const lines = benchmarks.split(/^## /m).find((one) => one.startsWith(`${section}\n`)) ?? '';
  const cells = lines.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return Number(cells.findLast(([, first]) => first === what)?.[3]?.replaceAll(',', ''));
}
