import { Ajv } from 'ajv';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { ReportDocument, Result } from '#report/document.ts';
import { reportJsonSchema, reportSchema, traceJsonSchema, traceSchema } from '#report/schema.ts';
import { sample, spin } from './sample.ts';

const whole: ReportDocument = {
  ...sample,
  incidents: [
    {
      key: 'N01',
      design: 'nomad-1.9.7',
      promise: 'everyClaimIsReleased',
      reproduced: true,
      token: 'v1.x',
      fixedDesign: 'nomad-1.10.0',
      fixedPasses: true,
    },
    {
      key: 'N99',
      design: 'nomad-2.0.5',
      promise: 'singleWriter',
      reproduced: false,
      token: null,
      fixedDesign: null,
      fixedPasses: null,
    },
  ],
  conform: [
    { file: 'a.jsonl', design: 'nomad-2.0.5', accepted: true, events: 41, unexplained: null },
    {
      file: 'b.jsonl',
      design: 'nomad-1.9.7',
      accepted: false,
      events: 41,
      unexplained: { event: 7, possible: ['a call'] },
    },
  ],
};
const traceDocument = {
  schema: 'claimcheck/trace@1',
  model: 'abc',
  design: 'd',
  scope: 's',
  faults: 0,
  trace: spin,
  log: ['a line'],
};

const ajv = new Ajv({ allErrors: true, strict: true });
const both = (document: unknown) => ({
  valibot: v.is(reportSchema, document),
  json: ajv.validate(reportJsonSchema, document),
});

test('is the type, no more and no less', () => {
  expectTypeOf<v.InferOutput<typeof reportSchema>>().toEqualTypeOf<ReportDocument>();
});

test('accepts a whole report and gives it back unchanged, through JSON and back', () => {
  expect(v.parse(reportSchema, JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  expect(ajv.validate(reportJsonSchema, whole)).toBe(true);
  expect(v.is(traceSchema, traceDocument)).toBe(true);
  expect(ajv.validate(traceJsonSchema, traceDocument)).toBe(true);
});

test('is checked in as JSON Schema for scripts in any language', async () => {
  await expect(`${JSON.stringify(reportJsonSchema, null, 2)}\n`).toMatchFileSnapshot('../../report/schema.json');
});

test('documents every field', () => {
  const undocumented: string[] = [];
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') {
        for (const [field, inner] of Object.entries(value as Record<string, { description?: string }>)) {
          if (!inner.description) undocumented.push(`${path}.${field}`);
        }
      }
      walk(value, `${path}.${key}`);
    }
  };
  walk(reportJsonSchema, 'report');
  walk(traceJsonSchema, 'trace');
  expect(undocumented).toEqual([]);
});

describe('refuses', () => {
  const [first] = sample.results as [Result, ...Result[]];
  const withResult = (change: object): unknown => ({ ...sample, results: [{ ...first, ...change }] });
  const mistakes: Readonly<Record<string, unknown>> = {
    'another version': { ...sample, schema: 'claimcheck/report@2' },
    'an unknown field': { ...sample, extra: 1 },
    'a verdict of its own': withResult({ verdict: 'probably' }),
    'a negative count': withResult({ states: -1 }),
    'half a state': withResult({ states: 0.5 }),
    'no sentence': withResult({ sentence: '' }),
    'a bound without its total': withResult({ bound: { perTick: 1 } }),
    'a missing trace': withResult({ trace: undefined }),
  };
  test.each(Object.keys(mistakes))('%s', (name) => {
    expect(both(JSON.parse(JSON.stringify(mistakes[name])))).toEqual({ valibot: false, json: false });
  });

  test('a trace whose length or cycle is none of its steps', () => {
    expect(v.is(reportSchema, withResult({ trace: { ...spin, length: 3 } }))).toBe(false);
    expect(v.is(reportSchema, withResult({ trace: { ...spin, loopsTo: 4 } }))).toBe(false);
    expect(v.is(reportSchema, withResult({ trace: { ...spin, loopsTo: -1 } }))).toBe(false);
  });
});

test('both schemas agree on documents with any one value replaced', () => {
  const leaves = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
    typeof value === 'object' && value !== null
      ? [path, ...Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))]
      : [path];
  const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
    if (key === undefined) return by;
    if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? replaced(one, rest, by) : one));
    return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
  };
  // What spans several fields is said by valibot only.
  const places = leaves(whole).filter((path) => !path.includes('trace'));
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, by) => {
      const { valibot, json } = both(replaced(whole, path, by));
      expect(valibot).toBe(json);
    }),
    { numRuns: 500, seed: 1 },
  );
});
