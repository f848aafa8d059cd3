import { disabled } from '#checker/system.ts';
import type { Composition } from '#composition/compose.ts';
import type { Note, Observation } from '#models/note.ts';

/** The limiter of a volume's watcher: an instance that is newly made comes with a full bucket. */
export interface Limited {
  readonly volume: string;
  isOff(locals: readonly number[]): boolean;
}

/** One step from a state of the model, as a recording sees it. */
export interface Move {
  readonly action: number;
  readonly to: number;
  /** What is seen of it, in order, by number. */
  readonly seen: readonly number[];
  /** The place in `seen` at which it takes effect: its first entry of the log, or the answer to a call of its own, or else the first thing seen. */
  readonly effect: number;
  /** Whose limiter gives a token for it; -1 if none. */
  readonly token: number;
  /** Whose watchers it makes. */
  readonly made: readonly number[];
}

/** What can be done in one state. */
export interface Moves {
  readonly unseen: readonly Move[];
  readonly seen: readonly Move[];
  /** The actions that wait for nobody, ascending; with `-1` or the limiter that they take a token of. */
  readonly urgent: readonly number[];
  readonly urgentTokens: readonly number[];
}

/** How much may be kept in memory: states of the model in all, and hypotheses at a time. */
export interface Bounds {
  readonly states: number;
  readonly hypotheses: number;
}

/** Beyond these nothing is followed. */
export const widest: Bounds = { states: 200_000, hypotheses: 20_000 };

/** The model went beyond what may be kept in memory. */
export class OutOfBounds extends Error {
  override name = 'OutOfBounds';
}

interface Answer {
  readonly next: readonly number[];
  readonly seen: readonly number[];
}

/**
 * The states of a model that a recording leads through, numbered as they are found, and the steps between them, each
 * asked of the composition once. Left out are faults that nobody would notice, and time that passes: it is the recording's.
 */
export class StateGraph {
  readonly observations: Observation[] = [];
  readonly initial: number;
  readonly #composition: Composition<Note>;
  readonly #statesMax: number;
  readonly #limited: readonly Limited[];
  readonly #numbers = new Map<string, number>();
  readonly #states = new Map<string, number>();
  readonly #locals: (readonly number[])[] = [];
  readonly #moves: (Moves | undefined)[] = [];
  readonly #answers: Map<string, Answer | null>[];

  constructor(composition: Composition<Note>, limited: readonly Limited[], statesMax: number) {
    this.#statesMax = statesMax;
    this.#composition = composition;
    this.#limited = limited;
    this.#answers = composition.actions.map(() => new Map());
    this.initial = this.#intern(composition.system.fields.map((field) => field.initial));
  }

  get size(): number {
    return this.#locals.length;
  }

  locals(state: number): readonly number[] {
    const found = this.#locals[state];
    if (!found) throw new RangeError(`there is no state ${state}`);
    return found;
  }

  observation(number: number): Observation {
    const found = this.observations[number];
    if (!found) throw new RangeError(`there is no observation ${number}`);
    return found;
  }

  moves(state: number): Moves {
    const known = this.#moves[state];
    if (known) return known;
    const found = this.#find(state);
    this.#moves[state] = found;
    return found;
  }

  #find(state: number): Moves {
    const locals = this.locals(state);
    const { actions } = this.#composition;
    const all: Move[] = [];
    const urgent: number[] = [];
    const urgentTokens: number[] = [];
    for (const [action, { note }] of actions.entries()) {
      const answer = this.#ask(action, locals);
      if (!answer) continue;
      const seen = answer.seen.map((number) => this.observation(number));
      if (note.fault !== null && !isTold(seen)) continue;
      if (note.isTick && seen.length === 0) continue;
      const token = note.token === null ? -1 : this.#limited.findIndex(({ volume }) => volume === note.token);
      const made = this.#limited.flatMap((one, i) => (one.isOff(locals) && !one.isOff(answer.next) ? [i] : []));
      const effect = effectOf(seen);
      const to = this.#intern(answer.next);
      // Nobody could tell whether it happened, so it need not.
      if (seen.length === 0 && to === state) continue;
      all.push({ action, to, seen: answer.seen, effect, token, made });
      if (note.fault === null && !note.isTick && waitsForNobody.has(note.waitsFor)) {
        urgent.push(action);
        urgentTokens.push(token);
      }
    }
    return {
      unseen: all.filter(({ seen }) => seen.length === 0),
      seen: all.filter(({ seen }) => seen.length > 0),
      urgent,
      urgentTokens,
    };
  }

  /** The whole next state and what is seen on the way; an action's answer depends on its participants only. */
  #ask(action: number, locals: readonly number[]): Answer | null {
    const { system, actions } = this.#composition;
    const [asked, declared] = [system.actions[action], actions[action]];
    if (!asked || !declared) throw new RangeError(`there is no action ${action}`);
    const own = asked.participants.map((field) => locals[field] ?? 0);
    const key = own.join();
    const answers = this.#answers[action];
    let known = answers?.get(key);
    if (known === undefined) {
      const next = asked.step(own);
      const views = () => this.#composition.views({ all: declared.participants }, locals).all;
      known = next === disabled ? null : { next, seen: declared.note.seen(views()).map((one) => this.#number(one)) };
      answers?.set(key, known);
    }
    if (known === null) return null;
    const next = [...locals];
    for (const [slot, field] of asked.participants.entries()) next[field] = known.next[slot] ?? 0;
    for (const { field, next: hear } of asked.broadcast ?? []) next[field] = hear(locals[field] ?? 0);
    return { next, seen: known.seen };
  }

  #number(observation: Observation): number {
    const key = JSON.stringify([
      observation.what,
      Object.entries(observation.fields).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.observations.length);
    return this.observations.push(observation) - 1;
  }

  #intern(locals: readonly number[]): number {
    const key = locals.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#locals.length >= this.#statesMax) {
      throw new OutOfBounds(`more than ${this.#statesMax} states of the model`);
    }
    this.#states.set(key, this.#locals.length);
    return this.#locals.push(locals) - 1;
  }
}

function effectOf(seen: readonly Observation[]): number {
  const write = seen.findIndex(({ what }) => what === 'write');
  if (write >= 0) return write;
  const call = seen.findIndex(({ what }) => what === 'call');
  return Math.max(
    0,
    seen.findIndex(({ what }, i) => call >= 0 && i > call && what === 'return'),
  );
}

const waitsForNobody: ReadonlySet<string> = new Set(['nothing', 'lock', 'token']);

/** Whether a recorder could tell the fault: by a refusal, or by something that is no answer at all. */
function isTold(seen: readonly Observation[]): boolean {
  return seen.some(({ what, fields }) => fields.ok === false || (what !== 'return' && what !== 'reply'));
}
