import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Design } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { type Avoided, readAvoided } from '#properties/avoid.ts';
import { promises as allPromises, findPromise } from '#properties/promises.ts';
import { isReduciblePromise, type ReductionName, reductions } from '#properties/reduced.ts';
import type { Limits } from './engine.ts';
import { eachOnce, findAmong, type Given, givenDesign, givenPromises, givenScope } from './given.ts';

/** How much memory a search takes at most unless told otherwise: a world that does not fit ends in `unknown`, not in a dead process. */
export const memoryMb = 4096;

/** The options of a command that judges, as commander hands them over. */
export interface JudgingOptions {
  readonly design: readonly string[];
  readonly scope: readonly string[];
  readonly all?: true;
  readonly promise: readonly string[];
  readonly faults?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly workers?: number;
  readonly seed?: number;
  readonly cache: boolean;
  readonly avoid: readonly string[];
  readonly reduce?: ReductionName;
}

/** What is to be judged, every name resolved and every file read. */
export interface Matter {
  readonly designs: readonly Given<Design>[];
  readonly scopes: readonly Given<Scope>[];
  readonly promises: readonly string[];
  readonly limits: Limits;
  readonly avoid: readonly Avoided[];
  readonly reduce: ReductionName | null;
  readonly workers: number;
  /** Whether verdicts of earlier runs are taken and new ones kept. Not under limits of one's own: those are to be seen at work. */
  readonly remembers: boolean;
}

/** The same everywhere: worlds that are searched at once share the memory, and no verdict may depend on a machine's cores. */
const workersAtOnce = 2;

/** Adds the options that all commands that judge share. */
export function withJudgingOptions(command: Command): Command {
  return command
    .option(
      '--design <name|file>',
      'a release, a proposal or a JSON file; a+b lays b over a, a~b takes it back',
      collect,
      [],
    )
    .option('--scope <name|file>', 'a default scope or a JSON file', collect, [])
    .option('--all', 'every default scope if none is given, the largest as well')
    .option('--promise <name>', 'one promise; all if none is given', collect, [])
    .option(
      '--avoid <token|action>',
      'only runs that do not take this action, or not all the actions of this token: what else breaks the promise?',
      collect,
      [],
    )
    .option('--faults <n>', 'judge this rung of the ladder of faults only', whole(0))
    .option('--max-states <n>', 'stop a search at so many states; the verdict is then unknown', whole(1))
    .option(
      '--max-memory <mb>',
      `stop a search at so much memory; the verdict is then unknown (default: ${memoryMb})`,
      whole(1),
    )
    .option(
      '--workers <n>',
      `how many threads search: several worlds at once, or one large world together (default: one a world, ${workersAtOnce} at most)`,
      whole(1),
    )
    .addOption(
      new Option(
        '--reduce <way>',
        'search fewer states, for promises of the form "always" only: one of those that differ in who is who, or one order of actions that commute',
      ).choices(reductions),
    )
    .option('--no-cache', 'search again, whatever earlier runs of the same model found')
    .addOption(new Option('--seed <n>', 'for sampling; an exhaustive search draws nothing').argParser(whole(0)));
}

/** Resolves what the options name; a command says which designs and scopes it takes if none is given. */
export function matterOf(
  options: JudgingOptions,
  defaults: {
    readonly designs: readonly string[];
    readonly scopes: readonly string[];
    readonly promises: readonly string[];
  },
): Matter {
  const { faults, maxStates, maxMemory } = options;
  const designs = eachOnce(orElse(options.design, defaults.designs).map(givenDesign));
  const scopes = eachOnce(orElse(options.scope, defaults.scopes).map(givenScope));
  const worlds = scopes.flatMap(({ value: scope }) => designs.map(({ value: design }) => ({ design, scope })));
  return {
    designs,
    scopes,
    avoid: options.avoid.map((one) => readAvoided(one, worlds, findAmong(designs, scopes))),
    promises: suited(givenPromises(options.promise, defaults.promises), options),
    reduce: options.reduce ?? null,
    limits: {
      ...(faults === undefined ? {} : { faults }),
      ...(maxStates === undefined ? {} : { maxStates }),
      maxMemory: (maxMemory ?? memoryMb) * 1024 * 1024,
    },
    workers: options.workers ?? Math.min(worlds.length, workersAtOnce),
    remembers: options.cache && maxStates === undefined && maxMemory === undefined,
  };
}

/** A reduction is refused, by name, to a promise that it could not judge; of all promises it takes those that it can. */
function suited(promises: readonly string[], { promise: named, reduce, avoid }: JudgingOptions): readonly string[] {
  if (!reduce) return promises;
  if (avoid.length > 0) {
    throw new InputError('--reduce and --avoid contradict each other', { expected: 'one of them' });
  }
  const suits = promises.filter((one) => isReduciblePromise(findPromise(one)));
  const unfit = named.length > 0 ? promises.find((one) => !suits.includes(one)) : undefined;
  if (unfit !== undefined) {
    throw new InputError(`${reduce} cannot judge ${unfit}, which is of the form "${findPromise(unfit).form}"`, {
      where: '--reduce',
      expected: `promises of the form "always": ${allPromises
        .filter(isReduciblePromise)
        .map(({ name }) => name)
        .join(', ')}`,
    });
  }
  return suits;
}

/** Gathers an option that may be given several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Reads a whole number, at least so large. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected a whole number, ${least} or more.`);
    }
    return value;
  };
}

function orElse(given: readonly string[], defaults: readonly string[]): readonly string[] {
  return given.length > 0 ? given : defaults;
}
