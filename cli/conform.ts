import type { Command } from 'commander';
import { conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { inWords } from '#conformance/observation.ts';
import type { RecordedEvent, Recording } from '#conformance/recording.ts';
import type { Design } from '#models/designs/design.ts';
import type { ConformOutcome, ReportDocument } from '#report/document.ts';
import { hand } from './delivery.ts';
import { checkWritable, readJson } from './disk.ts';
import { exits } from './failure.ts';
import { givenDesign } from './given.ts';
import type { Stage } from './stage.ts';

interface ConformOptions {
  readonly design?: string;
  readonly json?: true;
  readonly out?: string;
}

/** What came of one recording under one design; `accepted` is null where a limit was reached. */
interface Outcome {
  readonly file: string;
  readonly design: string;
  readonly recording: Recording;
  readonly accepted: boolean | null;
  readonly unexplained: ConformOutcome['unexplained'];
  readonly exchanged: number;
  readonly limit: string | null;
}

/** `conform`: is a recorded run of Nomad a run of the model? */
export function addConform(program: Command, stage: Stage, end: (code: number) => void): void {
  program
    .command('conform')
    .summary('is a recorded run of Nomad a run of the model?')
    .description(
      'Holds recordings of what Nomad did against the model. The design is the release that was recorded, unless another is given.',
    )
    .argument('<file...>', 'recordings (claimcheck/recording@1)')
    .option('--design <name|file>', 'the design that must explain the recordings')
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'write the report to a file instead')
    .addHelpText(
      'after',
      `
Examples:
  claimcheck conform conformance/recordings/1.9.7/node-collected.json
  claimcheck conform conformance/recordings/1.9.7/node-collected.json --design nomad-1.10.0

Exit: 0 all are accepted, 1 one is refused, 2 wrong use or bad input, 3 unknown (a limit was reached).`,
    )
    .action((files: readonly string[], options: ConformOptions) => {
      if (options.out !== undefined) checkWritable(options.out);
      // All are read before the first is followed: a mistake in the last one should not cost the time of the others.
      const recordings = files.map((file) => ({ file, recording: readRecording(readJson(file), file) }));
      const asked = recordings.map(({ file, recording }) => ({
        file,
        recording,
        design: givenDesign(options.design ?? `nomad-${recording.nomad}`).value,
      }));
      const outcomes = asked.map((one, i) => {
        const outcome = held(one.file, one.recording, one.design);
        if (asked.length > 1) stage.err(`[${i + 1}/${asked.length}] ${one.file}: ${verdictOf(outcome)}\n`);
        return outcome;
      });
      hand(
        options.json ? `${JSON.stringify(documentOf(outcomes, stage), null, 2)}\n` : textOf(outcomes),
        options.out,
        stage,
      );
      end(
        outcomes.some(({ accepted }) => accepted === false)
          ? exits.violated
          : outcomes.every(({ accepted }) => accepted)
            ? exits.kept
            : exits.unknown,
      );
    });
}

function held(file: string, recording: Recording, design: Design): Outcome {
  const { accepted, unexplained, exchanged, limit } = conform(recording, design);
  return {
    file,
    design: design.name,
    recording,
    accepted,
    unexplained: unexplained && { event: unexplained.event, possible: [...unexplained.possible] },
    exchanged: exchanged.length,
    limit,
  };
}

function verdictOf({ accepted, unexplained, limit, recording, exchanged }: Outcome): string {
  if (accepted === null) return `unknown, ${limit}`;
  if (unexplained) return `refused at event ${unexplained.event} of ${recording.events.length}`;
  return `accepted, ${recording.events.length} events${exchanged === 0 ? '' : `, ${exchanged} pairs of neighbours exchanged`}`;
}

function textOf(outcomes: readonly Outcome[]): string {
  const told = outcomes.map((outcome) => {
    const { file, design, unexplained, recording } = outcome;
    const head = `${file}\n  by ${design}: ${verdictOf(outcome)}`;
    const event = unexplained && recording.events[unexplained.event];
    if (!unexplained || !event) return head;
    const instead = unexplained.possible.map((one) => `    ${one}`);
    return [
      head,
      `  no run explains: ${eventInWords(event)}`,
      ...(instead.length > 0 ? ['  possible instead:', ...instead] : []),
    ].join('\n');
  });
  const accepted = outcomes.filter((one) => one.accepted).length;
  return `${told.join('\n')}\n\n${accepted} of ${outcomes.length} accepted\n`;
}

function eventInWords(event: RecordedEvent): string {
  const { ms, what, ...fields } = event;
  const known = Object.entries(fields).filter(
    ([, value]) => value !== null && ['string', 'number', 'boolean'].includes(typeof value),
  );
  return `${inWords({ what, fields: Object.fromEntries(known) as Record<string, string | boolean> })} at ${ms} ms`;
}

function documentOf(outcomes: readonly Outcome[], stage: Stage): ReportDocument {
  return {
    schema: 'claimcheck/report@1',
    model: stage.model(),
    results: [],
    conform: outcomes.map(({ file, design, accepted, recording, unexplained }) => ({
      file,
      design,
      accepted: accepted === true,
      events: recording.events.length,
      unexplained,
    })),
  };
}
