import type { AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition, EventObject } from 'xstate';
import type { LocalStates } from './local.ts';

/** A guard of a machine, and whether it was seen to let a transition pass and seen to hold one back. */
export interface GuardSeen {
  /** The machine, the state that has the transition, its event and its place among those of the event: `claim: past on taken`. */
  readonly name: string;
  readonly passed: boolean;
  readonly held: boolean;
}

type Node = AnyStateMachine['root'];

/**
 * Every guard of a machine with what the questions asked so far showed of it. A guard has let pass where its transition
 * was the one selected; it has held back where the machine looked at it and went on to another transition or to none.
 */
export function guardsSeen(states: LocalStates): GuardSeen[] {
  const seen = new Map<AnyTransitionDefinition, { readonly name: string; passed: boolean; held: boolean }>();
  for (const node of nodesOf(states.machine.root)) {
    for (const [event, choices] of node.transitions) {
      for (const [i, choice] of choices.entries()) {
        if (choice.guard)
          seen.set(choice, { name: nameOf(states.machine, node, event, i, choice), passed: false, held: false });
      }
    }
  }
  for (const { from, event } of states.asked) {
    const snapshot = states.snapshot(from);
    const selected = new Set(states.machine.getTransitionData(snapshot, event));
    for (const node of activeNodes(states.machine.root, snapshot)) {
      for (const choice of choicesOn(node, event)) {
        const guard = seen.get(choice);
        if (selected.has(choice)) {
          if (guard) guard.passed = true;
          break;
        }
        if (guard && !isOverruled(node, selected)) guard.held = true;
      }
    }
  }
  return [...seen.values()];
}

/** The transitions of a machine that the questions asked so far selected: the state that has each, its event, its place among those of the event. */
export function transitionsTaken(states: LocalStates): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { from, event } of states.asked) {
    for (const one of states.machine.getTransitionData(states.snapshot(from), event)) {
      const place = (one.source.transitions.get(event.type) ?? []).indexOf(one);
      taken.add(transitionName(one.source.path, event.type, place));
    }
  }
  return taken;
}

/** How a transition is called: its state's path, its event and its place among that event's. */
export function transitionName(path: readonly string[], event: string, place: number): string {
  return `${path.length > 0 ? path.join('.') : 'anywhere'} on ${event}, choice ${place + 1}`;
}

/** A state below it took the event, so its own transitions were not looked at. */
function isOverruled(node: Node, selected: ReadonlySet<AnyTransitionDefinition>): boolean {
  return [...selected].some(({ source }) => source !== node && source.id.startsWith(`${node.id}.`));
}

function choicesOn(node: Node, event: EventObject): readonly AnyTransitionDefinition[] {
  return node.transitions.get(event.type) ?? [];
}

function nodesOf(node: Node): Node[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

function activeNodes(node: Node, snapshot: AnyMachineSnapshot): Node[] {
  const within = (at: Node, value: unknown): Node[] => {
    if (typeof value === 'string') {
      const child = at.states[value];
      return child ? [child] : [];
    }
    return Object.entries(value ?? {}).flatMap(([key, inner]) => {
      const child = at.states[key];
      return child ? [child, ...within(child, inner)] : [];
    });
  };
  return [node, ...within(node, snapshot.value)];
}

function nameOf(
  machine: AnyStateMachine,
  node: Node,
  event: string,
  place: number,
  { guard }: AnyTransitionDefinition,
): string {
  const named = typeof guard === 'string' ? guard : typeof guard === 'object' && 'type' in guard ? guard.type : null;
  return `${machine.id}: ${transitionName(node.path, event, place)}${named ? ` (${named})` : ''}`;
}
