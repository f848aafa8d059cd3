import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { showLocal } from '#composition/show.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { readScope } from '#models/scopes/scope.ts';

const world = (begins?: 'running' | 'stopping' | 'over') =>
  buildModel(
    findDesign('nomad-2.0.5'),
    readScope(
      {
        name: 'begun',
        volumes: [{ name: 'v1' }],
        nodes: ['n1'],
        allocations: [{ name: 'a1', volume: 'v1', node: 'n1', ...(begins && { begins }) }],
        faults: { leaderChange: true },
        events: ['jobStopped'],
      },
      'begun',
    ),
    1,
  );

/** What a state says of everything but time, the leader and its watchers, which the beginning leaves at rest. */
const shown = ({ composition, cluster }: Model, locals: readonly number[]): string => {
  const aside = new Set<unknown>([cluster.server, cluster.faults, ...cluster.volumes.map((one) => one.watcher)]);
  return composition.instances
    .flatMap((one, i) =>
      aside.has(one) ? [] : [`${one.name}: ${showLocal(composition.localStates(one).snapshot(locals[i] ?? 0))}`],
    )
    .join('\n');
};

test('where a world is said to begin, one that begins with nothing comes by itself', () => {
  const waiting = world();
  const { states, locals } = explore(waiting.composition.system);
  const reached = new Set(Array.from({ length: states }, (_, id) => shown(waiting, locals(id))));
  for (const begins of ['running', 'stopping', 'over'] as const) {
    const begun = world(begins);
    const initial = begun.composition.system.fields.map((field) => field.initial);
    expect(reached, begins).toContain(shown(begun, initial));
  }
});
