import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '#models/input.ts';
import { findScope } from '#models/scopes/scope.ts';
import { scopeOfWorld, spellWorld } from '#models/scopes/world.ts';
import { sizeNames, worldMax, worlds } from '#properties/sampling/world.ts';

test.each([...sizeNames, 1, 5, 20])('the name of a world of size %s spells it out', (size) => {
  fc.assert(
    fc.property(worlds(size), ({ world }) => {
      const { says: _, ...spelled } = findScope(spellWorld(world));
      const { says: __, ...scope } = scopeOfWorld(world);
      expect(spelled).toEqual(scope);
    }),
    { seed: 25349 },
  );
});

test.each([...sizeNames, 1, 5, 20])('a world of size %s keeps within the limits', (size) => {
  fc.assert(
    fc.property(worlds(size), ({ world, budget }) => {
      expect(world.volumes.length).toBeLessThanOrEqual(worldMax.volumes);
      expect(world.nodes).toBeLessThanOrEqual(worldMax.nodes);
      expect(world.allocations.length).toBeLessThanOrEqual(worldMax.allocations);
      expect(budget).toBeLessThanOrEqual(worldMax.budget);
      if (typeof size === 'number') expect(world.volumes.length).toBe(size);
    }),
    { seed: 1 },
  );
});

test.each([
  'world',
  'world~s~1~00~ca~-',
  'world~x~1~00~ca~-~-',
  'world~s~n~00~ca~-~-',
  'world~s~1~0~ca~-~-',
  'world~s~1~10~ca~-~-',
  'world~s~1~01~ca~-~-',
  'world~s~1~00r0~ca~-~-',
  'world~s~1~00~ca~nodeDwn~-',
  'world~s~1~00~ca~-~jobStoped',
])('a name that spells no world is bad input: %s', (name) => {
  expect(() => findScope(name)).toThrow(InputError);
});
