import { getShortestPaths, getSimplePaths } from '@xstate/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { explore } from '#checker/explore.ts';
import { disabled } from '#checker/system.ts';
import { canonical } from '#composition/canonical.ts';
import { heardIn } from '#composition/heard.ts';
import { eventsTo, graphOfSystem } from '#composition/path-graph.ts';
import { shortestPaths, simplePaths } from '#composition/paths.ts';
import { project } from '#composition/projected.ts';
import { advance } from '#composition/trace.ts';
import { keyOfSnapshot, walkMachine, walkSystem } from '#composition/walk.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';

const { composition, cluster } = buildModel(findDesign('nomad-2.0.5'), findScope('node-collected'), 1);
const exploration = explore(composition.system, { edges: true });
const heard = heardIn(composition, exploration);

describe('what a machine hears is what the actions send it', () => {
  test('every event is sent in a state where the machine takes it, and comes with its payload', () => {
    expect(heard.length).toBeGreaterThan(100);
    for (const { instance, local, event } of heard) {
      expect(composition.localStates(instance).snapshot(local).can(event)).toBe(true);
    }
    const [part] = cluster.claims;
    const events = eventsTo(heard, part?.claim.machine ?? expect.fail()).map(canonical);
    expect(events).toContain('{"state":"nodeDetached","type":"checkpointed"}');
    expect(events).not.toContain('{"type":"checkpointed"}');
  });

  test('as a walk over all steps, with nothing remembered, finds it', () => {
    const naive = new Set<string>();
    const edges = exploration.edges() ?? expect.fail();
    for (let id = 0; id < exploration.states; id++) {
      const locals = exploration.locals(id);
      for (let edge = edges.rows[id] ?? 0; edge < (edges.rows[id + 1] ?? 0); edge++) {
        const action = edges.labels[edge] ?? 0;
        for (const { to, event } of composition.sendings(action, locals) ?? []) {
          naive.add(canonical([to.name, locals[composition.fieldOf(to)], event, action]));
        }
      }
    }
    expect(new Set(heard.map((one) => canonical([one.instance.name, one.local, one.event, one.action])))).toEqual(
      naive,
    );
  });
});

describe('a walk over a machine', () => {
  test('reaches at least the local states that the system reaches, by steps that XState takes', () => {
    for (const one of composition.instances) {
      const walked = walkMachine(one.machine, one.input, eventsTo(heard, one.machine), 10_000);
      expect(walked.left).toBe(0);
      const keys = new Set(walked.states.map(keyOfSnapshot));
      const field = composition.fieldOf(one);
      for (let id = 0; id < exploration.states; id += 7) {
        expect(keys).toContain(
          keyOfSnapshot(composition.localStates(one).snapshot(exploration.locals(id)[field] ?? 0)),
        );
      }
    }
  });

  test('tells states apart that differ in a set or a map, which @xstate/graph by itself takes for one', () => {
    const machine = setup({
      types: { context: {} as { readonly held: ReadonlySet<string> }, events: {} as { type: 'add'; one: string } },
    }).createMachine({
      context: { held: new Set() },
      on: { add: { actions: assign({ held: ({ context, event }) => new Set([...context.held, event.one]) }) } },
    });
    const events = ['a', 'b', 'c'].map((one) => ({ type: 'add', one }));
    expect(walkMachine(machine, undefined, events, 100).states).toHaveLength(8);
    expect(getShortestPaths(machine, { events: events as { type: 'add'; one: string }[] })).toHaveLength(1);
  });

  test.each([1, 2, 5])('stops after %i states, keeps what it has and says what is left', (limit) => {
    const { machine, input } = cluster.claims[0]?.unpublishes[0]?.unpublish ?? expect.fail();
    const events = eventsTo(heard, machine);
    const [whole, part] = [walkMachine(machine, input, events, 100), walkMachine(machine, input, events, limit)];
    expect(part.states.length - part.left).toBe(limit);
    expect(part.left).toBeGreaterThan(0);
    expect(part.states.map(keyOfSnapshot)).toEqual(whole.states.slice(0, part.states.length).map(keyOfSnapshot));
  });
});

test('the walk over the whole system finds the states and steps that the explorer finds', { timeout: 120_000 }, () => {
  const small = buildModel(findDesign('nomad-1.9.7'), findScope('happy-path'), 0).composition;
  const packed = explore(small.system, { edges: true });
  const walked = walkSystem(small, 100_000);
  expect(walked.left).toBe(0);
  expect(walked.steps).toHaveLength(packed.edges()?.count ?? -1);
  const locals = Array.from({ length: packed.states }, (_, id) => packed.locals(id).join());
  expect(new Set(walked.states.map((state) => state.locals.join()))).toEqual(new Set(locals));
  const graph = graphOfSystem(small, walked, (action) => small.actions[action]?.note.rule ?? '');
  for (const { to, steps } of shortestPaths(graph).paths) {
    const id = locals.indexOf(walked.states[to]?.locals.join() ?? '');
    if (id % 50 === 0) expect(steps.length).toBe(packed.depthOf(id));
  }
});

