import { describe, expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { guardsSeen } from '#composition/guards.ts';
import { defaultDesigns, findDesign } from '#models/designs/design.ts';
import { buildRecordedModel } from '#models/recorded.ts';
import { findScope, scopeNames } from '#models/scopes/scope.ts';
import { type Exercised, exercise, exercisedBy, parts, together } from '#properties/coverage.ts';
import { actions } from '#properties/shown/actions.ts';
import { guards } from '#properties/shown/guards.ts';
import { states } from '#properties/shown/states.ts';
import { type Place, reasons, type ShowingWorld, worlds } from '#properties/shown/worlds.ts';
import { modelsOfScopes, recorded } from '../models/all-rules.ts';
import { isSoak } from './sampling/seed.ts';

const told = { actions, states, guards };
const what = {
  actions: 'Action, by its rule, to the first world that shows it',
  states: 'Local state, by its machine, to the first world that shows it or why none does',
  guards: 'Answer of a guard, by its machine and transition, to the first world that shows it or why none does',
};
const named: readonly (readonly [string, ShowingWorld])[] = Object.entries(worlds);
const isDefault = ({ scope }: ShowingWorld) => scopeNames.includes(scope);

describe('every action fires, every local state is reached and every guard is seen both ways where it is said', () => {
  const found: (readonly [string, Exercised])[] = [];
  test.each(named)('%s is explored to the end', (name, { design, scope, faults }) => {
    const exercised = exercise(findDesign(design), findScope(scope), { faults, now: () => 0 });
    if (!exercised) throw new Error('expected all of it');
    found.push([name, exercised]);
  });
  test.each(parts)('%s: each is first shown by the world that the file names', async (part) => {
    const first = new Map<string, string>();
    for (const [world, exercised] of found) {
      for (const [name, seen] of Object.entries(exercised[part])) if (seen && !first.has(name)) first.set(name, world);
    }
    for (const [name, place] of Object.entries(told[part])) {
      if (Object.hasOwn(reasons, place) && !first.has(name)) first.set(name, place);
    }
    await expect(asFile(part, first)).toMatchFileSnapshot(`../../properties/shown/${part}.ts`);
  });
});

test('nothing that the model could do in some scope is left out', () => {
  const all = { actions: new Set<string>(), states: new Set<string>(), guards: new Set<string>() };
  for (const { composition } of modelsOfScopes()) {
    for (const { note } of composition.actions) all.actions.add(note.rule);
    for (const local of composition.instances.map((one) => composition.localStates(one))) {
      for (const path of local.paths) all.states.add(`${local.machine.id}: ${path}`);
      for (const { name } of guardsSeen(local)) all.guards.add(`${name}: lets pass`).add(`${name}: holds back`);
    }
  }
  for (const part of parts) expect(Object.keys(told[part]).sort(), part).toEqual([...all[part]].sort());
});

test('a world of no default scope says why it is needed, and comes after those of the default scopes', () => {
  expect(named.filter(([, one]) => !isDefault(one) && !one.because)).toEqual([]);
  expect(named.map(([, one]) => isDefault(one))).toEqual(
    named
      .map(([, one]) => isDefault(one))
      .sort()
      .reverse(),
  );
});

test('what is shown by hand only is shown there, and what is asserted is not', () => {
  const design = findDesign('nomad-2.0.5');
  // Only in a world with little else a claim is taken anew, over a past one, after so few steps.
  const little = { ...recorded, acls: true, bystanders: [], elsewhere: false, controllers: [], leaders: false };
  const seen = together(
    [{ ...recorded, acls: true }, little].flatMap((world) => {
      const { composition } = buildRecordedModel(design, world);
      const exploration = explore(composition.system, { edges: true, maxStates: 20_000 });
      return exercisedBy(composition, exploration) ?? [];
    }),
  );
  for (const part of parts) {
    const of = (reason: Place) =>
      Object.entries(told[part]).flatMap(([name, place]) => (place === reason ? [name] : []));
    expect(of('byHand').filter((name) => !seen[part][name])).toEqual([]);
    expect(of('asserted').filter((name) => seen[part][name])).toEqual([]);
  }
});

// Every scope with each default design takes half an hour: `npm run soak`.
if (isSoak) {
  test('no default design in any default scope shows more than the worlds of the default scopes', () => {
    const shown = (place: Place) => !Object.hasOwn(reasons, place) && isDefault(worlds[place as keyof typeof worlds]);
    for (const scope of scopeNames) {
      for (const design of defaultDesigns) {
        const exercised = exercise(findDesign(design), findScope(scope), { now: () => 0 });
        if (!exercised) throw new Error('expected all of it');
        for (const part of parts) {
          const seen = Object.keys(exercised[part]).filter((name) => exercised[part][name]);
          const more = seen.filter((name) => !shown(told[part][name] ?? 'asserted'));
          expect(more, `${design} in ${scope}`).toEqual([]);
        }
      }
    }
  });
}

/** The file as `-u` writes it anew: those that no scope shows come last. */
function asFile(part: keyof typeof told, first: ReadonlyMap<string, string>): string {
  const quoted = (text: string) => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);
  const lines = [...first].map(([name, place]) => `  ${quoted(name)}: ${quoted(place)},`);
  return [
    "import type { Place } from './worlds.ts';",
    '',
    `/** ${what[part]}. The test that holds it writes it anew. */`,
    `export const ${part}: Readonly<Record<string, Place>> = {`,
    ...lines,
    '};',
    '',
  ].join('\n');
}
