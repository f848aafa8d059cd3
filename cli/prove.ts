import type { Command } from 'commander';
import { defaultDesigns } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { scopes, usualScopeNames } from '#models/scopes/scope.ts';
import type { ProvedWorld } from '#report/proof-document.ts';
import { proofTable } from '#report/proof-table.ts';
import { faultsInWords, grouped } from '#report/words.ts';
import { hand } from './delivery.ts';
import { checkWritable } from './disk.ts';
import type { Progress, World } from './engine.ts';
import { exits } from './failure.ts';
import { collect, matterOf, memoryMb, whole } from './judging-options.ts';
import { followLines, remainingAfter } from './progress.ts';
import { proveWorld } from './proving.ts';
import { coloursOf, type Stage } from './stage.ts';

/** How many worlds are proved at once unless told otherwise. */
const workersAtOnce = 2;

/** The top rung unless one is given: Spin takes its time over fair runs. */
const topFaults = 1;

interface ProveOptions {
  readonly design: readonly string[];
  readonly scope: readonly string[];
  readonly promise: readonly string[];
  readonly faults?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly workers?: number;
  readonly json?: true;
  readonly out?: string;
}

/** `prove`: the same counts and verdicts from Spin, an engine that shares nothing with our own. */
export function addProve(program: Command, stage: Stage, end: (code: number) => void): void {
  const { provable } = stage.engine;
  const asked = provable.filter(({ byDefault }) => byDefault).map(({ promise }) => promise);
  const small = scopes
    .filter(({ name, allocations }) => allocations.length === 1 && usualScopeNames.includes(name))
    .map(({ name }) => name);
  program
    .command('prove')
    .summary('the same counts and verdicts from Spin, or where they differ')
    .description(
      `Writes each world out as Promela, has Spin search it, and compares: states, steps, and the verdict on each promise.\nDesigns: ${defaultDesigns.join(', ')} if none is given. Scopes: the default ones with one allocation if none is given. Promises: ${asked.join(', ')} if none is given.`,
    )
    .option('--design <name|file>', 'a release, a proposal or a JSON file', collect, [])
    .option('--scope <name|file>', 'a default scope or a JSON file', collect, [])
    .option('--promise <name>', 'one promise that Spin can be asked', collect, [])
    .option(
      '--faults <n>',
      `prove this rung of the ladder of faults only; all up to ${topFaults} if not given`,
      whole(0),
    )
    .option('--max-states <n>', 'give up at so many states', whole(1))
    .option('--max-memory <mb>', `give up at so much memory (default: ${memoryMb})`, whole(1))
    .option('--workers <n>', `how many worlds are proved at once (default: ${workersAtOnce})`, whole(1))
    .option('--json', 'print every count and verdict as JSON')
    .option('--out <file>', 'write it to a file instead')
    .addHelpText(
      'after',
      `
Needs Spin and a C compiler; on Debian: apt-get install spin gcc libc6-dev.

Examples:
  claimcheck prove --scope happy-path
  claimcheck prove --design nomad-1.9.7 --scope node-collected --faults 1
  claimcheck prove --json --out proof.json

Exit: 0 Spin agrees on everything, 1 it does not, or cannot tell, 2 wrong use or bad input, or no Spin on this machine.`,
    )
    .action(async (options: ProveOptions) => {
      if (options.out !== undefined) checkWritable(options.out);
      const names = provable.map(({ promise }) => promise);
      const others = options.promise.filter((name) => stage.engine.promises.includes(name) && !names.includes(name));
      if (others.length > 0) {
        throw new InputError(`Spin cannot be asked about ${others.join(', ')}`, {
          expected: `one of ${names.join(', ')}`,
        });
      }
      const promises = options.promise.length > 0 ? options.promise : asked;
      const matter = matterOf(
        { ...options, promise: promises, workers: options.workers ?? workersAtOnce, cache: false, avoid: [] },
        { designs: defaultDesigns, scopes: small, promises: stage.engine.promises },
      );
      const missing = await stage.spin.missing();
      if (missing.length > 0) {
        throw new InputError(`${missing.join(' and ')} cannot be run on this machine`, {
          expected: `the Debian packages that hold them: apt-get install spin gcc libc6-dev`,
        });
      }
      const worlds = matter.scopes.flatMap(({ value: scope }) =>
        rungs(scope.topFaults, matter.limits.faults).flatMap((faults) =>
          matter.designs.map(({ value: design }) => ({
            design,
            scope,
            promises: matter.promises,
            limits: { ...matter.limits, faults, maxMemory: (matter.limits.maxMemory ?? 0) / matter.workers },
          })),
        ),
      );
      const proved = await proveAll(worlds, matter.workers, stage);
      const proof = { schema: 'claimcheck/proof@1', model: stage.model(), worlds: proved } as const;
      const colours = coloursOf(stage, options.out !== undefined);
      hand(options.json ? `${JSON.stringify(proof, null, 2)}\n` : proofTable(proof, colours), options.out, stage);
      end(proved.every(({ agrees }) => agrees) ? exits.kept : exits.violated);
    });
}

type Rung = World & { readonly limits: { readonly faults: number } };

function rungs(top: number, given: number | undefined): number[] {
  if (given !== undefined) return [given];
  return Array.from({ length: Math.min(top, topFaults) + 1 }, (_, faults) => faults);
}

/** Several at once, the report in the order in which they were asked for. */
async function proveAll(worlds: readonly Rung[], workers: number, stage: Stage): Promise<ProvedWorld[]> {
  const lines = followLines<Progress>(
    worlds.length,
    stage,
    ({ design, scope, faults, states }, finished, spentMs) =>
      `${design} in ${scope}, ${faultsInWords(faults)}: ${grouped(states)} states${remainingAfter(finished, worlds.length, spentMs)}`,
  );
  const found: ProvedWorld[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < worlds.length; at = next++) {
      const world = worlds[at];
      if (!world) return;
      const exported = await stage.engine.export(world, 'promela', lines.heard);
      const proved = await proveWorld(world, world.limits.faults, exported, stage.spin);
      found[at] = proved;
      const where = `${proved.design} in ${proved.scope}, ${faultsInWords(proved.faults)}`;
      lines.finished(`${where}: ${proved.agrees ? 'Spin agrees' : proved.differences.join('; ')}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, worlds.length) }, lane));
  } finally {
    lines.end();
  }
  return found;
}
