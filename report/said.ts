import * as v from 'valibot';

/** A text that says something. */
export const Text = v.pipe(v.string(), v.nonEmpty());

/** A whole number from 0. */
export const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A field with what it means, which the JSON Schema passes on. */
export function said<S extends v.GenericSchema>(schema: S, meaning: string) {
  return v.pipe(schema, v.description(meaning));
}
