import { type AnyMachineSnapshot, type AnyStateMachine, type EventObject, initialTransition, transition } from 'xstate';
import { admit, ModelError } from './admission.ts';
import { canonical } from './canonical.ts';

/**
 * The local states of one machine, numbered in order of discovery, and what each does on each event. XState is the only
 * authority: an entry is what `transition` answered, remembered. Instances of one machine share these.
 */
export class LocalStates {
  readonly machine: AnyStateMachine;
  readonly #snapshots: AnyMachineSnapshot[] = [];
  readonly #ids = new Map<string, number>();
  /** Per local state: canonical event to the next local state, or `UNTAKEN`. */
  readonly #moves: Map<string, number>[] = [];
  /** What was asked: which event in which local state, each once. */
  readonly #asked: { readonly from: number; readonly event: EventObject }[] = [];
  readonly #paths: ReadonlySet<string>;

  constructor(machine: AnyStateMachine) {
    admit(machine);
    this.machine = machine;
    this.#paths = new Set(statePaths(machine));
  }

  get size(): number {
    return this.#snapshots.length;
  }

  /** The local state in which an instance with this input starts. */
  initial(input: unknown): number {
    const [snapshot, effects] = initialTransition(this.machine, input);
    this.#refuse(effects, 'its initial state');
    return this.#intern(snapshot);
  }

  /** The next local state, or `UNTAKEN` if the machine cannot take the event there. */
  next(local: number, event: EventObject): number {
    const key = canonical(event);
    const moves = this.#moves[local];
    const snapshot = this.#snapshots[local];
    if (!moves || !snapshot) throw new RangeError(`${this.machine.id} has no local state ${local}`);
    const known = moves.get(key);
    if (known !== undefined) return known;
    const next = this.ask(snapshot, event);
    this.#asked.push({ from: local, event });
    moves.set(key, next);
    return next;
  }

  /** Asks XState itself, past the memo. */
  ask(snapshot: AnyMachineSnapshot, event: EventObject): number {
    if (!snapshot.can(event)) return UNTAKEN;
    const [next, effects] = transition(this.machine, snapshot, event);
    this.#refuse(effects, `event "${event.type}"`);
    return this.#intern(next);
  }

  snapshot(local: number): AnyMachineSnapshot {
    const found = this.#snapshots[local];
    if (!found) throw new RangeError(`${this.machine.id} has no local state ${local}`);
    return found;
  }

  /** The local state that is like another with its context changed. */
  like(local: number, change: (context: unknown) => unknown): number {
    const { value, context } = this.snapshot(local);
    return this.#intern(this.machine.resolveState({ value, context: change(context) }));
  }

  /** Every remembered answer: from, canonical event, to. For the test that compares memo and XState. */
  *memo(): Generator<readonly [number, string, number]> {
    for (const [from, moves] of this.#moves.entries()) {
      for (const [event, to] of moves) yield [from, event, to];
    }
  }

  /** The same as questions: which event was asked about in which local state. */
  get asked(): readonly { readonly from: number; readonly event: EventObject }[] {
    return this.#asked;
  }

  /** Whether the machine has this dotted state path at all; guards questions against typing mistakes. */
  hasPath(path: string): boolean {
    return this.#paths.has(path);
  }

  get paths(): ReadonlySet<string> {
    return this.#paths;
  }

  #intern(snapshot: AnyMachineSnapshot): number {
    if (Object.keys(snapshot.children).length > 0) {
      throw new ModelError(`${this.machine.id} spawned a child; the model has none. Add it as an instance of its own.`);
    }
    const history = Object.entries(snapshot.historyValue).map(([id, nodes]) => [
      id,
      nodes.map((node) => node.id).sort(),
    ]);
    const key = this.#key(snapshot, history);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#snapshots.length;
    this.#ids.set(key, id);
    this.#snapshots.push(snapshot);
    this.#moves.push(new Map());
    return id;
  }

  #key(snapshot: AnyMachineSnapshot, history: unknown[]): string {
    try {
      return canonical([snapshot.status, snapshot.value, snapshot.context, history.sort()]);
    } catch (error) {
      if (error instanceof TypeError)
        throw new ModelError(`the context of ${this.machine.id} cannot be compared: ${error.message}`);
      throw error;
    }
  }

  #refuse(effects: readonly { readonly type: string }[], where: string): void {
    const first = effects[0];
    if (first)
      throw new ModelError(`${this.machine.id} has the effect "${first.type}" on ${where}; the model has no effects.`);
  }
}

/** No next local state: the machine cannot take that event there. */
export const UNTAKEN = -1;

/** The dotted paths of all states: `past`, `past.nodeDetached`. */
function statePaths(machine: AnyStateMachine): string[] {
  const paths: string[] = [];
  const walk = (node: AnyStateMachine['root']): void => {
    if (node.path.length > 0) paths.push(node.path.join('.'));
    for (const child of Object.values(node.states)) walk(child);
  };
  walk(machine.root);
  return paths;
}
