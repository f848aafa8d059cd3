import { type Command, Option } from 'commander';
import { InputError } from '#models/input.ts';
import type { TraceDocument } from '#report/document.ts';
import { renderItf } from '#report/itf.ts';
import { renderMermaid } from '#report/mermaid.ts';
import { traceTable } from '#report/trace-table.ts';
import { faultsInWords } from '#report/words.ts';
import { hand } from './delivery.ts';
import { checkWritable } from './disk.ts';
import type { Replay } from './engine.ts';
import { exits } from './failure.ts';
import { findAmong, givenDesign, givenScope } from './given.ts';
import { collect } from './judging-options.ts';
import { coloursOf, type Stage } from './stage.ts';

const shapes = ['table', 'log', 'itf', 'mermaid', 'json'] as const;

interface TraceOptions {
  readonly as?: (typeof shapes)[number];
  readonly json?: true;
  readonly out?: string;
  readonly design: readonly string[];
  readonly scope: readonly string[];
}

/** `trace`: replays one run from its token and prints it in the shape that was asked for. */
export function addTrace(program: Command, stage: Stage, end: (code: number) => void): void {
  program
    .command('trace')
    .summary('replays one run from its token')
    .description('Replays one run, step by step, from the token that a report gave for it.')
    .argument('<token>', 'the token of the run')
    .addOption(new Option('--as <shape>', 'how the run is printed; a table if not given').choices(shapes))
    .option('--json', 'the same as --as json')
    .option('--out <file>', 'write it to a file instead')
    .option('--design <file>', 'the design that the token names, if it is your own', collect, [])
    .option('--scope <file>', 'the scope that the token names, if it is your own', collect, [])
    .addHelpText(
      'after',
      `
Shapes:
  table    step, who, action, what changed, and where Nomad does it
  log      the log lines that Nomad would print
  itf      Informal Trace Format, for trace viewers
  mermaid  a sequence diagram
  json     the whole run, every field of the schema claimcheck/trace@1

Examples:
  claimcheck trace TOKEN
  claimcheck trace TOKEN --as log
  claimcheck trace TOKEN --as mermaid --out spin.mmd
  claimcheck trace TOKEN --scope my-scope.json

Exit: 0 once printed, 2 wrong use or bad input.`,
    )
    .action((token: string, options: TraceOptions) => {
      const { as, json, out } = options;
      if (json && as !== undefined && as !== 'json') {
        throw new InputError(`--json and --as ${as} contradict each other`, { expected: 'one of them' });
      }
      if (out !== undefined) checkWritable(out);
      const find = findAmong(options.design.map(givenDesign), options.scope.map(givenScope));
      const replay = stage.engine.replay(token, find);
      hand(rendered(replay, json ? 'json' : (as ?? 'table'), options, stage), out, stage);
      end(exits.kept);
    });
}

function rendered(replay: Replay, shape: (typeof shapes)[number], { out }: TraceOptions, stage: Stage): string {
  const { design, scope, faults, trace, log } = replay;
  switch (shape) {
    case 'table':
      return `${design} in scope ${scope}, ${faultsInWords(faults)}\n\n${traceTable(trace, coloursOf(stage, out !== undefined))}\n`;
    case 'log':
      return log.map((line) => `${line}\n`).join('');
    case 'itf':
      return renderItf(trace);
    case 'mermaid':
      return renderMermaid(trace);
    case 'json': {
      const whole: TraceDocument = {
        schema: 'claimcheck/trace@1',
        model: stage.model(),
        design,
        scope,
        faults,
        trace,
        log,
      };
      return `${JSON.stringify(whole, null, 2)}\n`;
    }
  }
}
