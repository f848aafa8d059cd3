import { Command, CommanderError } from 'commander';
import { addCheck } from './check.ts';
import { addCompare } from './compare.ts';
import { addConform } from './conform.ts';
import { addExport } from './export.ts';
import { exits, failureLine, oneLine } from './failure.ts';
import { addIncidents } from './incidents.ts';
import { addPaths } from './paths.ts';
import { addProve } from './prove.ts';
import { addSample } from './sample.ts';
import type { Stage } from './stage.ts';
import { addTrace } from './trace.ts';

/** Runs one command line and says how the process should end. Every failure is one line on stderr. */
export async function run(args: readonly string[], stage: Stage): Promise<number> {
  let code: number = exits.kept;
  const end = (ended: number) => {
    code = ended;
  };
  const program = new Command('claimcheck')
    .description("Checks every interleaving of Nomad's CSI volume claims.")
    .version(stage.version)
    .exitOverride()
    .configureOutput({
      writeOut: stage.out,
      writeErr: stage.err,
      outputError: (text, write) => write(`claimcheck: ${oneLine(text.replace(/^error: /, ''), 2000)}\n`),
    })
    .addHelpText(
      'after',
      `
Examples:
  claimcheck compare
  claimcheck check --design nomad-2.0.5 --scope node-collected
  claimcheck trace TOKEN

Exit: 0 all hold (or printed, where a command is no gate), 1 a promise is violated, 2 wrong use or bad input, 3 unknown.`,
    );
  addCompare(program, stage, end);
  addCheck(program, stage, end);
  addTrace(program, stage, end);
  addSample(program, stage, end);
  addConform(program, stage, end);
  addIncidents(program, stage, end);
  addExport(program, stage, end);
  addProve(program, stage, end);
  addPaths(program, stage, end);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const line = failureLine(error);
    if (line !== null) stage.err(`${line}\n`);
    // Help and version that were asked for are no failure.
    return error instanceof CommanderError && error.exitCode === 0 ? exits.kept : exits.misuse;
  }
  return code;
}
