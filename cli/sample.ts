import { setImmediate } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Design, defaultDesigns } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { findPromise } from '#properties/promises.ts';
import { type Sampled, type SampleProgress, sample } from '#properties/sampling/sample.ts';
import { type Size, sizeNames, worldMax } from '#properties/sampling/world.ts';
import type { CoveragePart, ReportDocument, Result, SampleOutcome } from '#report/document.ts';
import { renderSample } from '#report/sample-text.ts';
import { grouped } from '#report/words.ts';
import { hand, replayCommand } from './delivery.ts';
import { checkWritable, writeWhole } from './disk.ts';
import { exits } from './failure.ts';
import { eachOnce, type Given, givenDesign, givenPromises } from './given.ts';
import { collect, whole } from './judging-options.ts';
import { followRuns } from './progress.ts';
import { regressionTest } from './regression-test.ts';
import { coloursOf, type Stage } from './stage.ts';

const defaults = { runs: 1000, seed: 1, size: 'medium' } as const;

interface SampleOptions {
  readonly design: readonly string[];
  readonly promise: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly size: Size;
  readonly json?: true;
  readonly out?: string;
  readonly save?: string;
}

/** `sample`: schedules of worlds that are too large to explore; the first run that breaks a promise is shrunk and told. */
export function addSample(program: Command, stage: Stage, end: (code: number) => void): void {
  const today = defaultDesigns.slice(-1);
  program
    .command('sample')
    .summary('fast-check schedules of worlds that are too large to explore')
    .description(
      `Runs schedules in worlds drawn at random: an adversary first, then everybody does what they owe. Each broken promise is told once, in the smallest world and the fewest steps that were found for it. What is not broken is not proved.\nDesign: ${today.join()} if none is given.`,
    )
    .option('--design <name|file>', 'a release, a proposal or a JSON file; may be repeated', collect, [])
    .option('--promise <name>', 'one promise; all if none is given; may be repeated', collect, [])
    .addOption(new Option('--runs <n>', 'how many schedules').argParser(whole(1)).default(defaults.runs))
    .addOption(new Option('--seed <n>', 'the same seed draws the same runs').argParser(seed).default(defaults.seed))
    .addOption(
      new Option('--size <size>', `${sizeNames.join(', ')}, or a number of volumes up to ${worldMax.volumes}`)
        .argParser(size)
        .default(defaults.size),
    )
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'write the report to a file instead')
    .option('--save <file>', 'write what breaks as a regression test (TypeScript)')
    .addHelpText(
      'after',
      `
Examples:
  claimcheck sample
  claimcheck sample --design nomad-1.9.7 --promise retriesAreBounded --size small
  claimcheck sample --size large --runs 20000 --seed 7
  claimcheck sample --size 12 --save test/properties/found.test.ts

Exit: 0 nothing was broken, which proves nothing; 1 a promise is violated, 2 wrong use or bad input.`,
    )
    .action(async (options: SampleOptions) => {
      for (const path of [options.out, options.save]) if (path !== undefined) checkWritable(path);
      const designs = eachOnce((options.design.length > 0 ? options.design : today).map(givenDesign));
      const promises = givenPromises(options.promise, stage.engine.promises);
      const found: Told[] = [];
      for (const { value } of designs) found.push(await sampleOne(value, promises, options, stage));
      const report: ReportDocument = {
        schema: 'claimcheck/report@1',
        model: stage.model(),
        results: found.flatMap(({ results }) => results),
        sample: found.map(({ outcome }) => outcome),
      };
      const telling = {
        replay: (result: Result) => replayCommand(result, { designs, scopes: [] }),
        traces: true,
        colours: coloursOf(stage, options.out !== undefined),
      };
      hand(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderSample(report, telling), options.out, stage);
      const violated = report.results.filter(({ verdict }) => verdict === 'violated');
      if (options.save !== undefined) save(options.save, violated, designs, stage);
      end(violated.length > 0 ? exits.violated : exits.kept);
    });
}

