import type { AnyMachineSnapshot, AnyStateMachine, EventObject } from 'xstate';
import type { SystemSnapshot, Taken } from './actor.ts';
import { canonical } from './canonical.ts';
import type { Composition } from './compose.ts';
import type { Heard } from './heard.ts';
import type { Instance } from './instance.ts';
import { showContext, showEvent } from './show.ts';
import { keyOfSnapshot, type Walked } from './walk.ts';

/** One active leaf state: the region it is in ('' where there is only one), the states from the outermost in, and what is held beside it. */
export interface Place {
  readonly region: string;
  readonly path: readonly string[];
  /** The context in words; empty if there is nothing to say. */
  readonly holds: string;
}

/** A step between two states of a path graph. */
export interface PathStep {
  readonly from: number;
  readonly to: number;
  /** What happens, in words: an event of the machine, or an action of the system. */
  readonly event: string;
  /** Who sends it, in the states that the composed system really reaches; empty if nobody does there. */
  readonly by: readonly string[];
}

/** States and steps of one machine or of the whole system; the first state is the initial one. */
export interface PathGraph {
  readonly name: string;
  /** Whether its regions are those of one machine, or the instances of a system. */
  readonly parts: 'regions' | 'instances';
  /** Every leaf state that the machines define, in the order of their definitions, which is the order in which people think of them. */
  readonly defined: readonly (readonly string[])[];
  readonly states: readonly (readonly Place[])[];
  readonly steps: readonly PathStep[];
  /** States that were found and not walked on from, because a limit was reached; 0 if the graph is complete. */
  readonly left: number;
}

/** The graph of one machine alone. `tell` names the actions that send its events. */
export function graphOfMachine(
  composition: Composition,
  instance: Instance,
  walked: Walked<AnyMachineSnapshot, EventObject>,
  heard: readonly Heard[],
  tell: (action: number) => string,
): PathGraph {
  const senders = new Map<string, Set<string>>();
  for (const { instance: to, local, event, action } of heard) {
    const key = `${keyOfSnapshot(composition.localStates(to).snapshot(local))} ${canonical(event)}`;
    senders.set(key, (senders.get(key) ?? new Set()).add(tell(action)));
  }
  const keys = walked.states.map(keyOfSnapshot);
  return {
    name: instance.machine.id,
    parts: 'regions',
    defined: definedBy(composition, instance),
    states: walked.states.map((snapshot) => placesOf(snapshot)),
    steps: walked.steps.map(({ from, to, event }) => ({
      from,
      to,
      event: showEvent(event),
      by: [...(senders.get(`${keys[from]} ${canonical(event)}`) ?? [])].sort(),
    })),
    left: walked.left,
  };
}

/** The graph of the whole system: every instance is a region of it, with its own regions inside. `tell` names an action (several may share a name). */
export function graphOfSystem(
  composition: Composition,
  { states, steps, left }: Walked<SystemSnapshot, Taken>,
  tell: (action: number) => string,
): PathGraph {
  return {
    name: 'cluster',
    parts: 'instances',
    defined: composition.instances.flatMap((one) => definedBy(composition, one, one.name)),
    states: states.map(({ locals }) => placesOfSystem(composition, locals)),
    steps: steps.map(({ from, to, event }) => ({ from, to, event: event.type, by: [tell(event.action)] })),
    left,
  };
}

/** The leaf states that an instance's machine defines, in the order of their definition; under a name, if one is given. */
export function definedBy(composition: Composition, instance: Instance, name?: string): string[][] {
  const paths = [...composition.localStates(instance).paths];
  const leaves = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
  return leaves.map((path) => [...(name === undefined ? [] : [name]), ...path.split('.')]);
}

/** Where every instance is. */
export function placesOfSystem({ instances, localStates }: Composition, locals: readonly number[]): Place[] {
  return instances.flatMap((one, field) => placesOf(localStates(one).snapshot(locals[field] ?? 0), one.name));
}

/** Where one machine is, in each of its regions; under the name of its instance, if one is given. */
export function placesOf(snapshot: AnyMachineSnapshot, instance?: string): Place[] {
  const holds = showContext(snapshot);
  return regionsOf(snapshot.value).map(({ region, path }) => ({
    region: [...(instance === undefined ? [] : [instance]), ...(region === '' ? [] : [region])].join(' '),
    path: instance === undefined ? path : [instance, ...path],
    holds,
  }));
}

/** A place in words: `past.nodeDetached`, `node n1: believed.down`. */
export function showPlaces(places: readonly Place[]): string {
  const holds = [...new Set(places.map((place) => place.holds))].filter((one) => one !== '');
  return [...places.map(({ path }) => path.join('.')), ...holds].join(', ');
}

/** The events that some instances are really sent, each once, in a fixed order. */
export function eventsTo(heard: readonly Heard[], machine: AnyStateMachine): EventObject[] {
  const events = new Map<string, EventObject>();
  for (const { instance, event } of heard) if (instance.machine === machine) events.set(canonical(event), event);
  return [...events].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
}

function regionsOf(value: unknown): { readonly region: string; readonly path: readonly string[] }[] {
  if (typeof value === 'string') return [{ region: '', path: [value] }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.flatMap(([key, inner]) => {
    const within = regionsOf(inner);
    if (within.length === 0) return [{ region: entries.length > 1 ? key : '', path: [key] }];
    return within.map(({ region, path }) => ({
      region: entries.length > 1 || region !== '' ? [key, ...(region === '' ? [] : [region])].join('.') : '',
      path: [key, ...path],
    }));
  });
}
