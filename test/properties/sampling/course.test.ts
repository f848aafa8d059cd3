import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { scopeOfWorld } from '#models/scopes/world.ts';
import { brokenBy } from '#properties/breaking.ts';
import { promises } from '#properties/promises.ts';
import { Course } from '#properties/sampling/course.ts';
import { schedules } from '#properties/sampling/schedule.ts';
import { worlds } from '#properties/sampling/world.ts';

const coursesOf = (design: string, seed: number) =>
  fc
    .sample(worlds('small'), { seed, numRuns: 12 })
    .map(({ world, budget }) => new Course(buildModel(findDesign(design), scopeOfWorld(world), budget), promises));

describe.each(['nomad-1.9.7', 'nomad-2.0.5'])('in %s', (design) => {
  test('what a schedule breaks the naive judge of runs finds broken, and what it does not break it finds kept', {
    timeout: 300_000,
  }, () => {
    let broken = 0;
    let kept = 0;
    for (const course of coursesOf(design, 25349)) {
      fc.assert(
        fc.property(schedules(16), (schedule) => {
          const found = course.run(schedule);
          if (found) {
            broken++;
            expect(brokenBy(course.model, found.run, found.watched.promise)).not.toBeNull();
            return;
          }
          kept++;
          const run = { actions: [...course.walker.actions], loopsTo: course.loopsTo };
          for (const promise of promises) expect(brokenBy(course.model, run, promise), promise.name).toBeNull();
        }),
        { seed: 25349, numRuns: 25 },
      );
    }
    expect([broken > 5, kept > 5], `${broken} broken, ${kept} kept`).toEqual([true, true]);
  });

  test('the same schedule is the same run, whatever was run before it', () => {
    const [one, other] = [coursesOf(design, 7), coursesOf(design, 7)];
    for (const [i, course] of one.entries()) {
      fc.assert(
        fc.property(schedules(16), (schedule) => {
          const run = course.run(schedule)?.run ?? [...course.walker.actions];
          const fresh = other[i] as Course;
          fresh.run({ moves: [77], drain: 0 });
          expect(fresh.run(schedule)?.run ?? [...fresh.walker.actions]).toEqual(run);
        }),
        { seed: 3, numRuns: 30 },
      );
    }
  });
});
