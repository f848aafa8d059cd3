import * as v from 'valibot';

const Text = v.pipe(v.string(), v.nonEmpty());
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Every field of what `export --to json` prints, with what it means. */
export const systemSchema = v.strictObject({
  schema: said(v.literal('claimcheck/system@1'), 'The format and its version.'),
  design: said(Text, 'The design.'),
  scope: said(Text, 'The world.'),
  faults: said(Whole, 'The rung of the ladder of faults.'),
  states: said(Whole, 'How many states of the whole system are reached.'),
  transitions: said(Whole, 'How many steps lie between them.'),
  instances: said(
    v.array(
      v.strictObject({
        name: said(Text, 'The instance.'),
        initial: said(Whole, 'The local state in which it starts: a place in `states`.'),
        states: said(v.array(Text), 'Its local states in words.'),
      }),
    ),
    'The parts of the system, each with finitely many local states.',
  ),
  actions: said(
    v.array(
      v.strictObject({
        name: said(Text, 'The action.'),
        who: said(Text, 'Who performs it.'),
        source: said(v.string(), 'File and function in Nomad; empty where the world does it.'),
        fairness: said(v.picklist(['none', 'weak', 'strong']), 'Whether somebody owes it.'),
        participants: said(v.array(Whole), 'The instances that it reads and may change: places in `instances`.'),
        rows: said(
          v.array(v.strictObject({ from: v.array(Whole), to: v.array(Whole) })),
          "Where it can happen: the participants' local states before and after. It can happen nowhere else.",
        ),
        hearers: said(
          v.array(v.strictObject({ instance: Whole, to: v.array(v.nullable(Whole)) })),
          'Instances that react whenever it happens: by local state, the next one; null where that never comes up.',
        ),
      }),
    ),
    'Everything that can happen, one atomic step each.',
  ),
});

/** A composed system as finite tables: what `export --to json` prints. */
export type SystemDocument = v.InferOutput<typeof systemSchema>;

function said<S extends v.GenericSchema>(schema: S, meaning: string) {
  return v.pipe(schema, v.description(meaning));
}
