import fc from 'fast-check';
import type { Design } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { scopeOfWorld } from '#models/scopes/world.ts';
import type { Judgement } from '#properties/judge.ts';
import type { PromiseSpec } from '#properties/promise.ts';
import { Course, type Ending } from './course.ts';
import { judgementOf } from './judgement.ts';
import { type Schedule, schedules } from './schedule.ts';
import { shrink } from './shrink.ts';
import { addCounts, type Counts } from './tally.ts';
import { type Size, type World, worlds } from './world.ts';

/** What is sampled: a design, the promises it is held to, how many schedules in worlds of which size, drawn by which seed. */
export interface SampleOptions {
  readonly design: Design;
  readonly promises: readonly PromiseSpec[];
  readonly runs: number;
  readonly seed: number;
  readonly size: Size;
  /** The clock, in milliseconds. */
  now(): number;
}

/** How far it has come. */
export interface SampleProgress {
  readonly runs: number;
  readonly steps: number;
  readonly worlds: number;
  /** Promises that were found broken so far. */
  readonly broken: readonly string[];
}

/** A promise that was found broken: after how many runs, in how many steps, and the shrunk run. */
export interface Finding {
  readonly judgement: Judgement;
  readonly run: number;
  readonly stepsFound: number;
  readonly world: string;
}

/** What came of the sampling. */
export interface Sampled extends SampleProgress {
  readonly findings: readonly Finding[];
  /** Promises that were judged in so many runs and not broken: nothing is proved by that. */
  readonly notBroken: readonly { readonly promise: PromiseSpec; readonly runs: number }[];
  /** Promises about all runs at once, which one run cannot break. */
  readonly cannotBreak: readonly PromiseSpec[];
  readonly longest: number;
  readonly endings: Readonly<Record<Ending, number>>;
  readonly counts: Counts;
}

/** Worlds are drawn so that each gets a fair share of the schedules, but no fewer and no more than these. */
const WORLDS = 20;
const RUNS_A_WORLD = { least: 50, most: 500 } as const;
/** Schedules between two words about progress. */
const RUNS_A_TURN = 100;
/** Numbers in a schedule's prefix at most. */
const MOVES_MAX = 48;

/**
 * Samples schedules in one world after the other, and shrinks the first run that breaks each promise. The same options draw
 * the same runs. A generator, so that whoever drives it may tell how far it is, or stop.
 */
export function* sample(options: SampleOptions): Generator<SampleProgress, Sampled> {
  const { design, promises, size, seed } = options;
  const judged = promises.filter(({ form }) => form !== 'possible');
  const closed = new Set<PromiseSpec>();
  const findings: Finding[] = [];
  const counts: Counts[] = [];
  const applied = new Map<PromiseSpec, number>();
  const endings: Record<Ending, number> = { broken: 0, quiet: 0, cycle: 0, 'too long': 0 };
  const so = { runs: 0, steps: 0, worlds: 0, longest: 0 };
  const progress = (): SampleProgress => ({ ...so, broken: [...closed].map(({ name }) => name) });

  const share = Math.ceil(options.runs / WORLDS);
  const aWorld = Math.min(RUNS_A_WORLD.most, Math.max(RUNS_A_WORLD.least, share));
  const drawn = fc.sample(worlds(size), { seed, numRuns: Math.ceil(options.runs / aWorld) });
  for (const world of drawn) {
    if (closed.size === judged.length) break;
    so.worlds++;
    const scope = scopeOfWorld(world.world);
    const course = new Course(buildModel(design, scope, world.budget), judged, closed);
    const asked = judged.filter((promise) => promise.appliesTo(scope));
    const end = Math.min(options.runs, so.worlds * aWorld);
    while (so.runs < end && closed.size < judged.length) {
      const open = asked.filter((promise) => !closed.has(promise));
      const before = so.runs;
      const found = search(course, Math.min(RUNS_A_TURN, end - so.runs), mixed(seed, so.runs), () => {
        so.runs++;
        so.steps += course.walker.actions.length;
        so.longest = Math.max(so.longest, course.walker.actions.length);
        endings[course.ending]++;
      });
      for (const promise of open) applied.set(promise, (applied.get(promise) ?? 0) + so.runs - before);
      if (found) {
        const { promise } = found;
        findings.push(findingOf(options, world, course, found, so.runs));
        closed.add(promise);
      }
      yield progress();
    }
    counts.push(course.tally.counts());
  }
  return {
    ...progress(),
    longest: so.longest,
    endings,
    counts: addCounts(counts),
    findings,
    notBroken: judged.flatMap((promise) => (closed.has(promise) ? [] : [{ promise, runs: applied.get(promise) ?? 0 }])),
    cannotBreak: promises.filter(({ form }) => form === 'possible'),
  };
}

/** A schedule that breaks a promise, as fast-check shrank it. */
interface Found {
  readonly promise: PromiseSpec;
  readonly schedule: Schedule;
}

/** Some schedules, until one breaks a promise. While fast-check shrinks it, only that promise counts. */
function search(course: Course, runs: number, seed: number, ran: () => void): Found | null {
  let promise: PromiseSpec | null = null;
  const property = fc.property(schedules(MOVES_MAX), (schedule) => {
    const broken = course.run(schedule)?.watched.promise;
    if (promise === null) ran();
    if (broken === undefined || (promise !== null && broken !== promise)) return true;
    promise = broken;
    return false;
  });
  const { counterexample } = fc.check(property, { seed, numRuns: runs });
  return promise && counterexample ? { promise, schedule: counterexample[0] } : null;
}

function findingOf(
  { design, now }: SampleOptions,
  world: World,
  course: Course,
  { promise, schedule }: Found,
  run: number,
): Finding {
  const started = now();
  const broken = course.run(schedule);
  if (broken?.watched.promise !== promise) throw new Error(`a schedule that broke ${promise.name} does not any more`);
  const shrunk = shrink(design, world, promise, broken.run);
  return {
    judgement: judgementOf(shrunk, promise, Math.round(now() - started)),
    run,
    stepsFound: broken.run.actions.length,
    world: course.model.cluster.scope.name,
  };
}

/** A seed of its own for each turn: neighbouring seeds of the whole share none. */
function mixed(seed: number, turn: number): number {
  const hash = Math.imul(Math.imul(seed ^ (seed >>> 16), 0x9e3779b1) ^ turn, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
