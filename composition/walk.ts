import { getAdjacencyMap } from '@xstate/graph';
import type { AnyMachineSnapshot, AnyStateMachine, EventObject } from 'xstate';
import { actorOf, eventsOf, type SystemSnapshot, type Taken } from './actor.ts';
import { canonical } from './canonical.ts';
import type { Composition } from './compose.ts';

/** What a walk found: the states in order of discovery, the first is where it began, and the steps between them. */
export interface Walked<S, E> {
  readonly states: readonly S[];
  readonly steps: readonly { readonly from: number; readonly to: number; readonly event: E }[];
  /** States that were found and not walked on from, because the limit was reached; 0 if the walk is complete. */
  readonly left: number;
}

/**
 * Every state that a machine alone reaches by some events, each sent wherever the machine can take it. `@xstate/graph`
 * walks; its own comparison of states merges and splits them wrongly, so it is given ours. It throws at its own limit, so
 * ours is kept by offering no events any more.
 */
export function walkMachine(
  machine: AnyStateMachine,
  input: unknown,
  events: readonly EventObject[],
  limit: number,
): Walked<AnyMachineSnapshot, EventObject> {
  const gate = new Gate(limit);
  const adjacency = getAdjacencyMap(machine, {
    input,
    events: (state) => gate.offer(() => events.filter((event) => state.can(event))),
    serializeState: keyOfSnapshot,
    serializeEvent: canonical,
  });
  return arranged(Object.entries(adjacency), keyOfSnapshot, gate);
}

/** Every state of the composed system as one actor logic, as far as the limit allows; slow, so for small worlds. */
export function walkSystem(
  composition: Composition,
  limit: number,
  heard: (states: number) => void = () => undefined,
): Walked<SystemSnapshot, Taken> {
  const gate = new Gate(limit);
  const key = (snapshot: SystemSnapshot) => canonical(snapshot.locals);
  const adjacency: unknown = getAdjacencyMap(actorOf(composition), {
    events: (snapshot) => {
      heard(gate.expanded);
      return gate.offer(() => eventsOf(composition, asSystem(snapshot)));
    },
    serializeState: (snapshot) => key(asSystem(snapshot)),
    serializeEvent: canonical,
  });
  // An actor logic's own types get lost on the way through `@xstate/graph`; what came out is what went in.
  return arranged(Object.entries(adjacency as Record<string, Entry<SystemSnapshot, Taken>[1]>), key, gate);
}

/** One text for one local state of a machine: status, value, context and history, structurally. */
export function keyOfSnapshot(snapshot: AnyMachineSnapshot): string {
  const history = Object.entries(snapshot.historyValue ?? {}).map(([id, nodes]) => [
    id,
    nodes.map((node) => node.id).sort(),
  ]);
  return canonical([snapshot.status, snapshot.value, snapshot.context, history.sort()]);
}

/** Lets so many states offer events, and counts those that were asked after that. */
class Gate {
  readonly #limit: number;
  expanded = 0;
  left = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer<E>(events: () => readonly E[]): readonly E[] {
    if (this.expanded >= this.#limit) {
      this.left++;
      return [];
    }
    this.expanded++;
    return events();
  }
}

type Entry<S, E> = readonly [
  string,
  { readonly state: S; readonly transitions: Readonly<Record<string, { readonly event: E; readonly state: S }>> },
];

function arranged<S, E>(entries: readonly Entry<S, E>[], key: (state: S) => string, { left }: Gate): Walked<S, E> {
  const ids = new Map(entries.map(([name], id) => [name, id]));
  return {
    states: entries.map(([, { state }]) => state),
    steps: entries.flatMap(([, { transitions }], from) =>
      Object.values(transitions).map(({ event, state }) => ({ from, to: ids.get(key(state)) ?? 0, event })),
    ),
    left,
  };
}

/** The logic's snapshots are its own; `@xstate/graph` only knows that they are snapshots. */
function asSystem(snapshot: unknown): SystemSnapshot {
  return snapshot as SystemSnapshot;
}
