import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Benchmark, Row } from './benchmark.ts';
import { explorer } from './explorer.ts';
import { liveness } from './liveness.ts';
import { memo } from './memo.ts';
import { workers } from './workers.ts';
import { xstateGraph } from './xstate-graph.ts';

/** `npm run bench [-- NAME...] [--rounds N] [--write]`: measures, prints a table, and writes it to docs/benchmarks.md if asked to. */
const benchmarks: readonly Benchmark[] = [explorer, memo, xstateGraph, liveness, workers];
const page = 'docs/benchmarks.md';

const args = process.argv.slice(2);
const roundsAt = args.indexOf('--rounds');
const rounds = roundsAt < 0 ? 3 : Number(args[roundsAt + 1]);
const names = args.filter((arg, at) => !arg.startsWith('--') && (roundsAt < 0 || at !== roundsAt + 1));
const unknown = names.find((name) => !benchmarks.some((one) => one.name === name));
if (unknown !== undefined || !Number.isInteger(rounds) || rounds < 1) {
  const known = benchmarks.map(({ name }) => name).join(', ');
  process.stderr.write(
    unknown === undefined
      ? '--rounds: expected a whole number, 1 or more\n'
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
if (args.includes('--write')) write(sections);

function inMarkdown({ name, says }: Benchmark, rows: readonly Row[]): string {
  const lines = rows.map(({ what, unit, values, goal }) => {
    const sorted = values.toSorted((a, b) => a - b);
    const [least, middle, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map(inDigits);
    return `| ${what} | ${least} | ${middle} | ${most} | ${unit} | ${goal ?? ''} |`;
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

function inDigits(value = Number.NaN): string {
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
