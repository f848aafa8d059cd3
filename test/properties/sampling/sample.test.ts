import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise, promises } from '#properties/promises.ts';
import { replayToken } from '#properties/replay.ts';
import { Course } from '#properties/sampling/course.ts';
import { readToken } from '#properties/token.ts';
import { sampled } from './drive.ts';

const find = { design: findDesign, scope: findScope };

describe('a spin of nomad-1.9.7 is found within 1,000 schedules', () => {
  const spin = findPromise('retriesAreBounded');
  const design = findDesign('nomad-1.9.7');
  const explored = (scope: string, faults: number) =>
    judgeScope(design, findScope(scope), [spin], { now: () => 0, faults })[0]?.trace?.length ?? 0;

  test.each([1, 2, 3, 4, 5])(
    'by seed %i, and shrinks to at most one step more than the explorer needs in that world',
    (seed) => {
      const [found] = sampled('nomad-1.9.7', [spin], seed, 1000, 'medium').findings;
      if (!found) throw new Error('nothing was found');
      const { scope, faults, trace } = found.judgement;
      expect(scopeSize(scope)).toEqual([1, 1, 1]);
      expect(trace?.length).toBeLessThanOrEqual(explored(scope, faults) + 1);
    },
  );

  test('by seed 1, as nomad#25349: the run, the token and the sentence that the explorer gives', () => {
    const [one] = judgeScope(design, findScope('node-collected'), [spin], { now: () => 0 });
    const [found] = sampled('nomad-1.9.7', [spin], 1, 1000, 'medium').findings;
    expect(found?.judgement.sentence).toBe(one?.sentence);
    expect(found?.judgement.trace?.steps.slice(10)).toEqual(one?.trace?.steps.slice(10));
    expect(found?.judgement.trace?.length).toBe(one?.trace?.length);
  });
});

const scopeSize = (name: string) => {
  const { volumes, nodes, allocations } = findScope(name);
  return [volumes, nodes, allocations].map((list) => list.length);
};

describe.each(['nomad-1.9.7', 'nomad-2.0.5'])('what is sampled of %s', (design) => {
  const { findings, notBroken, cannotBreak } = sampled(design, promises, 1, 600, 'medium');

  test('names each promise once: broken, not broken, or one that no run can break', () => {
    expect(findings.length).toBeGreaterThan(2);
    expect(
      [
        ...findings.map(({ judgement }) => judgement.promise),
        ...[...notBroken.map(({ promise }) => promise), ...cannotBreak].map(({ name }) => name),
      ].sort(),
    ).toEqual(promises.map(({ name }) => name).sort());
  });

  test.each(findings.map((one) => [one.judgement.promise, one] as const))(
    '%s: its token replays in a world that it carries',
    (_, { judgement }) => {
      const replayed = replayToken(judgement.trace?.token ?? '', find);
      expect(replayed.trace).toEqual(judgement.trace);
    },
  );

  test.each(findings.map((one) => [one.judgement.promise, one] as const))(
    '%s: nothing is left over in the run',
    (name, { judgement }) => {
      const { scope, faults, run } = readToken(judgement.trace?.token ?? '');
      const course = new Course(buildModel(findDesign(design), findScope(scope), faults), [findPromise(name)]);
      const stem = run.actions.slice(0, run.loopsTo ?? run.actions.length);
      const cycle = run.loopsTo === null ? [] : run.actions.slice(run.loopsTo);
      expect(course.follow(stem, { cycle })?.run).toEqual(run);
      for (let at = 0; at < stem.length; at++) {
        const shorter = course.follow(stem.toSpliced(at, 1), { cycle });
        expect(shorter === null || shorter.run.actions.length >= run.actions.length, `step ${at + 1}`).toBe(true);
      }
    },
  );

  test('is the same for the same seed', () => {
    const [one, other] = [1, 1].map((seed) => sampled(design, promises, seed, 150, 'small'));
    expect(one).toEqual(other);
  });
});
