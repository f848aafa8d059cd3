import { describe, expect, test } from 'vitest';
import { behaviourChanges } from '#models/designs/changes.ts';
import { sectionOf } from '#models/mechanisms/mechanism.ts';
import { surroundings } from '#models/mechanisms/surroundings.ts';
import { mechanisms, sections } from '#models/mechanisms.ts';
import { sources } from '#models/sources.ts';
import { placesByRule } from './all-rules.ts';
import { mechanismsPage } from './mechanisms-page.ts';

const places = placesByRule();
const claimed = [...mechanisms.flatMap((one) => one.rules ?? []), ...surroundings.flatMap((one) => one.rules)];

test('every rule that stands for a mechanism is one of the model', () => {
  expect(claimed.filter((rule) => !places.has(rule))).toEqual([]);
});

test('every action of the model stands for a mechanism or belongs to the surroundings', () => {
  expect([...places.keys()].filter((rule) => !claimed.includes(rule))).toEqual([]);
});

test("every action names its place in Nomad's code, and every place is some action's", () => {
  const named = new Set([...places.values()].flatMap((all) => [...all]));
  expect([...named].sort()).toEqual(Object.values(sources).sort());
});

test('a mechanism is modelled, or left out with a reason', () => {
  expect(mechanisms.filter(({ rules = [], leftOut = '' }) => rules.length === 0 && leftOut === '')).toEqual([]);
});

test('no mechanism is listed twice', () => {
  const all = mechanisms.map((one) => one.at);
  expect(all.filter((at, i) => all.indexOf(at) !== i)).toEqual([]);
});

test('every section has mechanisms, and every mechanism is of a section', () => {
  expect([...new Set(mechanisms.map(sectionOf))]).toEqual(sections.map(([section]) => section));
});

test('no numbered step, decision or interleaving is missing', () => {
  const numbered = (section: string, letter: string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `${section} ${letter}${from + i}`);
  const listed = new Set(mechanisms.map((one) => one.at));
  const due = [
    ...numbered('3.1', 'U', 0, 6),
    ...numbered('3.2', 'N', 1, 3),
    ...numbered('3.3', 'K', 1, 8),
    ...numbered('4.4', 'W', 1, 8),
  ];
  expect(due.filter((at) => !listed.has(at))).toEqual([]);
});

describe('every named change of a release is about some mechanism', () => {
  const named = new Set(mechanisms.flatMap((one) => one.changes ?? []));
  test.each(behaviourChanges)('$name', ({ name }) => {
    expect(named).toContain(name);
  });
  test('and no other is named', () => {
    const known = new Set(behaviourChanges.map(({ name }) => name));
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });
});

test('docs/mechanisms.md is what the list says', async () => {
  await expect(mechanismsPage(places)).toMatchFileSnapshot('../../docs/mechanisms.md');
});
