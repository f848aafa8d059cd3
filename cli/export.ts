import { type Command, Option } from 'commander';
import { defaultDesigns } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { scopeNames } from '#models/scopes/scope.ts';
import { hand } from './delivery.ts';
import { checkWritable } from './disk.ts';
import { type ExportForm, exportForms } from './export-thread.ts';
import { exits } from './failure.ts';
import { givenDesign, givenScope } from './given.ts';
import { memoryMb, whole } from './judging-options.ts';
import { followProgress } from './progress.ts';
import type { Stage } from './stage.ts';

interface ExportOptions {
  readonly to?: ExportForm;
  readonly json?: true;
  readonly design: string;
  readonly scope: string;
  readonly faults?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly out?: string;
}

/** `export`: writes one composed system out, for other tools. */
export function addExport(program: Command, stage: Stage, end: (code: number) => void): void {
  const today = defaultDesigns.at(-1) ?? '';
  const smallest = scopeNames[0] ?? '';
  program
    .command('export')
    .summary('writes the composed system out, for Spin and other tools')
    .description(
      'Writes a design in a scope as one system: everything that can happen, and every state that it leads to.',
    )
    .addOption(new Option('--to <form>', 'in which form').choices(exportForms))
    .option('--json', 'the same as --to json')
    .option('--design <name|file>', 'a release, a proposal or a JSON file', today)
    .option('--scope <name|file>', 'a default scope or a JSON file', smallest)
    .option('--faults <n>', "how many faults may happen; the top of the scope's ladder if not given", whole(0))
    .option('--max-states <n>', 'give up at so many states', whole(1))
    .option('--max-memory <mb>', `give up at so much memory (default: ${memoryMb})`, whole(1))
    .option('--out <file>', 'write it to a file instead')
    .addHelpText(
      'after',
      `
Forms:
  promela  for Spin 6.5: guarded steps over the parts' local states, and the promises as assert and ltl
  aut      Aldebaran, the graph of all states with its steps by name, for CADP, mCRL2 and their kin
  json     the parts, and what each action does to its participants, every field of claimcheck/system@1

Examples:
  claimcheck export --to promela --design nomad-1.9.7 --scope node-collected --faults 1 --out system.pml
  claimcheck export --to aut --scope happy-path | head

Exit: 0 once printed, 2 wrong use or bad input, or more states than the limits allow.`,
    )
    .action(async (options: ExportOptions) => {
      const { to, json, faults, maxStates, maxMemory, out } = options;
      if (json && to !== undefined && to !== 'json') {
        throw new InputError(`--json and --to ${to} contradict each other`, { expected: 'one of them' });
      }
      const form = json ? 'json' : to;
      if (form === undefined)
        throw new InputError('no form is given', { expected: `--to ${exportForms.join(' or --to ')}` });
      if (out !== undefined) checkWritable(out);
      const [design, scope] = [givenDesign(options.design).value, givenScope(options.scope).value];
      const limits = {
        ...(faults !== undefined && { faults }),
        ...(maxStates !== undefined && { maxStates }),
        maxMemory: (maxMemory ?? memoryMb) * 1024 * 1024,
      };
      const progress = followProgress(1, stage);
      try {
        const world = { design, scope, promises: stage.engine.promises, limits };
        hand((await stage.engine.export(world, form, progress.heard)).text, out, stage);
      } finally {
        progress.end();
      }
      end(exits.kept);
    });
}