interface Told {
  readonly outcome: SampleOutcome;
  readonly results: readonly Result[];
}

async function sampleOne(
  design: Design,
  promises: readonly string[],
  { runs, seed, size }: SampleOptions,
  stage: Stage,
): Promise<Told> {
  const started = stage.now();
  const lines = followRuns<SampleProgress>(runs, stage, ({ worlds, broken }) =>
    [`${design.name}: ${grouped(worlds)} worlds`, ...(broken.length > 0 ? [`broken: ${broken.join(', ')}`] : [])].join(
      ', ',
    ),
  );
  const sampling = sample({ design, promises: promises.map(findPromise), runs, seed, size, now: stage.now });
  try {
    for (;;) {
      const { done, value } = sampling.next();
      if (done) return toldOf(design, value, { seed, size, elapsedMs: stage.now() - started });
      lines.heard(value);
      // Lets an interruption through.
      await setImmediate();
    }
  } finally {
    lines.end();
  }
}

function toldOf(
  design: Design,
  sampled: Sampled,
  { seed, size, elapsedMs }: { readonly seed: number; readonly size: Size; readonly elapsedMs: number },
): Told {
  const { runs, steps, worlds, longest, endings, counts, findings, notBroken, cannotBreak } = sampled;
  const names = Object.keys(counts.actions);
  const shrinkingMs = findings.reduce((sum, { judgement }) => sum + judgement.elapsedMs, 0);
  const outcome: SampleOutcome = {
    design: design.name,
    seed,
    size: String(size),
    runs,
    steps,
    worlds,
    longest,
    elapsedMs: Math.round(elapsedMs),
    shrinkingMs,
    runsPerSecond: Math.round((runs * 1000) / Math.max(1, elapsedMs - shrinkingMs)),
    endings: { broken: endings.broken, quiet: endings.quiet, cycle: endings.cycle, tooLong: endings['too long'] },
    broken: findings.map(({ judgement, run, stepsFound, world }) => ({
      promise: judgement.promise,
      run,
      foundIn: world,
      stepsFound,
      steps: judgement.trace?.length ?? 0,
      token: judgement.trace?.token ?? '',
    })),
    notBroken: notBroken.map(({ promise, runs: judged }) => ({ promise: promise.name, runs: judged })),
    cannotBreak: cannotBreak.map(({ name }) => name),
    actions: { ...part(names, (name) => (counts.actions[name] ?? 0) > 0), taken: counts.actions },
    states: part(Object.keys(counts.states), (name) => counts.states[name] === true),
  };
  return { outcome, results: findings.map(({ judgement }) => judgement) };
}

function part(names: readonly string[], isExercised: (name: string) => boolean): CoveragePart {
  return { of: names.length, missed: names.filter((name) => !isExercised(name)) };
}

function save(path: string, violated: readonly Result[], designs: readonly Given<Design>[], stage: Stage): void {
  if (violated.length === 0) {
    stage.err('nothing was broken, so no test was written\n');
    return;
  }
  const own = designs.flatMap(({ value, file }) => (file === null ? [] : [value]));
  writeWhole(path, regressionTest(violated, own));
  stage.err(`wrote ${path}\n`);
}

function size(text: string): Size {
  const name = sizeNames.find((one) => one === text);
  if (name !== undefined) return name;
  const volumes = Number(text);
  if (!/^\d+$/.test(text) || volumes < 1 || volumes > worldMax.volumes) {
    throw new InvalidArgumentError(`Expected ${sizeNames.join(', ')}, or a number from 1 to ${worldMax.volumes}.`);
  }
  return volumes;
}

function seed(text: string): number {
  const value = whole(0)(text);
  if (value > 0xffffffff) throw new InputError(`the seed ${text} is too large`, { expected: 'at most 4294967295' });
  return value;
}
