import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Benchmark, type Goal, isMet, medianOf, type Row } from './benchmark.ts';
import { explorer } from './explorer.ts';
import { type Grown, grow, growthInMarkdown, growthPicture } from './growth.ts';
import { large } from './large.ts';
import { liveness } from './liveness.ts';
import { memo } from './memo.ts';
import { spin } from './spin.ts';
import { symmetry } from './symmetry.ts';
import { workers } from './workers.ts';
import { xstateGraph } from './xstate-graph.ts';

/** `npm run bench [-- NAME...] [--rounds N] [--gib N] [--write]`: measures, prints a table, and writes it to docs/benchmarks.md if asked to. */
const benchmarks: readonly Benchmark[] = [explorer, large, memo, xstateGraph, spin, liveness, symmetry, workers];
const page = 'docs/benchmarks.md';

const args = process.argv.slice(2);
const roundsAt = args.indexOf('--rounds');
const rounds = roundsAt < 0 ? 3 : Number(args[roundsAt + 1]);
const gibAt = args.indexOf('--gib');
const gib = gibAt < 0 ? 20 : Number(args[gibAt + 1]);
const values = [roundsAt, gibAt].filter((at) => at >= 0).map((at) => at + 1);
const names = args.filter((arg, at) => !arg.startsWith('--') && !values.includes(at));
const growth = 'growth';
const unknown = names.find((name) => name !== growth && !benchmarks.some((one) => one.name === name));
if (unknown !== undefined || !Number.isInteger(rounds) || rounds < 1 || !(gib > 0)) {
  const known = [...benchmarks.map(({ name }) => name), growth].join(', ');
  process.stderr.write(
    unknown === undefined
      ? '--rounds: expected a whole number, 1 or more; --gib: a number above 0\n'
      : `${unknown}: no benchmark; expected one of ${known}\n`,
  );
  process.exit(2);
}

const sections: string[] = [];
for (const one of benchmarks.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const section = inMarkdown(one, await one.measure(rounds));
  process.stdout.write(`${section}\n`);
  sections.push(section);
}
if (names.length === 0 || names.includes(growth)) {
  const bytes = gib * 2 ** 30;
  const all: Grown[] = [];
  for (const one of grow(bytes)) {
    process.stderr.write(
      `growth: ${one.size} ${one.along}${one.reduced ? ', by symmetry' : ''}: ${one.states} states\n`,
    );
    all.push(one);
  }
  const section = growthInMarkdown(all, bytes, 'growth.svg');
  process.stdout.write(`${section}\n`);
  sections.push(section);
  if (args.includes('--write')) growthPicture(all, 'docs/growth.svg');
}
if (args.includes('--write')) write(sections);

function inMarkdown({ name, says }: Benchmark, rows: readonly Row[]): string {
  const lines = rows.map(({ what, unit, values, goal }) => {
    const numbers = [Math.min(...values), medianOf(values), Math.max(...values)].map(inDigits);
    return `| ${what} | ${numbers.join(' | ')} | ${unit} | ${goal ? judged(goal, medianOf(values)) : ''} |`;
  });
  return [
    `## ${name}`,
    '',
    says,
    '',
    '| what | minimum | median | maximum | unit | goal |',
    '| --- | --: | --: | --: | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

function judged(goal: Goal, median: number): string {
  const asked = 'atLeast' in goal ? `at least ${goal.atLeast.toLocaleString('en')}` : `at most ${goal.atMost}`;
  return `${asked}: ${isMet(goal, median) ? 'met' : '**not met**'}`;
}

function inDigits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

// A benchmark that was not run keeps the section it has.
function write(fresh: readonly string[]): void {
  const titleOf = (section: string) => section.slice(0, section.indexOf('\n'));
  const old = oldSections().map((section) => fresh.find((one) => titleOf(one) === titleOf(section)) ?? section);
  const added = fresh.filter((one) => !old.includes(one));
  const head = `# Benchmarks\n\nWritten by \`npm run bench -- --write\`: ${rounds} rounds each on ${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}.\n`;
  writeFileSync(`${page}.draft`, `${[head, ...old, ...added].join('\n').trimEnd()}\n`);
  renameSync(`${page}.draft`, page);
}

function oldSections(): string[] {
  try {
    return readFileSync(page, 'utf8')
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => `${section.trimEnd()}\n`);
  } catch {
    return [];
  }
}
