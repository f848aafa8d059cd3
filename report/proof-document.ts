import * as v from 'valibot';

const Text = v.pipe(v.string(), v.nonEmpty());
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Verdict = v.picklist(['holds', 'violated', 'unknown']);

const Counts = v.strictObject({
  own: said(Whole, 'What our own explorer counts.'),
  spin: said(Whole, 'What Spin counts.'),
});

const ProvedQuestion = v.strictObject({
  promise: said(Text, 'The promise.'),
  name: said(Text, 'The one thing that is asked: a promise may be about several.'),
  own: said(Verdict, 'Our verdict, with weak fairness for every step that is owed.'),
  spin: said(Verdict, "Spin's verdict, with the same fairness."),
  declared: said(Verdict, 'Our verdict with the fairness that each action declares.'),
});

const ProvedWorld = v.strictObject({
  design: said(Text, 'The design.'),
  scope: said(Text, 'The world.'),
  faults: said(Whole, 'The rung of the ladder of faults.'),
  states: said(Counts, 'Distinct states.'),
  transitions: said(Counts, 'Steps between them.'),
  questions: said(v.array(ProvedQuestion), 'What both were asked.'),
  agrees: said(v.boolean(), 'Whether all counts and all verdicts are equal and none is unknown.'),
  differences: said(v.array(Text), 'Where they differ, a sentence each.'),
});

/** Every field of what `prove --json` prints, with what it means. */
export const proofSchema = v.strictObject({
  schema: said(v.literal('claimcheck/proof@1'), 'The format and its version.'),
  model: said(Text, 'Hash of models, composition and promises.'),
  worlds: said(v.array(ProvedWorld), 'One for each design, scope and rung.'),
});

/** What `prove --json` prints: our own checker and Spin on the same worlds. */
export type ProofDocument = v.InferOutput<typeof proofSchema>;

/** One world, by both. */
export type ProvedWorld = v.InferOutput<typeof ProvedWorld>;

/** One question, by both. */
export type ProvedQuestion = v.InferOutput<typeof ProvedQuestion>;

function said<S extends v.GenericSchema>(schema: S, meaning: string) {
  return v.pipe(schema, v.description(meaning));
}
