import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import type { Incident } from '#incidents/incident.ts';
import { findIncident, incidents } from '#incidents/incidents.ts';
import { leftOut } from '#incidents/left-out.ts';
import { reproduce, scopeOf, tryOn } from '#incidents/reproduce.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { actionsNamed, findActions } from '#properties/action-names.ts';
import { findPromise, promises } from '#properties/promises.ts';
import { replayToken } from '#properties/replay.ts';

const options = { now: () => performance.now() };

const modelOf = (incident: Incident, design: string) =>
  buildModel(findDesign(design), scopeOf(incident), incident.faults);

test('each incident has a key and a name of its own, and no incident is left out that is reproduced', () => {
  const keys = [...incidents, ...leftOut].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(incidents.map(({ name }) => name)).size).toBe(incidents.length);
  expect(keys.every((key) => /^[NK]\d\d$/.test(key))).toBe(true);
});

test.each(incidents)('$key is well-formed: references, promise, designs, and a trigger its world has', (incident) => {
  expect(incident.references.some((one) => /#\d+/.test(one))).toBe(true);
  expect(incident.affected.length).toBeGreaterThan(0);
  expect(promises).toContain(findPromise(incident.promise));
  for (const design of incident.affected) {
    const model = modelOf(incident, design);
    for (const step of incident.trigger) expect(findActions(model, step), step).not.toEqual([]);
  }
  for (const design of incident.fixed) expect(findDesign(design).name).toBe(design);
});

test.each(incidents)(
  '$key: the affected designs break the promise by a run with the trigger, the fixed ones do not',
  (incident) => {
    const { affected, fixed } = reproduce(incident, options);
    for (const { design, verdict, trace } of affected) {
      expect(verdict, design).toBe('violated');
      const model = modelOf(incident, design);
      const taken = trace?.steps.map((step) => step.action) ?? [];
      const cycle = trace?.loopsTo == null ? [] : taken.slice(trace.loopsTo);
      const filled = [...taken, ...incident.trigger.flatMap(() => cycle)].reduce((filled, action) => {
        const place = incident.trigger[filled];
        const wanted = place === undefined ? [] : actionsNamed(model, place);
        return wanted.some((id) => model.composition.actions[id]?.name === action) ? filled + 1 : filled;
      }, 0);
      expect(filled, 'places of the trigger that the run fills').toBe(incident.trigger.length);
      const find = { design: findDesign, scope: () => scopeOf(incident) };
      expect(replayToken(trace?.token ?? '', find).trace).toEqual(trace);
    }
    for (const { design, verdict } of fixed) expect(verdict, design).toBe('holds');
  },
);

test('an incident whose trigger is turned round is not reproduced', () => {
  const incident = findIncident('N01');
  const shuffled = { ...incident, trigger: incident.trigger.toReversed() };
  expect(tryOn(shuffled, 'nomad-1.9.7', options)).toMatchObject({ verdict: 'holds', trace: null });
});

test('a fixed design without its fix has the incident again', () => {
  const incident = findIncident('N01');
  const unfixed = 'nomad-1.10.0~abandon-unknown-node~limit-watcher~notify-drops';
  expect(tryOn(incident, 'nomad-1.10.0', options).verdict).toBe('holds');
  expect(tryOn(incident, unfixed, options).verdict).toBe('violated');
});

test('an unknown incident is answered with the nearest', () => {
  expect(() => findIncident('N0l')).toThrow(/did you mean "N01"/);
  expect(() => findIncident('node-gc-hotloop')).toThrow(/did you mean "node-gc-hot-loop"/);
});
