import type { Design } from '#models/designs/design.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { readScope } from '#models/scopes/scope.ts';

/** One question about speed or memory, answered by things measured side by side in one run. */
export interface Benchmark {
  /** The name on the command line; that of its file. */
  readonly name: string;
  /** What is measured, in a sentence or two. */
  readonly says: string;
  /** Measures so many rounds. */
  measure(rounds: number): Promise<readonly Row[]> | readonly Row[];
}

/** One line of the answer: a value for each round. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** The number that the median should reach (design, section 8); absent where there is none. */
  readonly goal?: Goal;
}

/** A number to reach, from below or from above. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** The middle one of some values, the upper one of two. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Whether a median reaches its goal. */
export function isMet(goal: Goal, median: number): boolean {
  return 'atLeast' in goal ? median >= goal.atLeast : median <= goal.atMost;
}

/** Milliseconds that something takes, and what it gives. */
export function timed<T>(run: () => T): { readonly ms: number; readonly result: T } {
  const from = performance.now();
  const result = run();
  return { ms: performance.now() - from, result };
}

/** `first` and `second` in turn, so that a machine that slows down slows both; the milliseconds of each round. */
export function inTurn(rounds: number, ...runs: readonly (() => unknown)[]): number[][] {
  const all = runs.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, run] of runs.entries()) all[at]?.push(timed(run).ms);
  }
  return all;
}

/** The ratio of each round. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, round) => value / (under[round] ?? Number.NaN));
}

/** Today's release. */
export const today: Design = findDesign('nomad-2.0.5');

/**
 * One single-writer volume, two nodes, the second allocation replaces the first: some millions of states with one fault. Another
 * choice of faults makes another world of it.
 */
export function replacement(faults: number, kinds: object = { rpcFailure: 1, nodeDown: true }): Model {
  const scope = {
    name: 'replacement',
    volumes: [{ name: 'v1', access: 'single-node-writer' }],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n2', replaces: 'a1' },
    ],
    faults: kinds,
    topFaults: 1,
    events: ['jobStopped'],
  };
  return buildModel(today, readScope(scope, 'replacement'), faults);
}

/** More than ten million states: two faults, calls that fail. */
export function tenMillion(): Model {
  return replacement(2, { rpcFailure: 2 });
}
