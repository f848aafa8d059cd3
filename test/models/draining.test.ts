import { describe, expect, test } from 'vitest';
import type { Formula } from '#checker/formula.ts';
import type { Model } from '#models/model.ts';
import { readScope, type ScopeInput } from '#models/scopes/scope.ts';
import { asked, promised } from './answered.ts';

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
    expect(promised(design, drained(), 0, 'clusterFallsQuiet')).toEqual(['holds']);
  });
  test('until an operator makes the node eligible, or purges it: registered anew, nothing is known of its drain', () => {
    const purged = drained({ events: ['nodeDrained', 'pluginBack', 'nodePurged'] });
    expect(starts(purged, 0, 'none')).toBe('holds');
    expect(starts(drained(), 0, 'none')).toBe('violated');
    expect(starts(drained(), 0, 'complete')).toBe('violated');
    expect(starts(drained(), 0, 'undone')).toBe('holds');
  });
  test.each(['nomad-0.11.3', 'nomad-2.0.5'])(
    'and what it left behind in %s can be released by one who does',
    (design) => {
      expect(promised(design, drained(), 0, 'releaseIsAlwaysPossible')).toEqual(['holds']);
    },
  );
  test('but not before it comes to it: a plugin that stops by itself meanwhile is started again', () => {
    expect(starts(drained(), 1, 'asked')).toBe('holds');
    expect(starts(drained(), 0, 'asked')).toBe('violated');
  });
});

// Helpers

type Drain = 'none' | 'asked' | 'complete' | 'undone';

const starts = (of: ReturnType<typeof drained>, faults: number, drain: Drain) =>
  asked('nomad-2.0.5', of, faults, (model) => startsAt(model, drain));

/** The plugin that is gone may start while the drain of its node stands so. */
function startsAt({ cluster, composition }: Model, drain: Drain): Formula {
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
