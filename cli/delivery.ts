import { type Command, Option } from 'commander';
import { InputError } from '#models/input.ts';
import type { ReportDocument, Result } from '#report/document.ts';
import { renderJunit } from '#report/junit.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { renderSarif } from '#report/sarif.ts';
import { renderTerminal } from '#report/terminal.ts';
import { checkWritable, writeWhole } from './disk.ts';
import type { Matter } from './judging-options.ts';
import { coloursOf, type Stage } from './stage.ts';

const formats = ['text', 'json', 'markdown', 'junit', 'sarif'] as const;

/** How a report leaves: in which format, and to a file if not to stdout. */
export interface DeliveryOptions {
  readonly format?: (typeof formats)[number];
  readonly json?: true;
  readonly out?: string;
}

/** Adds the options that say how the report is printed. */
export function withDeliveryOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'how the report is printed; text if not given').choices(formats))
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write the report to a file instead');
}

/** Refuses options that contradict each other and places that cannot be written to, before any work is done. */
export function checkDelivery({ format, json, out }: DeliveryOptions): void {
  if (json && format !== undefined && format !== 'json') {
    throw new InputError(`--json and --format ${format} contradict each other`, { expected: 'one of them' });
  }
  if (out !== undefined) checkWritable(out);
}

/** Prints the report, or writes it to the file that was asked for. */
export function deliver(
  report: ReportDocument,
  matter: Matter,
  options: DeliveryOptions & { readonly traces: boolean },
  stage: Stage,
): void {
  const telling = {
    replay: (result: Result) => replayCommand(result, matter),
    traces: options.traces,
    colours: coloursOf(stage, options.out !== undefined),
  };
  const render = {
    text: () => renderTerminal(report, telling),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
    markdown: () => renderMarkdown(report, telling),
    junit: () => renderJunit(report),
    sarif: () => renderSarif(report),
  };
  hand(render[options.json ? 'json' : (options.format ?? 'text')](), options.out, stage);
}

/** To stdout, or to a file and a word about it on stderr. */
export function hand(text: string, out: string | undefined, stage: Stage): void {
  if (out === undefined) {
    stage.out(text);
  } else {
    writeWhole(out, text);
    stage.err(`wrote ${out}\n`);
  }
}

/** The command that replays a result's trace; the user's own files are named again, for a token has only their names. */
export function replayCommand(result: Result, { designs, scopes }: Pick<Matter, 'designs' | 'scopes'>): string {
  const design = designs.find(({ value }) => value.name === result.design)?.file;
  const scope = scopes.find(({ value }) => value.name === result.scope)?.file;
  return [
    'npx claimcheck trace',
    quoted(result.trace?.token ?? ''),
    ...(design ? ['--design', quoted(design)] : []),
    ...(scope ? ['--scope', quoted(scope)] : []),
  ].join(' ');
}

/** A word that a shell takes as it is. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-][\w@%+=:,./~-]*$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
