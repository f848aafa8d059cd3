import { describe, expect, test } from 'vitest';
import { findIncident, findScopeOrIncidents, incidents } from '#incidents/incidents.ts';
import { leftOut } from '#incidents/left-out.ts';
import { isAsExpected, reproduce, scopeOf, tryOn } from '#incidents/reproduce.ts';
import { findDesign } from '#models/designs/design.ts';
import { findActions } from '#properties/action-names.ts';
import { findPromise, promises } from '#properties/promises.ts';
import { modelOf, options } from './reproduced.ts';

test('every one of the 47 incidents of Nomad is reproduced or left out for a reason, and none is both', () => {
  const keys = [...incidents, ...leftOut].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const nomads = Array.from({ length: 47 }, (_, i) => `N${String(i + 1).padStart(2, '0')}`);
  expect(keys.filter((key) => key.startsWith('N')).sort()).toEqual(nomads);
  expect(incidents.filter(({ key }) => key.startsWith('N')).length).toBeGreaterThanOrEqual(30);
  expect(new Set(incidents.map(({ name }) => name)).size).toBe(incidents.length);
  for (const { because } of leftOut) expect(because.length).toBeGreaterThan(20);
});

test.each(incidents)('$key is well-formed: references, promise, designs, and a trigger its world has', (incident) => {
  expect(incident.references.some((one) => /#\d+/.test(one))).toBe(true);
  expect(incident.affected.length).toBeGreaterThan(0);
  const promise = findPromise(incident.promise);
  expect(promises).toContain(promise);
  expect(promise.appliesTo(scopeOf(incident))).toBe(true);
  for (const design of incident.affected) {
    const model = modelOf(incident, design);
    for (const step of incident.trigger) expect(findActions(model, step), step).not.toEqual([]);
  }
  for (const design of incident.fixed) expect(findDesign(design).name).toBe(design);
});

test.each(incidents.filter(({ scope }) => typeof scope !== 'string'))(
  'the scope of $key is found by its name, as a token needs it',
  (incident) => {
    const scope = scopeOf(incident);
    expect(scope.name).toBe(`incident-${incident.key}`);
    expect(findScopeOrIncidents(scope.name)).toEqual(scope);
  },
);

describe('an incident is not reproduced by its trigger turned round', () => {
  test.each(['N01', 'N08', 'N14', 'N18', 'N44'])('%s', (key) => {
    const incident = findIncident(key);
    const turned = { ...incident, trigger: incident.trigger.toReversed() };
    expect(tryOn(turned, incident.affected[0] ?? '', options)).toMatchObject({ verdict: 'holds', trace: null });
    const whole = reproduce({ ...turned, affected: incident.affected.slice(0, 1), fixed: [] }, options);
    expect(isAsExpected(whole)).toBe(false);
  });
});

describe('a fixed design whose fix is taken back has the incident again', () => {
  test.each([
    ['N01', 'nomad-1.10.0~abandon-unknown-node~limit-watcher~notify-drops'],
    ['N05', 'nomad-1.3.5~skip-down-node'],
    ['N06', 'nomad-1.10.0~collected-is-past'],
    ['N07', 'nomad-1.4.4~survive-missing-volume'],
    ['N08', 'nomad-1.2.6~collected-is-past'],
    ['N09', 'nomad-1.2.4~sweep-at-start'],
    ['N10', 'nomad-1.2.6~renew-token'],
    ['N11', 'nomad-1.3.0~linger'],
    ['N12', 'nomad-1.3.16~checkpoint-on-entry'],
    ['N13', 'nomad-1.2.6~keep-mode'],
    ['N16', 'nomad-1.3.5~skip-down-node'],
    ['N17', 'nomad-1.3.0~count-every-claim'],
    ['N18', 'nomad-1.3.16~exclude-own-allocation'],
    ['N20', 'nomad-1.4.14~one-controller-call'],
    ['N22', 'nomad-0.11.2~write-node-step~collect-periodically'],
    ['N24', 'nomad-0.11.2~leave-workers'],
    ['N26', 'nomad-1.3.0~trust-unmounted'],
    ['N27', 'nomad-2.0.5~client-terminal-only'],
    ['N28', 'nomad-1.11.3~one-node-call'],
    ['N34', 'nomad-2.0.5~collect-on-a-copy'],
    ['N36', 'nomad-2.0.5+refuse-canary~refuse-canary'],
    ['N39', 'nomad-0.11.3~collect-without-evaluations'],
    ['N40', 'nomad-0.12.5~tolerate-missing-plugin'],
    ['N42', 'nomad-1.0.0~pass-over-plugin-in-use'],
    ['N43', 'nomad-0.12.5~client-starts-release'],
    ['N44', 'nomad-1.2.6~collected-is-past'],
  ])('%s: %s', (key, design) => {
    expect(tryOn(findIncident(key), design, options).verdict).toBe('violated');
  });
});

test('an unknown incident is answered with the nearest', () => {
  expect(() => findIncident('N0l')).toThrow(/did you mean "N0\d"/);
  expect(() => findIncident('node-gc-hotloop')).toThrow(/did you mean "node-gc-hot-loop"/);
  expect(findIncident('n01')).toBe(findIncident('node-gc-hot-loop'));
});

test('a trial that a limit ends is unknown, and not as expected', () => {
  const incident = findIncident('N01');
  const found = reproduce({ ...incident, fixed: [] }, { ...options, maxStates: 50 });
  expect(found.affected[0]?.verdict).toBe('unknown');
  expect(isAsExpected(found)).toBe(false);
});
