import { describe, expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import type { Formula } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { readScope, type ScopeInput } from '#models/scopes/scope.ts';
import { findPromise } from '#properties/promises.ts';

/** A machine that may be drained, and whose plugin comes back where something starts it. */
const drained = (more: Partial<ScopeInput> = {}) =>
  readScope(
    {
      name: 'drained',
      burst: 1,
      volumes: [{ name: 'v1' }],
      nodes: ['n1'],
      allocations: [{ name: 'a1', volume: 'v1', node: 'n1', begins: 'running' }],
      faults: { pluginStops: 1 },
      events: ['nodeDrained', 'pluginBack'],
      ...more,
    },
    'drained',
  );

describe('a drain takes the plugin off its node', () => {
  test.each(['nomad-0.11.3', 'nomad-2.0.5'])('so the cluster falls quiet in %s', (design) => {
    const quiet = (model: Model) =>
      findPromise('clusterFallsQuiet')
        .obligations(model)
        .map((one) => one.formula);
    const verdicts = answers(design, drained(), 0, quiet);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(new Set(verdicts)).toEqual(new Set(['holds']));
  });
  test('until an operator makes the node eligible, or purges it: registered anew, nothing is known of its drain', () => {
    const purged = drained({ events: ['nodeDrained', 'pluginBack', 'nodePurged'] });
    const startsIn = (of: typeof purged, drain: 'none' | 'complete' | 'undone') =>
      answers('nomad-2.0.5', of, 0, (model) => [startsAt(model, drain)]);
    expect(startsIn(purged, 'none')).toEqual(['holds']);
    expect(startsIn(drained(), 'none')).toEqual(['violated']);
    expect(startsIn(drained(), 'complete')).toEqual(['violated']);
    expect(startsIn(drained(), 'undone')).toEqual(['holds']);
  });
  test.each(['nomad-0.11.3', 'nomad-2.0.5'])(
    'and what it left behind in %s can be released by one who does',
    (design) => {
      const [verdict] = answers(design, drained(), 0, (model) =>
        findPromise('releaseIsAlwaysPossible')
          .obligations(model)
          .map((one) => one.formula),
      );
      expect(verdict).toBe('holds');
    },
  );
  test('but not before it comes to it: a plugin that stops by itself meanwhile is started again', () => {
    expect(answers('nomad-2.0.5', drained(), 1, (model) => [startsAt(model, 'asked')])).toEqual(['holds']);
    expect(answers('nomad-2.0.5', drained(), 0, (model) => [startsAt(model, 'asked')])).toEqual(['violated']);
  });
});

// Helpers

/** The plugin that is gone may start while the drain of its node stands so. */
function startsAt({ cluster, composition }: Model, drain: 'none' | 'asked' | 'complete' | 'undone'): Formula {
  const [part] = cluster.nodes;
  const at = composition.actions.findIndex((one) => one.note.rule === 'client starts its node plugin again');
  const start = composition.system.actions[at];
  if (!part || !start) throw new RangeError('no plugin comes back');
  const own = start.participants.length;
  const stands = composition.predicate({ node: part.node }, ({ node }) => node.at(`drain.${drain}`));
  return {
    kind: 'sometimes',
    name: `the plugin may start while the drain is ${drain}`,
    holds: {
      participants: [...start.participants, ...stands.participants],
      holds: (locals) => start.step(locals.slice(0, own)) !== null && stands.holds(locals.slice(own)),
    },
  };
}

function answers(design: string, of: ReturnType<typeof drained>, faults: number, ask: (model: Model) => Formula[]) {
  const model = buildModel(findDesign(design), of, faults);
  const exploration = explore(model.composition.system, { edges: true, maxStates: 1_000_000 });
  expect(exploration.stopped).toBeNull();
  return judge(exploration, ask(model)).map((one) => one.verdict);
}
