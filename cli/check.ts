import type { Command } from 'commander';
import { defaultDesigns } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { scopeNames, usualScopeNames } from '#models/scopes/scope.ts';
import type { Result } from '#report/document.ts';
import { coverageOf } from './coverage.ts';
import { checkDelivery, type DeliveryOptions, deliver, withDeliveryOptions } from './delivery.ts';
import { exits } from './failure.ts';
import { exerciseAll, judgeAll } from './judging.ts';
import { type JudgingOptions, matterOf, withJudgingOptions } from './judging-options.ts';
import type { Stage } from './stage.ts';

/** `check`: a design against scopes and promises, as a gate; the steps of the shortest violations are printed too. */
export function addCheck(program: Command, stage: Stage, end: (code: number) => void): void {
  const today = defaultDesigns.slice(-1);
  const command = program
    .command('check')
    .summary('a design against scopes and promises, as a gate')
    .description(
      `Judges a design and fails if a promise is broken or undecided.\nDesign: ${today.join()} if none is given. Scopes: all default ones but the largest if none is given.`,
    );
  withDeliveryOptions(withJudgingOptions(command))
    .option(
      '--coverage',
      'print as well what none of the worlds exercises: actions, local states, guards, and where each is shown; explores every world once more',
    )
    .addHelpText(
      'after',
      `
Examples:
  claimcheck check --design nomad-1.9.7 --scope node-collected
  claimcheck check --design nomad-2.0.5 --promise everyClaimIsReleased --faults 1
  claimcheck check --design my-design.json --scope my-scope.json --json
  claimcheck check --scope node-collected --avoid 'server collects a node'
  claimcheck check --design nomad-2.0.5 --scope failover --scope operator --coverage
  claimcheck check --format sarif --out claimcheck.sarif

Exit: 0 all hold, 1 a promise is violated, 2 wrong use or bad input, 3 unknown (a limit was reached).`,
    )
    .action(async (options: JudgingOptions & DeliveryOptions & { readonly coverage?: true }) => {
      checkDelivery(options);
      if (options.coverage && (options.format === 'junit' || options.format === 'sarif')) {
        throw new InputError(`--coverage has no place in --format ${options.format}`, {
          expected: 'text, markdown or json',
        });
      }
      const matter = matterOf(options, {
        designs: today,
        scopes: options.all ? scopeNames : usualScopeNames,
        promises: stage.engine.promises,
      });
      const report = await judgeAll(matter, stage);
      // A gate that opens because nothing was asked would be worse than none.
      if (report.results.length === 0) {
        throw new InputError('none of the promises is about anything in these scopes', {
          where: matter.promises.join(', '),
          expected: 'a scope that has what a promise is about',
        });
      }
      const coverage = options.coverage ? coverageOf(await exerciseAll(matter, stage)) : null;
      deliver({ ...report, ...(coverage && { coverage }) }, matter, { ...options, traces: true }, stage);
      end(gate(report.results));
    });
}

/** A violation outweighs what is unknown, and what is unknown outweighs all that holds. */
function gate(results: readonly Result[]): number {
  if (results.some(({ verdict }) => verdict === 'violated')) return exits.violated;
  return results.every(({ verdict }) => verdict === 'holds') ? exits.kept : exits.unknown;
}
