import { readFileSync } from 'node:fs';
import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { findPromise } from '#properties/promises.ts';
import { Course } from '#properties/sampling/course.ts';
import { schedules } from '#properties/sampling/schedule.ts';
import { runs, seed } from './seed.ts';

/**
 * Every promise that the explorer found kept, as a fast-check property of the same world: no schedule breaks it. What the
 * explorer says is read from the ledger, which its own test holds.
 */
type Ledger = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
const ledger: Ledger = JSON.parse(readFileSync('test/ledger.json', 'utf8'));

const worlds = Object.entries(ledger).flatMap(([scope, designs]) =>
  Object.entries(designs).flatMap(([design, verdicts]) => {
    const kept = Object.entries(verdicts).flatMap(([promise, words]) => {
      const faults = /^holds at (\d+) faults/.exec(words)?.[1];
      return faults === undefined ? [] : [{ promise, faults: Number(faults) }];
    });
    const rungs = [...new Set(kept.map(({ faults }) => faults))];
    return rungs.map((faults) => ({
      scope,
      design,
      faults,
      promises: kept.filter((one) => one.faults === faults).map(({ promise }) => promise),
    }));
  }),
);

describe('a promise that holds when explored is never broken by sampling the same scope', () => {
  for (const { scope, design, faults, promises } of worlds) {
    let course: Course | null = null;
    test.prop([schedules(48)], { seed, numRuns: runs(60) })(
      `${design} in ${scope} with ${faults} faults: ${promises.join(', ')}`,
      (schedule) => {
        course ??= new Course(buildModel(findDesign(design), findScope(scope), faults), promises.map(findPromise));
        const broken = course.run(schedule);
        expect(broken?.watched.obligation.broken ?? null).toBeNull();
      },
    );
  }
});
