import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { Coverage } from './coverage-schema.ts';
import type { ReportDocument, TraceDocument } from './document.ts';
import { said, Text, Whole } from './said.ts';
import { Sample } from './sample-schema.ts';

const Count = v.union([Whole, v.picklist(['unbounded', 'unknown'])]);

const BoundNumbers = v.strictObject({
  perTick: said(Count, 'The largest count between two ticks, over all finite runs.'),
  total: said(Count, 'The largest count in all, over all fair runs with maximal progress.'),
});

const TraceStep = v.strictObject({
  who: said(Text, 'Who performs it: watcher, client, server, provider, operator, world.'),
  action: said(Text, 'The name of the action.'),
  source: said(v.string(), 'File and function in Nomad; empty where the world does it.'),
  events: said(
    v.array(
      v.strictObject({
        to: said(Text, 'The instance that gets the event.'),
        type: said(Text, 'The type of the event.'),
      }),
    ),
    'What the action sends, all at once.',
  ),
  changed: said(
    v.array(
      v.strictObject({
        instance: said(Text, 'The instance that changed.'),
        from: said(v.string(), 'What was so before and is no longer.'),
        to: said(v.string(), 'What is so instead.'),
      }),
    ),
    'What differs after the step, instance by instance.',
  ),
});

const Trace = v.pipe(
  v.strictObject({
    token: said(Text, 'Replays this run: claimcheck trace TOKEN.'),
    length: said(Whole, 'How many steps.'),
    loopsTo: said(
      v.nullable(Whole),
      'The number of steps before the cycle: steps[loopsTo] follows the last step again, for ever; null if the run is finite.',
    ),
    steps: said(v.array(TraceStep), 'The steps in their order.'),
  }),
  v.check(({ length, steps }) => length === steps.length, 'expected `length` to be the number of steps'),
  v.check(({ length, loopsTo }) => loopsTo === null || loopsTo < length, 'expected `loopsTo` to be one of the steps'),
);

/** One verdict. */
export const resultSchema = v.strictObject({
  design: said(Text, 'The design: a release, a proposal, one with behaviours laid over it, or the name in a file.'),
  scope: said(Text, 'The world that was explored.'),
  faults: said(Whole, 'The rung that was judged: the smallest that breaks, else the largest that was climbed.'),
  promise: said(Text, 'The name of the promise.'),
  verdict: said(v.picklist(['holds', 'violated', 'unknown']), 'unknown: a limit was reached; never success.'),
  states: said(Whole, 'Distinct states explored on that rung.'),
  transitions: said(Whole, 'Steps explored on that rung.'),
  depth: said(Whole, 'The number of steps to the farthest state.'),
  elapsedMs: said(v.pipe(v.number(), v.minValue(0)), 'Milliseconds it took.'),
  bound: v.exactOptional(said(BoundNumbers, 'Bounds only: the largest of the counts.')),
  bounds: v.exactOptional(said(v.record(v.string(), BoundNumbers), 'Bounds only: each count by its name.')),
  sentence: said(Text, "The verdict as one sentence in Nomad's words."),
  assumptions: said(v.array(Text), 'What the verdict rests on, a sentence each.'),
  trace: said(v.nullable(Trace), 'The counterexample, or the run that reaches the bound; null where there is none.'),
  remembered: v.exactOptional(said(v.literal(true), 'The verdict is of an earlier run of the same model.')),
});

const Model = said(Text, 'Hash of models, composition and promises.');

const Incident = v.strictObject({
  key: said(Text, 'The key of the incident.'),
  design: said(Text, 'The affected design.'),
  promise: said(Text, 'The promise that it broke.'),
  reproduced: said(v.boolean(), 'Whether the affected design breaks it by a run that contains the trigger.'),
  token: said(v.nullable(Text), 'Replays that run; null if there is none.'),
  fixedDesign: said(v.nullable(Text), 'The design that fixed it; null if none has.'),
  fixedPasses: said(v.nullable(v.boolean()), 'Whether the fixed design has no such run; null without a fixed design.'),
});

const Conform = v.strictObject({
  file: said(Text, 'The recording.'),
  design: said(Text, 'The design it was held against.'),
  accepted: said(v.boolean(), 'Whether the design explains every event.'),
  events: said(Whole, 'How many events the recording has.'),
  unexplained: said(
    v.nullable(
      v.strictObject({
        event: said(Whole, 'The first event that no run explains: its place in the file, from 0.'),
        possible: said(v.array(v.string()), 'What was possible instead.'),
      }),
    ),
    'Where the design and the recording part; null if accepted.',
  ),
});

const Verdict = v.strictObject({
  verdict: said(v.picklist(['holds', 'violated', 'unknown']), 'The verdict.'),
  faults: said(Whole, 'The rung that was judged.'),
});

