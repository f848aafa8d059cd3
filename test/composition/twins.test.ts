import { getAdjacencyMap } from '@xstate/graph';
import { describe, expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { disabled } from '#checker/system.ts';
import { actorOf, eventsOf, type SystemSnapshot } from '#composition/actor.ts';
import { canonical } from '#composition/canonical.ts';
import type { Composition } from '#composition/compose.ts';
import { UNTAKEN } from '#composition/local.ts';
import { advance } from '#composition/trace.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope, readScope } from '#models/scopes/scope.ts';

const designs = ['nomad-1.9.7', 'nomad-1.10.0', 'nomad-2.0.5'];
const modelOf = (design: string, scope: string, faults: number) =>
  buildModel(findDesign(design), findScope(scope), faults).composition;

describe('what is remembered of a machine is what XState answers, on every entry', () => {
  test.each([
    ['nomad-1.9.7', 'node-collected', 1],
    ['nomad-1.10.0', 'partition', 1],
    ['nomad-2.0.5', 'failover', 1],
    ['nomad-2.0.5', 'plugin-removed', 1],
  ])('%s in %s with %i fault', (design, scope, faults) => {
    const composition = modelOf(design, scope, faults);
    explore(composition.system);
    let compared = 0;
    for (const one of new Set(composition.instances.map((of) => composition.localStates(of)))) {
      const before = one.size;
      for (const [from, event, to] of [...one.memo()]) {
        const asked = one.ask(one.snapshot(from), JSON.parse(event));
        expect(asked).toBe(to);
        compared += Number(to !== UNTAKEN);
      }
      expect(one.size).toBe(before);
    }
    expect(compared).toBeGreaterThan(100);
  });
});

test.each(designs)('what an action of %s did not look at makes no difference to it', (design) => {
  const { system } = modelOf(design, 'failover', 1);
  const { states, locals } = explore(system, { maxStates: 20_000 });
  const kinds = { narrow: 0, wide: 0 };
  for (let id = 0; id < states; id += 97) {
    const here = locals(id);
    const elsewhere = locals((id * 31) % states);
    for (const { participants, step, look } of system.actions) {
      const of = (all: readonly number[]) => participants.map((field) => all[field] as number);
      const looked = look?.(of(here)) ?? expect.fail('it does not say what it looks at');
      expect(looked.next).toEqual(step(of(here)));
      const mixed = of(elsewhere).map((local, place) => (looked.places.includes(place) ? of(here)[place] : local));
      const change = (next: readonly number[] | null, before: readonly (number | undefined)[]) =>
        next?.map((local, place) => (looked.places.includes(place) ? local : local === before[place]));
      expect(change(step(mixed as number[]), mixed)).toEqual(change(looked.next, of(here)));
      kinds[looked.places.length < participants.length ? 'narrow' : 'wide']++;
    }
  }
  expect(kinds.narrow).toBeGreaterThan(kinds.wide);
});

describe('the packed explorer finds the states that a naive one finds, state for state', () => {
  test.each(designs.flatMap((design) => [[design, 'happy-path', 0] as const, [design, 'failover', 0] as const]))(
    '%s in %s',
    (design, scope, faults) => {
      const composition = modelOf(design, scope, faults);
      expect(packedStates(composition)).toEqual(naiveStates(composition));
    },
  );

  test('and those that @xstate/graph finds over the system as one actor logic', { timeout: 120_000 }, () => {
    // Without a job that is stopped: @xstate/graph needs some seconds for a thousand states.
    const scope = readScope(
      {
        name: 'smallest',
        volumes: [{ name: 'v1' }],
        nodes: ['n1'],
        allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
      },
      'smallest',
    );
    const { composition } = buildModel(findDesign('nomad-1.9.7'), scope, 0);
    const adjacency = getAdjacencyMap(actorOf(composition), {
      events: (snapshot) => eventsOf(composition, snapshot as SystemSnapshot),
      serializeState: (snapshot) => canonical((snapshot as SystemSnapshot).locals),
      limit: 1_000_000,
    });
    const found = Object.values(adjacency).map(({ state }) => (state as SystemSnapshot).locals.join());
    expect(found.length).toBeGreaterThan(1000);
    expect(new Set(found)).toEqual(packedStates(composition));
  });
});

// Helpers

function packedStates(composition: Composition): Set<string> {
  const exploration = explore(composition.system);
  return new Set(Array.from({ length: exploration.states }, (_, id) => exploration.locals(id).join()));
}

function naiveStates(composition: Composition): Set<string> {
  const initial = composition.system.fields.map((field) => field.initial);
  const found = new Map<string, readonly number[]>([[initial.join(), initial]]);
  for (const locals of found.values()) {
    for (let action = 0; action < composition.actions.length; action++) {
      const next = advance(composition, action, locals);
      if (next !== disabled) found.set(next.join(), next);
    }
  }
  return new Set(found.keys());
}
