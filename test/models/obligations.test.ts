import { describe, expect, test } from 'vitest';
import { behaviourChanges } from '#models/designs/changes.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { type FaultKind, faultKinds } from '#models/scopes/fault.ts';
import { scopes } from '#models/scopes/scope.ts';
import { sources } from '#models/sources.ts';
import { fairness } from '#properties/fairness.ts';
import { everyDesign, everything } from './all-rules.ts';

const actions = everyDesign.flatMap((design) =>
  [...scopes, everything, { ...everything, acls: false }].flatMap(
    (scope) => buildModel(design, scope, 2).composition.actions,
  ),
);

test('every fair action is owed in exactly one obligation, by the one who performs it', () => {
  const owed = new Map(fairness.flatMap(({ who, rules }) => rules.map((rule) => [rule, who])));
  expect(owed.size).toBe(fairness.flatMap(({ rules }) => rules).length);
  const fair = new Map(actions.filter((one) => one.fairness !== 'none').map((one) => [one.note.rule, one.who]));
  expect([...fair].sort()).toEqual([...owed].sort());
});

test('nobody owes a fault or an operator', () => {
  const free = actions.filter(({ note, who }) => note.fault !== null || who === 'operator');
  expect(free.length).toBeGreaterThan(0);
  expect(new Set(free.map((one) => one.fairness))).toEqual(new Set(['none']));
});

test("every action names its place in Nomad's code, and every place is somebody's", () => {
  const named = new Set<string>(Object.values(sources));
  for (const { name, source } of actions) expect(named.has(source), name).toBe(true);
  for (const source of named) expect(source).toMatch(/^[a-z]+(\/[a-z_]+)+\.go: [A-Za-z]+$|itself$/);
});

describe('a fault happens only where the scope lists it', () => {
  test.each(Object.keys(faultKinds) as FaultKind[])('%s', (kind) => {
    const { [kind]: _, ...others } = everything.faults;
    const { cluster, composition } = buildModel(findDesign('nomad-2.0.5'), { ...everything, faults: others }, 2);
    const { kinds } = composition.views(
      { faults: cluster.faults },
      composition.system.fields.map((field) => field.initial),
    ).faults.context;
    expect(kinds).not.toHaveProperty(kind);
    expect(Object.keys(kinds)).toHaveLength(Object.keys(faultKinds).length - 1);
  });
});

describe('a behaviour laid over a design that has it not, and taken back, leaves the design', () => {
  test.each(behaviourChanges.map(({ name }, i) => [name, i] as const))('%s', (name, i) => {
    const before = ['nomad-0.11.1', ...behaviourChanges.slice(0, i).map((one) => one.name)].join('+');
    expect(findDesign(`${before}+${name}~${name}`).behaviours).toEqual(findDesign(before).behaviours);
    expect(findDesign(`${before}+${name}`).behaviours).not.toEqual(findDesign(before).behaviours);
  });
});

test('a release is the one before it with the behaviours that came since', () => {
  const all = behaviourChanges.filter(({ since }) => since.length > 0).map(({ name }) => name);
  expect(findDesign(['nomad-0.11.1', ...all].join('+')).behaviours).toEqual(findDesign('nomad-2.0.5').behaviours);
  const fix = '+abandon-unknown-node+limit-watcher+notify-drops';
  expect(findDesign(`nomad-1.9.7${fix}`).behaviours).toEqual(findDesign('nomad-1.10.0').behaviours);
  expect(findDesign('nomad-1.10.0+client-terminal-only+one-node-call+collection-needs-identity').behaviours).toEqual(
    findDesign('nomad-2.0.5').behaviours,
  );
});
