import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** A model that cannot be composed, or that sent an event nobody takes: a mistake of its author, named as precisely as possible. */
export class ModelError extends Error {
  override name = 'ModelError';
}

/** XState's own effects that need a clock, a child or the outside world. */
const REFUSED_EFFECTS = new Map([
  ['xstate.sendTo', 'Let an action of the composition send that event.'],
  ['xstate.sendParent', 'Let an action of the composition send that event.'],
  ['xstate.forwardTo', 'Let an action of the composition send that event.'],
  ['xstate.spawnChild', 'Add the child as an instance of its own.'],
  ['xstate.stopChild', 'Add the child as an instance of its own.'],
  ['xstate.cancel', 'Say what makes it fire as an event.'],
  ['xstate.emit', 'What is observable belongs to the action of the composition.'],
  ['xstate.log', 'What is observable belongs to the action of the composition.'],
]);

/**
 * Lets a machine in only if it can be tabulated exactly: hierarchy, parallel regions, history, guards, `always` and
 * `assign` are welcome; clocks, invocations, children and effects are refused by name with what to write instead.
 * Throws a `ModelError`.
 */
export function admit(machine: AnyStateMachine): void {
  visit(machine, machine.root);
}

function visit(machine: AnyStateMachine, node: AnyStateNode): void {
  if (node.config.after !== undefined) {
    throw new ModelError(`${node.id} has a delay; the model has no clock. Say what makes it fire as an event.`);
  }
  if (node.config.invoke !== undefined) {
    throw new ModelError(`${node.id} invokes an actor; the model has no children. Add it as an instance of its own.`);
  }
  refuseEffects(machine, node.id, [...node.entry, ...node.exit]);
  for (const transitions of node.transitions.values()) {
    for (const transition of transitions) refuseEffects(machine, node.id, transition.actions);
  }
  for (const transition of node.always ?? []) refuseEffects(machine, node.id, transition.actions);
  for (const child of Object.values(node.states)) visit(machine, child);
}

function refuseEffects(machine: AnyStateMachine, where: string, actions: readonly unknown[]): void {
  for (const named of actions) {
    const type = typeof named === 'string' ? named : isNamed(named) ? named.type : undefined;
    const found: unknown = type !== undefined ? (machine.implementations.actions[type] ?? named) : named;
    const kind = isNamed(found) ? found.type : undefined;
    const advice = kind === undefined ? undefined : REFUSED_EFFECTS.get(kind);
    if (advice) throw new ModelError(`${where} uses ${kind}; the model has no effects. ${advice}`);
    if (kind === 'xstate.raise' && hasDelay(found)) {
      throw new ModelError(
        `${where} raises an event after a delay; the model has no clock. Say what makes it fire as an event.`,
      );
    }
    if (kind === undefined || (!kind.startsWith('xstate.') && typeof found === 'function')) {
      throw new ModelError(
        `${where} has the effect ${effectName(named)}; the model has no effects. Write what changes as an assign, what others see as an action of the composition.`,
      );
    }
    if (typeof found !== 'function') {
      throw new ModelError(
        `${where} names the effect "${type}", which the machine does not define. Define it as an assign in setup().`,
      );
    }
  }
}

function isNamed(value: unknown): value is { readonly type: string } {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string'
  );
}

function hasDelay(value: unknown): boolean {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    'delay' in value &&
    value.delay !== undefined
  );
}

function effectName(named: unknown): string {
  if (typeof named === 'string') return `"${named}"`;
  if (isNamed(named)) return `"${named.type}"`;
  return typeof named === 'function' && named.name ? `"${named.name}"` : 'an inline function';
}
