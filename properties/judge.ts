import { judgeUnexplained } from '#checker/avoid.ts';
import type { Crew } from '#checker/crew.ts';
import { type Exploration, type ExploreOptions, explore } from '#checker/explore.ts';
import type { Answer, Run, Supremum } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import type { Design } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { type Avoided, avoidedInWords, explainedIn } from './avoid.ts';
import type { Obligation, PromiseSpec } from './promise.ts';
import { type ReadableTrace, traceOf } from './replay.ts';
import { assumptionsOf, sentenceOf } from './sentence.ts';

/** Limits, a clock, and who wants to know. */
export interface JudgeOptions {
  /** One rung of the ladder of faults; otherwise it is climbed from 0 to the scope's top. */
  readonly faults?: number;
  readonly maxStates?: number;
  /** In bytes. */
  readonly maxMemory?: number;
  readonly onProgress?: (progress: JudgeProgress) => void;
  /** Runs that explain enough already; the verdict is on the others. */
  readonly avoid?: readonly Avoided[];
  readonly signal?: { readonly aborted: boolean };
  /** Threads that help with a search that is large enough. */
  readonly crew?: Crew;
  /** The clock, in milliseconds. */
  now(): number;
}

/** How far the exploration of one rung has come. */
export interface JudgeProgress {
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  readonly states: number;
  readonly transitions: number;
  readonly frontier: number;
  readonly elapsedMs: number;
}

/** A largest count, between two ticks and in all. */
export interface BoundNumbers {
  readonly perTick: Supremum;
  readonly total: Supremum;
}

/** What became of one promise. The fields are those of the report's results. */
export interface Judgement {
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  readonly promise: string;
  readonly verdict: 'holds' | 'violated' | 'unknown';
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly elapsedMs: number;
  readonly bound?: BoundNumbers;
  readonly bounds?: Readonly<Record<string, BoundNumbers>>;
  readonly sentence: string;
  readonly assumptions: readonly string[];
  readonly trace: ReadableTrace | null;
}

/**
 * Judges promises of one design in one scope by exploring all of it, smallest rung of faults first. A judgement names
 * the smallest rung that breaks the promise, else the largest that was climbed; a limit makes it `unknown`.
 */
export function judgeScope(
  design: Design,
  scope: Scope,
  promises: readonly PromiseSpec[],
  options: JudgeOptions,
): Judgement[] {
  const rungs =
    options.faults === undefined ? Array.from({ length: scope.topFaults + 1 }, (_, rung) => rung) : [options.faults];
  const settled = new Map<string, Judgement>();
  for (const faults of rungs) {
    const open = promises.filter(
      (promise) => promise.appliesTo(scope) && settled.get(promise.name)?.verdict !== 'violated',
    );
    if (open.length === 0) break;
    const started = options.now();
    const model = buildModel(design, scope, faults);
    const asked = open.map((promise) => askedOf(model, promise));
    const edges = options.avoid !== undefined || asked.some(asksForSteps);
    const exploration = explore(model.composition.system, { edges, ...progressOf(model, faults, options) });
    for (const one of asked) {
      const { promise } = one;
      const before = settled.get(promise.name);
      const found = judgePromise(model, exploration, one, faults, options.now() - started, options);
      // What a smaller rung could not be searched to the end for, a larger one cannot make hold.
      settled.set(promise.name, before?.verdict === 'unknown' && found.verdict === 'holds' ? before : found);
    }
    if (exploration.stopped !== null) break;
  }
  return promises.flatMap((promise) => settled.get(promise.name) ?? []);
}

/** A promise, and what it asks of one model. */
interface Asked {
  readonly promise: PromiseSpec;
  readonly obligations: readonly Obligation[];
  readonly witnesses: ReturnType<PromiseSpec['witnesses']>;
}

function askedOf(model: Model, promise: PromiseSpec): Asked {
  return { promise, obligations: promise.obligations(model), witnesses: promise.witnesses(model) };
}

// Of states alone, what was found says enough.
function asksForSteps({ obligations, witnesses }: Asked): boolean {
  return [...obligations, ...witnesses].some(({ formula: { kind } }) => kind !== 'always' && kind !== 'sometimes');
}

