import type { Command } from 'commander';
import { defaultDesigns } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { scopeNames, usualScopeNames } from '#models/scopes/scope.ts';
import { type Exercised, missed } from '#properties/coverage.ts';
import type { Coverage, Result } from '#report/document.ts';
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
      'print what no world exercises as well: actions, local states, guards; explores each once more',
    )
    .addHelpText(
      'after',
      `
Examples:
  claimcheck check --design nomad-1.9.7 --scope node-collected
  claimcheck check --design nomad-2.0.5 --promise everyClaimIsReleased --faults 1
  claimcheck check --design my-design.json --scope my-scope.json --json
  claimcheck check --scope node-collected --avoid 'server collects a node'
  claimcheck check --format sarif --out claimcheck.sarif

Exit: 0 all hold, 1 a promise is violated, 2 wrong use or bad input, 3 unknown (a limit was reached).`,
    )
    .action(async (options: JudgingOptions & DeliveryOptions & { readonly coverage?: true }) => {
      checkDelivery(options);
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

/** What was exercised in numbers, and by name what was not. */
function coverageOf({ actions, states, guards }: Exercised): Coverage {
  const part = (of: Readonly<Record<string, boolean>>) => ({ of: Object.keys(of).length, missed: missed(of) });
  return { actions: part(actions), states: part(states), guards: part(guards) };
}
