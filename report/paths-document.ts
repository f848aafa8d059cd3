import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';

const Text = v.pipe(v.string(), v.nonEmpty());
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const Place = v.strictObject({
  region: said(
    v.string(),
    'The region of the machine, after the name of its instance where there are several; may be empty.',
  ),
  path: said(v.array(Text), 'The active states, from the outermost in.'),
  holds: said(v.string(), 'The context in words; empty if there is nothing to say.'),
});

const Step = v.strictObject({
  from: said(Whole, 'The state before: a place in `states`.'),
  to: said(Whole, 'The state after: a place in `states`.'),
  event: said(Text, 'What happens: an event of the machine with what it carries, or an action of the system.'),
  by: said(v.array(Text), 'The actions that send it in this scope; empty if no run of the scope takes the step.'),
});

const Path = v.strictObject({
  to: said(Whole, 'The state in which it ends: a place in `states`.'),
  length: said(Whole, 'How many steps.'),
  steps: said(
    v.array(v.strictObject({ event: said(Text, 'What happens.'), to: said(Whole, 'The state after it.') })),
    'From the initial state on. In a projection each is a step of the whole system, and many change nothing that is seen.',
  ),
  token: said(v.nullable(Text), 'Replays it: claimcheck trace TOKEN; null for a machine alone.'),
});

/** Every field of what `paths --json` prints. */
export const pathsSchema = v.strictObject({
  schema: said(v.literal('claimcheck/paths@1'), 'The format and its version.'),
  model: said(Text, 'Hash of models, composition and promises.'),
  design: said(Text, 'The design.'),
  scope: said(Text, 'The world whose actions send the events.'),
  faults: said(Whole, 'The rung of the ladder of faults.'),
  of: said(Text, 'What was walked: a machine, the cluster, or the instances that it is seen through.'),
  kind: said(
    v.picklist(['shortest', 'simple', 'cover']),
    'shortest: one path to each state; simple: all that pass no state twice; cover: as few paths as take every step, and of those with as few steps.',
  ),
  stopped: said(v.nullable(Text), 'Which limit ended it, and what is missing therefore; null if nothing is.'),
  initial: said(Whole, 'The initial state: a place in `states`.'),
  states: said(v.array(v.array(Place)), 'Where it can be: a place in each region.'),
  steps: said(v.array(Step), 'The steps between the states.'),
  paths: said(v.array(Path), 'The paths from the initial state.'),
});

/** Paths through a machine or the system, and the graph that they go through. */
export type PathsDocument = v.InferOutput<typeof pathsSchema>;

/** The schema of `paths --json` as JSON Schema (draft 7). */
export const pathsJsonSchema: Record<string, unknown> = {
  ...toJsonSchema(pathsSchema),
  title: 'Claimcheck paths, version 1',
};

function said<S extends v.GenericSchema>(schema: S, meaning: string) {
  return v.pipe(schema, v.description(meaning));
}
