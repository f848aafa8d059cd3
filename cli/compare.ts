import type { Command } from 'commander';
import { defaultDesigns } from '#models/designs/design.ts';
import { scopeNames, usualScopeNames } from '#models/scopes/scope.ts';
import { checkDelivery, type DeliveryOptions, deliver, withDeliveryOptions } from './delivery.ts';
import { differenceIn } from './difference.ts';
import { exits } from './failure.ts';
import { judgeAll } from './judging.ts';
import { type JudgingOptions, matterOf, withJudgingOptions } from './judging-options.ts';
import type { Stage } from './stage.ts';

/** `compare`: designs and promises side by side, with exact bounds. No gate: whatever is found, it was printed. */
export function addCompare(program: Command, stage: Stage, end: (code: number) => void): void {
  const command = program
    .command('compare')
    .summary('designs and promises side by side, with exact bounds')
    .description(
      `Judges designs side by side and prints which promises each keeps, the exact bounds, and how to replay what breaks them; of two designs also what changed from the first to the second.\nDesigns: ${defaultDesigns.join(', ')} if none is given. Scopes: all default ones but the largest if none is given.`,
    );
  withDeliveryOptions(withJudgingOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  claimcheck compare
  claimcheck compare --design nomad-1.9.7 --design nomad-2.0.5 --scope node-collected
  claimcheck compare --design nomad-1.9.7 --design nomad-1.9.7+abandon-unknown-node
  claimcheck compare --scope node-collected --avoid 'server collects a node'
  claimcheck compare --format markdown --out verdicts.md

Exit: 0 once printed, 2 wrong use or bad input.`,
    )
    .action(async (options: JudgingOptions & DeliveryOptions) => {
      checkDelivery(options);
      const matter = matterOf(options, {
        designs: defaultDesigns,
        scopes: options.all ? scopeNames : usualScopeNames,
        promises: stage.engine.promises,
      });
      const report = await judgeAll(matter, stage);
      const difference = differenceIn(report.results, matter, stage.engine);
      deliver({ ...report, ...(difference && { difference }) }, matter, { ...options, traces: false }, stage);
      end(exits.kept);
    });
}
