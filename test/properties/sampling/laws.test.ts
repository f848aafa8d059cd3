import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Run } from '#checker/formula.ts';
import { replay } from '#checker/replay.ts';
import { type Design, findDesign } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { faultKinds } from '#models/scopes/fault.ts';
import { findScope, type Scope } from '#models/scopes/scope.ts';
import { scopeOfWorld } from '#models/scopes/world.ts';
import { brokenBy, runNamed } from '#properties/breaking.ts';
import { judgeScope } from '#properties/judge.ts';
import { promises } from '#properties/promises.ts';
import { Course } from '#properties/sampling/course.ts';
import { schedules } from '#properties/sampling/schedule.ts';
import { worlds } from '#properties/sampling/world.ts';
import { readToken } from '#properties/token.ts';
import { sampled } from './drive.ts';
import { runs, seed } from './seed.ts';

const designs = ['nomad-1.9.7', 'nomad-2.0.5'].map(findDesign);
const clock = { now: () => 0 };

/** One schedule of a small world: the model, and the run with its cycle. */
const drawn = fc
  .record({ world: worlds('small'), design: fc.constantFrom(...designs) })
  .chain(({ world, design }) =>
    fc.record({ schedule: schedules(16), world: fc.constant(world), design: fc.constant(design) }),
  )
  .map(({ world, design, schedule }) => {
    const scope = scopeOfWorld(world.world);
    const model = buildModel(design, scope, world.budget);
    const course = new Course(model, promises);
    const run: Run = course.run(schedule)?.run ?? { actions: [...course.walker.actions], loopsTo: course.loopsTo };
    return { model, scope, design, budget: world.budget, run };
  });

const verdictsOf = (model: Model, run: Run) => promises.map((promise) => brokenBy(model, run, promise) !== null);

/** The same run in a scope whose things have other names or stand in another order. */
function retold(
  model: Model,
  run: Run,
  design: Design,
  scope: Scope,
  budget: number,
  rename: (name: string) => string,
) {
  const other = buildModel(design, scope, budget);
  const names = run.actions.map((action) => rename(model.composition.actions[action]?.name ?? ''));
  return { other, run: runNamed(other, names, run.loopsTo) };
}

describe('names', () => {
  test.prop([drawn], { seed, numRuns: runs(40) })(
    'of volumes, nodes and allocations change no verdict',
    ({ model, scope, design, budget, run }) => {
      const rename = (text: string) => text.replaceAll(/\b([vna])(\d+)\b/g, (_, kind, number) => `${kind}-${number}x`);
      const renamed: Scope = {
        ...scope,
        volumes: scope.volumes.map((one) => ({ ...one, name: rename(one.name) })),
        nodes: scope.nodes.map(rename),
        allocations: scope.allocations.map(({ replaces, ...one }) => ({
          name: rename(one.name),
          volume: rename(one.volume),
          node: rename(one.node),
          ...(replaces !== undefined && { replaces: rename(replaces) }),
        })),
      };
      const again = retold(model, run, design, renamed, budget, rename);
      expect(again.run).toEqual(run);
      expect(verdictsOf(again.other, again.run)).toEqual(verdictsOf(model, run));
    },
  );

  test.prop([drawn], { seed, numRuns: runs(40) })(
    'of nodes in another order change no verdict',
    ({ model, scope, design, budget, run }) => {
      const turned: Scope = { ...scope, nodes: [...scope.nodes].reverse() };
      const again = retold(model, run, design, turned, budget, (name) => name);
      expect(verdictsOf(again.other, again.run)).toEqual(verdictsOf(model, run));
    },
  );
});

describe('a volume that nobody uses changes no verdict of the others', () => {
  const base = findScope('happy-path');
  const unused = { name: 'unused', access: 'single-node-writer', neverDetaches: false } as const;
  const verdicts = (design: Design, scope: Scope) =>
    judgeScope(design, scope, promises, clock).map(({ promise, verdict }) => [promise, verdict]);

  for (const design of designs) {
    test(`explored: ${design.name}`, { timeout: 120_000 }, () => {
      const known = verdicts(design, base);
      expect(verdicts(design, { ...base, volumes: [...base.volumes, unused] })).toEqual(known);
      expect(verdicts(design, { ...base, volumes: [unused, ...base.volumes] })).toEqual(known);
    });

    const kept = judgeScope(design, findScope('node-collected'), promises, { ...clock, faults: 1 })
      .filter(({ verdict }) => verdict === 'holds')
      .map(({ promise }) => promise);
    const scope = findScope('node-collected');
    const wider = { ...scope, volumes: [...scope.volumes, unused] };
    const course = new Course(
      buildModel(design, wider, 1),
      promises.filter(({ name }) => kept.includes(name)),
    );
    test.prop([schedules(48)], { seed, numRuns: runs(100) })(`sampled: ${design.name}`, (schedule) => {
      expect(course.run(schedule)?.watched.obligation.broken ?? null).toBeNull();
    });
  }
});

describe('what is sampled and what is explored', () => {
  test.each(designs)(
    'a run that sampling found replays in the explorer, which finds the promise broken there: $name',
    {
      timeout: 300_000,
    },
    (design) => {
      const { findings } = sampled(design.name, promises, seed, 300, 'small');
      expect(findings.length).toBeGreaterThan(0);
      for (const { judgement } of findings) {
        const { run, faults, scope } = readToken(judgement.trace?.token ?? '');
        const model = buildModel(design, findScope(scope), faults);
        expect(replay(model.composition.system, run).kind).toBe('replayed');
        const promise = promises.filter(({ name }) => name === judgement.promise);
        const [explored] = judgeScope(design, findScope(scope), promise, { ...clock, faults, maxStates: 60_000 });
        // The explorer may reach its limit first; it never says that the promise holds.
        expect(explored?.verdict, judgement.sentence).not.toBe('holds');
        if (explored?.verdict !== 'violated') continue;
        // Of a cycle the explorer makes the way to it shortest first, and a bound it would rather break between two ticks.
        const stem = (one: typeof judgement) => one.trace?.loopsTo ?? one.trace?.length ?? 0;
        if (promise[0]?.form !== 'bound') expect(stem(explored)).toBeLessThanOrEqual(stem(judgement));
      }
    },
  );

  test.each(designs)('with faults off it breaks what the happy path breaks, and no fault happens: $name', (design) => {
    const scope = findScope('happy-path');
    const faulty = { ...scope, faults: Object.fromEntries(Object.keys(faultKinds).map((kind) => [kind, true])) };
    const expected = judgeScope(design, scope, promises, clock)
      .filter(({ verdict, promise }) => verdict === 'violated' && promise !== 'releaseIsAlwaysPossible')
      .map(({ promise }) => promise);
    for (const off of [scope, faulty]) {
      const closed = new Set<(typeof promises)[number]>();
      const course = new Course(buildModel(design, off, 0), promises, closed);
      const params = { seed: 25349, numRuns: 6000 };
      fc.assert(
        fc.property(schedules(48), (schedule) => {
          const broken = course.run(schedule);
          if (broken) closed.add(broken.watched.promise);
        }),
        params,
      );
      expect([...closed].map(({ name }) => name).sort()).toEqual([...expected].sort());
      const { actions } = course.model.composition;
      const taken = course.tally.counts().actions;
      for (const { note } of actions) if (note.fault) expect(taken[note.rule], note.rule).toBe(0);
    }
  });
});
