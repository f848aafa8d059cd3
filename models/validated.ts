import * as v from 'valibot';
import { InputError, nearest } from './input.ts';

/**
 * The value, checked against a schema; throws an `InputError` with the path of the first wrong field, what was expected
 * there and the nearest valid name. `where` says where the value came from.
 */
export function validated<S extends v.GenericSchema>(schema: S, value: unknown, where: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  // A field with a wrong name explains the one that is then missing, so it is told first.
  const issue = result.issues.find(isUnknownField) ?? result.issues[0];
  const path = (issue.path ?? []).reduce(
    (text, { key }) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${key}`),
    '',
  );
  const at = path === '' ? where : `${where}: ${path}`;
  if (isUnknownField(issue)) {
    const known = keysAt(
      schema,
      (issue.path ?? []).slice(0, -1).map(({ key }) => key),
    );
    const given = String(issue.path?.at(-1)?.key);
    throw new InputError(`there is no field "${given}" here`, {
      where: at,
      expected: known.length > 0 ? `one of ${known.join(', ')}` : 'a field of the format',
      nearest: nearest(given, known),
    });
  }
  const choices =
    issue.type === 'picklist' && issue.expected ? issue.expected.replaceAll(/["()]/g, '').split(' | ') : [];
  const given = typeof issue.input === 'string' ? issue.input : undefined;
  throw new InputError(issue.received === 'undefined' ? 'the field is missing' : `${issue.received} does not fit`, {
    where: at,
    expected: issue.received === 'undefined' ? 'a value' : (issue.expected ?? issue.message.replace(/^expected /, '')),
    nearest: given === undefined ? undefined : nearest(given, choices),
  });
}

/** The keys of the object that a schema has at a path, as far as the schema's own structure tells. */
function keysAt(schema: unknown, path: readonly unknown[]): string[] {
  const plain = unwrap(schema);
  const [first, ...rest] = path;
  if (first === undefined) return hasEntries(plain) ? Object.keys(plain.entries) : [];
  if (typeof first === 'number' && hasItem(plain)) return keysAt(plain.item, rest);
  return hasEntries(plain) ? keysAt(plain.entries[String(first)], rest) : [];
}

function unwrap(schema: unknown): unknown {
  if (typeof schema === 'object' && schema !== null && 'wrapped' in schema) return unwrap(schema.wrapped);
  if (
    typeof schema === 'object' &&
    schema !== null &&
    'pipe' in schema &&
    Array.isArray(schema.pipe) &&
    schema.pipe[0] !== schema
  )
    return unwrap(schema.pipe[0]);
  return schema;
}

function hasEntries(schema: unknown): schema is { readonly entries: Record<string, unknown> } {
  return typeof schema === 'object' && schema !== null && 'entries' in schema && typeof schema.entries === 'object';
}

function hasItem(schema: unknown): schema is { readonly item: unknown } {
  return typeof schema === 'object' && schema !== null && 'item' in schema;
}

function isUnknownField(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}
