import type { Command } from 'commander';
import { conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { inWords } from '#conformance/observation.ts';
import type { RecordedEvent, Recording } from '#conformance/recording.ts';
import { type Design, defaultDesigns, designNames } from '#models/designs/design.ts';
import { InputError, unknownName } from '#models/input.ts';
import type { ConformOutcome, ReportDocument } from '#report/document.ts';
import { tableOf } from './conform-table.ts';
import { hand } from './delivery.ts';
import { checkWritable, readJson } from './disk.ts';
import { exits } from './failure.ts';
import { eachOnce, givenDesign } from './given.ts';
import { followLines } from './progress.ts';
import type { Stage } from './stage.ts';

interface ConformOptions {
  readonly design: readonly string[];
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
      'Holds recordings of what Nomad did against the model. The design is the release that was recorded, unless others are given. Several recordings, or several designs, end in a table of which design accepts which recording; with several designs, a recording is accepted if one of them explains it.',
    )
    .argument('<file...>', 'recordings (claimcheck/recording@1)')
    .option('--design <name|file>', 'a design that must explain the recordings (may be repeated)', collected, [])
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'write the report to a file instead')
    .addHelpText(
      'after',
      `
Examples:
  claimcheck conform conformance/recordings/1.9.7/node-collected.json
  claimcheck conform conformance/recordings/1.9.7/node-collected.json --design nomad-1.10.0
  claimcheck conform conformance/recordings/*/*.json
  claimcheck conform conformance/recordings/2.0.5/*.json --design nomad-1.10.0 --design nomad-2.0.5

Exit: 0 all are accepted, 1 one is refused, 2 wrong use or bad input, 3 unknown (a limit was reached).`,
    )
    .action((files: readonly string[], options: ConformOptions) => {
      if (options.out !== undefined) checkWritable(options.out);
      // All are read before the first is followed: a mistake in the last one should not cost the time of the others.
      const recordings = files.map((file) => ({ file, recording: readRecording(readJson(file), file) }));
      const given = eachOnce(options.design.map(givenDesign)).map(({ value }) => value);
      const asked = recordings.flatMap(({ file, recording }) =>
        (given.length > 0 ? given : [released(recording, file)]).map((design) => ({ file, recording, design })),
      );
      // The table of several recordings shows what the default designs make of them too; the exit is about the asked.
      const shown = options.json || given.length > 0 || files.length === 1 ? [] : beside(asked);
      const all = [...asked, ...shown];
      const lines = followLines<never>(all.length, stage, () => '');
      const outcomes = all.map((one) => {
        const outcome = held(one.file, one.recording, one.design);
        if (all.length > 1) lines.finished(`${one.file} by ${one.design.name}: ${verdictOf(outcome)}`);
        return outcome;
      });
      lines.end();
      const answers = outcomes.slice(0, asked.length);
      hand(
        options.json ? `${JSON.stringify(documentOf(answers, stage), null, 2)}\n` : textOf(answers, outcomes),
        options.out,
        stage,
      );
      const verdicts = files.map((file) => best(answers.filter((one) => one.file === file)));
      end(verdicts.includes(false) ? exits.violated : verdicts.includes(null) ? exits.unknown : exits.kept);
    });
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** The release that was recorded. A recording of one that nobody knows must be given a design. */
function released({ nomad }: Recording, file: string): Design {
  const name = `nomad-${nomad}`;
  if (!designNames.includes(name)) {
    const { expected, nearest } = unknownName('design', name, designNames);
    throw new InputError(`there is no design "${name}"`, { where: `${file}: nomad`, expected, nearest });
  }
  return givenDesign(name).value;
}

/** What the default designs are asked beside the recordings' own releases. */
function beside(asked: readonly { readonly file: string; readonly recording: Recording; readonly design: Design }[]) {
  return asked.flatMap(({ file, recording, design }) =>
    defaultDesigns
      .filter((name) => name !== design.name)
      .map((name) => ({ file, recording, design: givenDesign(name).value })),
  );
}

/** One that explains it is enough; a limit is no refusal. */
function best(outcomes: readonly Outcome[]): boolean | null {
  if (outcomes.some(({ accepted }) => accepted === true)) return true;
  return outcomes.some(({ accepted }) => accepted === null) ? null : false;
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

function textOf(outcomes: readonly Outcome[], all: readonly Outcome[]): string {
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
  const files = [...new Set(outcomes.map(({ file }) => file))];
  const accepted = files.filter((file) => best(outcomes.filter((one) => one.file === file)) === true).length;
  const cells = all.map(({ file, design, accepted, unexplained }) => ({
    file,
    design,
    accepted,
    event: unexplained?.event ?? null,
  }));
  const table = all.length > 1 ? `${tableOf(inOrder(cells))}\n\n` : '';
  return `${told.join('\n')}\n\n${table}${accepted} of ${files.length} accepted\n`;
}

/** Columns in the order in which the designs were released, others after them. */
function inOrder<C extends { readonly design: string }>(cells: readonly C[]): C[] {
  const place = ({ design }: C) => (designNames.includes(design) ? designNames.indexOf(design) : designNames.length);
  return cells.toSorted((a, b) => place(a) - place(b));
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