const Difference = v.strictObject({
  from: said(Text, 'The first design.'),
  to: said(Text, 'The second design.'),
  behaviours: said(
    v.array(
      v.strictObject({
        change: said(v.picklist(['gained', 'lost']), 'gained: the second has it and the first has not.'),
        name: said(Text, 'The name of the change.'),
        says: said(Text, 'What it does, in a sentence.'),
        from: said(Text, 'The pull request, or idea.'),
        since: said(v.array(Text), 'The first releases that have it.'),
        serves: said(Text, 'The promise it serves; for a regression the one it costs.'),
        isRegression: said(v.boolean(), 'It made things worse.'),
      }),
    ),
    'Named changes that one has and the other has not.',
  ),
  values: said(
    v.array(
      v.strictObject({
        behaviour: said(Text, 'The behaviour.'),
        from: said(Text, 'Its value in the first design, as JSON.'),
        to: said(Text, 'Its value in the second design, as JSON.'),
      }),
    ),
    'Behaviours that differ beyond the named changes.',
  ),
  promises: said(
    v.array(
      v.strictObject({
        promise: said(Text, 'The promise.'),
        scope: said(Text, 'The world.'),
        change: said(
          v.picklist(['won', 'lost', 'later', 'earlier', 'undecided']),
          'won: the second keeps what the first breaks; later: the second breaks it only on a higher rung.',
        ),
        from: said(Verdict, 'By the first design.'),
        to: said(Verdict, 'By the second design.'),
      }),
    ),
    'Promises whose verdict or rung differs.',
  ),
  bounds: said(
    v.array(
      v.strictObject({
        promise: said(Text, 'The promise.'),
        scope: said(Text, 'The world.'),
        from: said(BoundNumbers, 'By the first design.'),
        to: said(BoundNumbers, 'By the second design.'),
      }),
    ),
    'Bounds that differ.',
  ),
  traces: said(
    v.array(
      v.strictObject({
        design: said(Text, 'The design whose trace it is.'),
        scope: said(Text, 'The world.'),
        faults: said(Whole, 'The rung.'),
        promise: said(Text, 'The promise that it breaks.'),
        token: said(Text, 'Replays it.'),
        stopsAt: said(
          v.nullable(
            v.strictObject({
              step: said(
                Whole,
                'The first step, from 1, that the other design cannot take; one past the last for a cycle that does not close.',
              ),
              action: said(Text, 'The action of that step.'),
            }),
          ),
          'null if it is a run of the other design too.',
        ),
      }),
    ),
    "Each broken promise's trace, and what the other design makes of it.",
  ),
});

/** Every field of the report that `--json` prints, with what it means. */
export const reportSchema: v.GenericSchema<unknown, ReportDocument> = v.strictObject({
  schema: said(v.literal('claimcheck/report@1'), 'The format and its version.'),
  model: Model,
  results: said(v.array(resultSchema), 'One for each design, scope and promise that was judged.'),
  incidents: v.exactOptional(said(v.array(Incident), 'incidents only: what became of each field incident.')),
  conform: v.exactOptional(said(v.array(Conform), 'conform only: what became of each recording.')),
  difference: v.exactOptional(
    said(Difference, 'compare of two designs only: what changed from the first to the second.'),
  ),
  coverage: v.exactOptional(said(Coverage, 'check --coverage only: what the worlds exercised of the model.')),
  sample: v.exactOptional(said(v.array(Sample), 'sample only: what was sampled of each design.')),
});

/** Every field of what `trace --json` prints. */
export const traceSchema: v.GenericSchema<unknown, TraceDocument> = v.strictObject({
  schema: said(v.literal('claimcheck/trace@1'), 'The format and its version.'),
  model: Model,
  design: said(Text, 'The design that ran.'),
  scope: said(Text, 'The world it ran in.'),
  faults: said(Whole, 'The rung of the ladder of faults.'),
  trace: said(Trace, 'The run.'),
  log: said(v.array(v.string()), 'The log lines that Nomad would print.'),
});

/** The report's schema as JSON Schema (draft 7), for scripts in any language; the same as `claimcheck/report/schema.json`. */
export const reportJsonSchema = jsonSchema(reportSchema, 'Claimcheck report, version 1');

/** The schema of `trace --json` as JSON Schema (draft 7). */
export const traceJsonSchema = jsonSchema(traceSchema, 'Claimcheck trace, version 1');

function jsonSchema(schema: v.GenericSchema, title: string): Record<string, unknown> {
  // A check across fields has no counterpart in JSON Schema; the valibot schema makes it.
  return { ...toJsonSchema(schema, { ignoreActions: ['check'] }), title };
}
