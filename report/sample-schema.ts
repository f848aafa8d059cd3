import * as v from 'valibot';
import { CoveragePart } from './coverage-schema.ts';
import { said, Text, Whole } from './said.ts';

const SampleFinding = v.strictObject({
  promise: said(Text, 'The promise that was broken.'),
  run: said(Whole, 'The number of the run that broke it, from 1.'),
  foundIn: said(Text, 'The world of that run, spelt out.'),
  stepsFound: said(Whole, 'The steps of that run before it was shrunk.'),
  steps: said(Whole, 'The steps that are left of it.'),
  token: said(Text, 'Replays the shrunk run: claimcheck trace TOKEN.'),
});

/** What `sample` adds to a report, for each design. */
export const Sample = v.strictObject({
  design: said(Text, 'The design.'),
  seed: said(Whole, 'The same seed draws the same worlds and schedules.'),
  size: said(Text, 'small, medium, large, or a number of volumes.'),
  runs: said(Whole, 'How many schedules were run.'),
  steps: said(Whole, 'The steps in all of them.'),
  worlds: said(Whole, 'How many worlds they were run in.'),
  longest: said(Whole, 'The steps of the longest run.'),
  elapsedMs: said(v.pipe(v.number(), v.minValue(0)), 'Milliseconds it took, shrinking included.'),
  shrinkingMs: said(v.pipe(v.number(), v.minValue(0)), 'Milliseconds of these that shrinking took.'),
  runsPerSecond: said(Whole, 'Schedules a second while nothing was shrunk.'),
  endings: said(
    v.strictObject({
      broken: said(Whole, 'A promise was broken.'),
      quiet: said(Whole, 'Nothing was left to do, not even to wait.'),
      cycle: said(Whole, 'Everything repeated from there on.'),
      tooLong: said(Whole, 'The limit on steps was reached.'),
    }),
    'How many runs ended how.',
  ),
  broken: said(v.array(SampleFinding), 'Each broken promise once.'),
  notBroken: said(
    v.array(
      v.strictObject({
        promise: said(Text, 'The promise.'),
        runs: said(Whole, 'The runs that could have broken it.'),
      }),
    ),
    'Promises that no run broke, which proves nothing.',
  ),
  cannotBreak: said(v.array(Text), 'Promises about all runs at once, which one run cannot break.'),
  actions: said(
    v.strictObject({
      ...CoveragePart.entries,
      taken: said(v.record(v.string(), Whole), 'By name, how often it was taken.'),
    }),
    'Actions: whether some run took it.',
  ),
  states: said(CoveragePart, 'States of the machines: whether some run came through it.'),
});