/** The limits and the listener of one rung's exploration. */
export function progressOf({ cluster }: Model, faults: number, options: JudgeOptions): ExploreOptions {
  const { onProgress, signal, maxStates, maxMemory, crew } = options;
  return {
    now: options.now,
    ...(crew && { crew }),
    ...(maxStates !== undefined && { maxStates }),
    ...(maxMemory !== undefined && { maxMemory }),
    ...(signal && { signal }),
    ...(onProgress && {
      onProgress: ({ states, transitions, frontier, elapsed }) =>
        onProgress({
          design: cluster.design.name,
          scope: cluster.scope.name,
          faults,
          states,
          transitions,
          frontier,
          elapsedMs: elapsed,
        }),
    }),
  };
}

function judgePromise(
  model: Model,
  exploration: Exploration,
  { promise, obligations, witnesses }: Asked,
  faults: number,
  exploredMs: number,
  options: JudgeOptions,
): Judgement {
  const started = options.now();
  const { cluster } = model;
  const answers = judgeUnexplained(
    exploration,
    obligations.map((one) => one.formula),
    explainedIn(model, options.avoid ?? []),
  );
  const vacuous = judge(
    exploration,
    witnesses.map((one) => one.formula),
  );
  const judged = answers.map((answer, i): Judged => ({ answer, obligation: at(obligations, i) }));
  const worst = worstOf(judged);
  const run = worst === undefined ? null : runOf(worst.answer);
  const bounds =
    promise.form === 'bound'
      ? Object.fromEntries(
          judged.flatMap(({ answer }) => (answer.bound ? [[answer.formula.name, numbers(answer.bound)]] : [])),
        )
      : undefined;
  const verdict = worst?.answer.verdict ?? 'holds';
  return {
    design: cluster.design.name,
    scope: cluster.scope.name,
    faults,
    promise: promise.name,
    verdict,
    states: exploration.states,
    transitions: exploration.transitions,
    depth: exploration.depth,
    elapsedMs: Math.round(exploredMs + options.now() - started),
    ...(bounds && worst?.answer.bound && { bound: largest(Object.values(bounds)), bounds }),
    sentence: sentenceOf(model, promise, verdict, worst?.obligation, worst?.answer, exploration.stopped, bounds),
    assumptions: [
      ...assumptionsOf(
        model,
        faults,
        answers.flatMap((answer) => answer.notes),
        vacuous.flatMap((answer, i) => (answer.verdict === 'violated' ? [at(witnesses, i).broken] : [])),
      ),
      ...avoidedInWords(options.avoid ?? []),
    ],
    trace: run === null ? null : traceOf(model, run),
  };
}

interface Judged {
  readonly answer: Answer;
  readonly obligation: Obligation;
}

/** A violation before an unknown before the rest; among equals the shorter trace, among bounds the larger count. */
function worstOf(judged: readonly Judged[]): Judged | undefined {
  const rank = { violated: 2, unknown: 1, holds: 0 } as const;
  const weight = ({ answer }: Judged) =>
    answer.bound ? size(answer.bound.perTick) * 1e6 + size(answer.bound.total) : 0;
  const length = ({ answer }: Judged) => runOf(answer)?.actions.length ?? 0;
  return [...judged].sort(
    (a, b) => rank[b.answer.verdict] - rank[a.answer.verdict] || weight(b) - weight(a) || length(a) - length(b),
  )[0];
}

/** The run worth showing: of a bound the pump where there is one, else the run that reaches the total. */
export function runOf({ bound, run }: Answer): Run | null {
  if (!bound) return run;
  return bound.perTick === 'unbounded' ? bound.perTickRun : (bound.totalRun ?? bound.perTickRun);
}

const size = (supremum: Supremum): number => (supremum === 'unbounded' ? 1e5 : supremum === 'unknown' ? 0 : supremum);

const numbers = ({ perTick, total }: BoundNumbers): BoundNumbers => ({ perTick, total });

function largest(all: readonly BoundNumbers[]): BoundNumbers {
  const of = (pick: (one: BoundNumbers) => Supremum): Supremum => {
    const values = all.map(pick);
    if (values.includes('unbounded')) return 'unbounded';
    if (values.includes('unknown')) return 'unknown';
    return Math.max(...values.map(size));
  };
  return { perTick: of((one) => one.perTick), total: of((one) => one.total) };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`nothing at ${index} of ${list.length}`);
  return found;
}
