import type { AnyStateMachine, ContextFrom, EventFromLogic, InputFrom } from 'xstate';
import { ModelError } from './admission.ts';
import type { LocalStates } from './local.ts';

/** A machine with an identity: `node n1`, `claim v1/a1`. */
export interface Instance<M extends AnyStateMachine = AnyStateMachine> {
  readonly name: string;
  readonly machine: M;
  readonly input: InputFrom<M> | undefined;
  /** What it has taken before the world begins, in order. */
  readonly before: readonly { readonly type: string }[];
}

/** Names a machine; the name is unique in its world. */
export function instance<M extends AnyStateMachine>(
  name: string,
  machine: M,
  input?: InputFrom<M>,
  before: readonly EventFromLogic<M>[] = [],
): Instance<M> {
  return { name, machine, input, before };
}

/** An event on its way to an instance, as part of one action. */
export interface Sending {
  readonly to: Instance;
  readonly event: { readonly type: string };
}

type EventOf<M extends AnyStateMachine> = EventFromLogic<M>;
type EventType<M extends AnyStateMachine> = EventOf<M>['type'];
type Payload<E, T> = E extends { type: T } ? Omit<E, 'type'> : never;
type PayloadArguments<E, T> = keyof Payload<E, T> extends never ? [] : [payload: Payload<E, T>];

/** What an action may know of a participant, and the only way to change it. */
export interface View<M extends AnyStateMachine = AnyStateMachine> {
  readonly name: string;
  readonly context: Readonly<ContextFrom<M>>;
  /** Whether it is in any of these states (dotted paths). A path that the machine does not have is a `ModelError`. */
  at(...paths: string[]): boolean;
  /** The event, addressed to it. The machine must be able to take it. */
  gets<T extends EventType<M>>(type: T, ...payload: PayloadArguments<EventOf<M>, T>): Sending;
}

/** Builds the view of one instance in one local state. */
export function viewOf(of: Instance, states: LocalStates, local: number): View {
  const snapshot = states.snapshot(local);
  const here = new Set(activePaths(snapshot.value));
  return {
    name: of.name,
    context: snapshot.context,
    at(...paths) {
      for (const path of paths) {
        if (!states.hasPath(path)) {
          throw new ModelError(
            `${of.machine.id} has no state "${path}"; its states are ${[...states.paths].join(', ')}`,
          );
        }
      }
      return paths.some((path) => here.has(path));
    },
    gets(type, ...payload) {
      return { to: of, event: { ...payload[0], type } };
    },
  };
}

/** A view that asks for the real one only when something about the local state is asked; its name and what it is sent tell nothing. */
export function lookingView(of: Instance, look: () => View): View {
  return {
    name: of.name,
    get context() {
      return look().context;
    },
    at: (...paths) => look().at(...paths),
    gets: (type, ...payload) => ({ to: of, event: { ...payload[0], type } }),
  };
}

/** The dotted paths of all active states of a state value. */
export function activePaths(value: unknown, above = ''): string[] {
  if (typeof value === 'string') return [above + value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [above + key, ...activePaths(inner, `${above}${key}.`)]);
}
