import { getAdjacencyMap } from '@xstate/graph';
import { explore } from '#checker/explore.ts';
import { disabled } from '#checker/system.ts';
import { actorOf, eventsOf, type SystemSnapshot } from '#composition/actor.ts';
import { canonical } from '#composition/canonical.ts';
import type { Composition } from '#composition/compose.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { type Benchmark, type Goal, inTurn, type Row, ratios, today } from './benchmark.ts';

/** The explorer against the naive way: the composed system as one actor logic, explored by @xstate/graph. */
export const xstateGraph: Benchmark = {
  name: 'xstate-graph',
  says: '`node-collected` of nomad-2.0.5 with one fault and with two: by `getAdjacencyMap` of @xstate/graph over the composed system as one actor logic, which asks XState for every event of every step, and by the explorer, steps kept by both. @xstate/graph takes its queue from the front of an array, which weighs more in a large world; what the explorer asks XState weighs more in a small one.',
  measure: (rounds) => [...beside(1, rounds), ...beside(2, rounds, { atLeast: 500 })],
};

function beside(faults: number, rounds: number, goal?: Goal): Row[] {
  const counts: number[] = [];
  const world = () => buildModel(today, findScope('node-collected'), faults).composition;
  const known = world().system;
  const [naive = [], anew = [], again = []] = inTurn(
    rounds,
    () => counts.push(naively(world())),
    () => counts.push(explore(world().system, { edges: true }).states),
    () => counts.push(explore(known, { edges: true }).states),
  );
  if (new Set(counts).size > 1) throw new Error('@xstate/graph and the explorer count different states.');
  const states = (counts[0] as number).toLocaleString('en');
  return [
    { what: `@xstate/graph, ${states} states`, unit: 'ms', values: naive },
    { what: 'explorer, machines asked anew', unit: 'ms', values: anew },
    { what: 'explorer, machines remembered', unit: 'ms', values: again },
    { what: '@xstate/graph : explorer, machines asked anew', unit: 'times', values: ratios(naive, anew) },
    {
      what: '@xstate/graph : explorer, machines remembered',
      unit: 'times',
      values: ratios(naive, again),
      ...(goal && { goal }),
    },
  ];
}

function naively(composition: Composition): number {
  const logic = {
    ...actorOf(composition),
    transition: (snapshot: SystemSnapshot, { action }: { readonly action: number }) => ({
      ...snapshot,
      locals: asked(composition, snapshot.locals, action),
    }),
  };
  const map = getAdjacencyMap(logic, {
    events: (snapshot) => eventsOf(composition, snapshot as SystemSnapshot),
    serializeState: (snapshot) => canonical((snapshot as SystemSnapshot).locals),
    limit: 10_000_000,
  });
  return Object.keys(map).length;
}

// Takes an action past the memo: XState itself moves every machine that is sent something.
function asked(composition: Composition, locals: readonly number[], action: number): readonly number[] {
  const sent = composition.sendings(action, locals);
  if (sent === disabled) return locals;
  const next = [...locals];
  for (const { to, event } of sent) {
    const field = composition.fieldOf(to);
    const states = composition.localStates(to);
    next[field] = states.ask(states.snapshot(locals[field] as number), event);
  }
  return next;
}
