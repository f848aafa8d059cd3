import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { type NumberedWorld, scopeOfWorld } from '#models/scopes/world.ts';
import { brokenBy } from '#properties/breaking.ts';
import { findPromise } from '#properties/promises.ts';
import { type Broken, Course } from '#properties/sampling/course.ts';
import { labelled, sizeOf, smaller } from '#properties/sampling/labelled.ts';
import { schedules } from '#properties/sampling/schedule.ts';
import { shrink } from '#properties/sampling/shrink.ts';
import { worlds } from '#properties/sampling/world.ts';

const design = findDesign('nomad-1.9.7');
const spin = findPromise('retriesAreBounded');

/** Twelve volumes on four machines, each with an allocation, two of them replaced: everything but one claim is noise. */
const crowded: NumberedWorld = {
  volumes: Array.from({ length: 12 }, () => ({ access: 'single-node-writer', neverDetaches: false })),
  nodes: 4,
  allocations: [
    ...Array.from({ length: 12 }, (_, i) => ({ volume: i, node: (i + 1) % 4, replaces: null })),
    { volume: 3, node: 2, replaces: 3 },
    { volume: 8, node: 1, replaces: 8 },
  ],
  controllerRequired: true,
  acls: true,
  faults: ['nodeDown', 'rpcFailure', 'leaderChange'],
  events: ['jobStopped', 'nodeBack', 'nodeCollected'],
};

function foundIn(world: NumberedWorld, budget: number, seed: number): { broken: Broken; course: Course } {
  const course = new Course(buildModel(design, scopeOfWorld(world), budget), [spin]);
  let broken: Broken | null = null;
  fc.check(
    fc.property(schedules(48), (schedule) => {
      const found = course.run(schedule);
      // Found on the first volume it would be small already.
      if (found && !found.watched.obligation.formula.name.startsWith('v1/')) broken ??= found;
      return broken === null;
    }),
    { seed, numRuns: 1000, endOnFailure: true },
  );
  if (!broken) throw new Error('the spin was not found');
  return { broken, course };
}

describe('where fast-check by itself would not shrink', () => {
  const { broken, course } = foundIn(crowded, 2, 5);
  const { name } = broken.watched.obligation.formula;
  const shrunk = shrink(design, { world: crowded, budget: 2 }, spin, broken.run);
  const told = shrunk.run.actions.map((action) => shrunk.model.composition.actions[action]?.name ?? '');

  test('identities that are linked across steps shrink together, to the first of each', () => {
    // It was found on some other volume, which many steps name: none of them could have been renamed alone.
    expect(name).not.toMatch(/^v1\/a1/);
    expect(new Set(told.flatMap((text) => text.match(/\b[vna]\d+\b/g) ?? []))).toEqual(new Set(['v1', 'a1', 'n1']));
  });

  test('a schedule shrinks to the few steps that matter, whatever was interleaved with them', () => {
    expect(broken.run.actions.length).toBeGreaterThan(40);
    expect(course.model.composition.actions.length).toBeGreaterThan(10 * shrunk.model.composition.actions.length);
    expect(told).toHaveLength(15);
    expect(shrunk.model.cluster.scope.name).toBe('node-collected');
  });

  test('the world shrinks with it: no volume, node, allocation or fault more than the run needs', () => {
    const { scope, faults } = shrunk.model.cluster;
    expect([scope.volumes.length, scope.nodes.length, scope.allocations.length, faults.input?.left]).toEqual([
      1, 1, 1, 1,
    ]);
  });

  test('no step is left over: leaving out any one of them breaks nothing, or nothing sooner', () => {
    const again = new Course(shrunk.model, [spin]);
    const { actions, loopsTo } = shrunk.run;
    const stem = actions.slice(0, loopsTo ?? actions.length);
    const cycle = loopsTo === null ? [] : actions.slice(loopsTo);
    for (let at = 0; at < actions.length; at++) {
      const [left, round] =
        at < stem.length ? [stem.toSpliced(at, 1), cycle] : [stem, cycle.toSpliced(at - stem.length, 1)];
      const found = again.follow(left, { cycle: round });
      expect(found === null || found.run.actions.length >= actions.length, told[at]).toBe(true);
    }
  });

  test('the same run shrinks in the same way', () => {
    expect(shrink(design, { world: crowded, budget: 2 }, spin, broken.run).run).toEqual(shrunk.run);
  });
});

test('what is left of a run breaks the same promise, whatever world and seed it was found with', {
  timeout: 300_000,
}, () => {
  fc.assert(
    fc.property(
      worlds('small'),
      fc.integer(),
      fc.constantFrom('noWakeupIsLost', 'volumeInUseIsNeverDetached'),
      (world, seed, name) => {
        const promise = findPromise(name);
        const course = new Course(buildModel(design, scopeOfWorld(world.world), world.budget), [promise]);
        const [broken] = fc
          .sample(schedules(48), { seed, numRuns: 60 })
          .flatMap((schedule) => course.run(schedule) ?? []);
        fc.pre(broken !== undefined);
        const { model, run } = shrink(design, world, promise, broken.run);
        expect(brokenBy(model, run, promise)).not.toBeNull();
        expect(run.actions.length).toBeLessThanOrEqual(broken.run.actions.length);
      },
    ),
    { seed: 1, numRuns: 6 },
  );
});

test('every smaller world is smaller', () => {
  fc.assert(
    fc.property(worlds('medium'), ({ world, budget }) => {
      const whole = labelled(world, budget);
      for (const part of smaller(whole)) expect(sizeOf(part)).toBeLessThan(sizeOf(whole));
    }),
    { seed: 1 },
  );
});