/** Graphs in which every state is reached from state 0, as a walk finds them. */
const graphs = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.array(fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1) }), { maxLength: 12 }).map((all) => {
    const found = new Set([0]);
    for (const state of found) for (const { from, to } of all) if (from === state) found.add(to);
    const ids = new Map([...found].map((state, id) => [state, id]));
    return {
      states: [...found],
      steps: all
        .filter(({ from }) => found.has(from))
        .map(({ from, to }) => ({ from: ids.get(from) ?? 0, to: ids.get(to) ?? 0 })),
    };
  }),
);

describe('paths', () => {
  test('shortest: one to every state, as long as a search breadth first says', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { paths } = shortestPaths(graph);
        expect(paths.map(({ to }) => to).sort((a, b) => a - b)).toEqual([...graph.states.keys()]);
        for (const path of paths) {
          expect(endOf(graph, path.steps)).toBe(path.to);
          expect(path.steps.length).toBe(distance(graph, path.to));
        }
      }),
    );
  });

  test('simple: those that getSimplePaths of @xstate/graph finds', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { paths, stopped } = simplePaths(graph, 100_000);
        expect(stopped).toBe(false);
        expect(paths.map(({ steps }) => steps.join()).sort()).toEqual(simpleByLibrary(graph).sort());
      }),
      { numRuns: 60 },
    );
  });

  test('simple: a limit keeps the first ones and says that there are more', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 30 }), (graph, limit) => {
        const all = simplePaths(graph, 100_000).paths;
        expect(simplePaths(graph, limit)).toEqual({ paths: all.slice(0, limit), stopped: all.length > limit });
      }),
    );
  });
});

test('a projection has every pair of local states, each with a run to it than which none is shorter', () => {
  const part = cluster.claims[0] ?? expect.fail();
  const pair = [part.claim, part.volume.watcher] as const;
  const fields = pair.map((one) => composition.fieldOf(one));
  const projected = project(composition, exploration, pair, (action) => composition.actions[action]?.note.rule ?? '');
  const depths = new Map<string, number>();
  for (let id = 0; id < exploration.states; id++) {
    const key = fields.map((field) => exploration.locals(id)[field]).join();
    depths.set(key, Math.min(depths.get(key) ?? Number.POSITIVE_INFINITY, exploration.depthOf(id)));
  }
  expect(projected.runs).toHaveLength(depths.size);
  const reached = projected.runs.map(({ actions }) => {
    let locals: readonly number[] = composition.system.fields.map(({ initial }) => initial);
    for (const action of actions) {
      const next = advance(composition, action, locals);
      locals = next === disabled ? expect.fail('the run cannot be taken') : next;
    }
    const key = fields.map((field) => locals[field]).join();
    expect(actions.length).toBe(depths.get(key));
    return key;
  });
  expect(new Set(reached)).toEqual(new Set(depths.keys()));
});

// Helpers

interface Plain {
  readonly states: readonly unknown[];
  readonly steps: readonly { readonly from: number; readonly to: number }[];
}

function endOf({ steps }: Plain, path: readonly number[]): number {
  let at = 0;
  for (const step of path) {
    expect(steps[step]?.from).toBe(at);
    at = steps[step]?.to ?? -1;
  }
  return at;
}

function distance({ steps }: Plain, to: number): number {
  let layer = new Set([0]);
  for (let far = 0; far < 20; far++) {
    if (layer.has(to)) return far;
    layer = new Set(steps.filter(({ from }) => layer.has(from)).map((step) => step.to));
  }
  return -1;
}

function simpleByLibrary({ steps }: Plain): string[] {
  const machine = setup({
    types: { context: {} as { readonly at: number }, events: {} as { type: 'go'; step: number } },
  }).createMachine({
    context: { at: 0 },
    on: {
      go: {
        guard: ({ context, event }) => steps[event.step]?.from === context.at,
        actions: assign({ at: ({ event }) => steps[event.step]?.to ?? 0 }),
      },
    },
  });
  const events = [...steps.keys()].map((step) => ({ type: 'go' as const, step }));
  return getSimplePaths(machine, {
    events: (state) => events.filter((event) => state.can(event)),
    serializeState: keyOfSnapshot,
    serializeEvent: canonical,
  }).map((path) =>
    path.steps
      .slice(1)
      .map(({ event }) => (event as { step: number }).step)
      .join(),
  );
}
