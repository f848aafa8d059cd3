import type { AnyStateMachine } from 'xstate';
import { disabled } from '#checker/system.ts';
import { ModelError } from './admission.ts';
import { canonical } from './canonical.ts';
import type { Composition } from './compose.ts';
import { type Instance, type Sending, type View, viewOf } from './instance.ts';
import type { LocalStates } from './local.ts';
import { type Question, Questions } from './question.ts';

/** What an action would do as long as it gets the same answers. */
export interface Decision {
  /** What it asked before it decided: each instance once, with all that it asked of it. */
  readonly watches: readonly Watch[];
  /** Its events, by field; `null` where it is disabled. */
  readonly sends: readonly Send[] | null;
}

/** What was asked of one instance. */
export interface Watch {
  readonly field: number;
  readonly question: Question;
}

/** An event on its way to an instance. */
export interface Send {
  readonly field: number;
  readonly moves: Moves;
}

/** One event of one machine: from local state to local state. */
export class Moves {
  readonly #states: LocalStates;
  readonly #event: Sending['event'];
  /** By local state: the next one, `UNASKED` at first. */
  readonly #known: number[] = [];

  constructor(states: LocalStates, event: Sending['event']) {
    this.#states = states;
    this.#event = event;
  }

  /** The next local state, or `UNTAKEN`. */
  next(local: number): number {
    const known = this.#known[local];
    return known !== undefined && known !== UNASKED ? known : this.#ask(local);
  }

  #ask(local: number): number {
    while (this.#known.length <= local) this.#known.push(UNASKED);
    const next = this.#states.next(local, this.#event);
    this.#known[local] = next;
    return next;
  }
}

const UNASKED = -2;

/** A step on the way to a decision: the question that comes next, and where each answer leads. */
interface Fork extends Watch {
  readonly ways: (Fork | Decision | undefined)[];
}

/** So much is remembered; what comes later is decided anew each time. */
const FORKS_MAX = 500_000;

/**
 * Decides what the actions of a composition do, and notes what each asked before it decided: an action that is disabled
 * because its first participant is idle stays so whatever the others become, and one that asks whether there is a leader
 * does not care what else the server does. That makes one step of a large world cheap. Decisions are remembered as trees
 * over questions; a test compares them with the actions themselves.
 */
export class Decider<N> {
  readonly #composition: Composition<N>;
  readonly #questions = new Questions();
  readonly #roots: (Fork | Decision | undefined)[] = [];
  readonly #views: View[][];
  readonly #states: readonly LocalStates[];
  readonly #moves = new Map<LocalStates, Map<string, Moves>>();
  #forks = 0;
  /** What the action that is being asked has asked so far, each question once. */
  #asked: Watch[] = [];

  constructor(composition: Composition<N>) {
    this.#composition = composition;
    this.#states = composition.instances.map((one) => composition.localStates(one));
    this.#views = composition.instances.map(() => []);
  }

  /** What an action does where all local states are these. */
  decide(action: number, locals: ArrayLike<number>): Decision {
    let here = this.#roots[action];
    while (here !== undefined) {
      if ('sends' in here) return here;
      here = here.ways[here.question.of(locals[here.field] as number)];
    }
    return this.#ask(action, locals);
  }

  /** The moves of an event by the machine of an instance. */
  movesOf(field: number, event: Sending['event']): Moves {
    const states = this.#statesOf(field);
    const known = this.#moves.get(states) ?? new Map<string, Moves>();
    this.#moves.set(states, known);
    const key = canonical(event);
    const made = known.get(key) ?? new Moves(states, event);
    known.set(key, made);
    return made;
  }

  #ask(action: number, locals: ArrayLike<number>): Decision {
    const { actions, fieldOf } = this.#composition;
    const declared = actions[action];
    if (!declared) throw new RangeError(`there is no action ${action}`);
    this.#asked = [];
    const outcome = declared.outcome(
      declared.participants.map((one) => this.#watched(fieldOf(one), locals[fieldOf(one)] as number)),
    );
    const asked = this.#asked;
    const decision: Decision = {
      watches: this.#together(asked),
      sends: outcome === disabled ? null : this.#compiled(declared.name, declared.participants, outcome),
    };
    if (this.#forks <= FORKS_MAX) this.#remember(action, locals, asked, decision);
    return decision;
  }

  #together(asked: readonly Watch[]): Watch[] {
    const byField = new Map<number, Question[]>();
    for (const { field, question } of asked) byField.set(field, [...(byField.get(field) ?? []), question]);
    return [...byField].map(([field, all]) => ({
      field,
      question: this.#questions.together(this.#statesOf(field), all),
    }));
  }

  /** The view of an instance that notes what it is asked. */
  #watched(field: number, local: number): View {
    const views = this.#views[field] as View[];
    const known = views[local];
    if (known) return known;
    const of = this.#composition.instances[field] as Instance<AnyStateMachine>;
    const states = this.#statesOf(field);
    const questions = this.#questions;
    const view = viewOf(of, states, local);
    const note = (question: Question) => {
      if (!this.#asked.some((one) => one.field === field && one.question === question)) {
        this.#asked.push({ field, question });
      }
    };
    const context: View['context'] = new Proxy(view.context, {
      get(held, key) {
        if (typeof key === 'string') note(questions.held(states, key));
        return Reflect.get(held, key);
      },
      has(held, key) {
        note(questions.context(states));
        return Reflect.has(held, key);
      },
      ownKeys(held) {
        note(questions.context(states));
        return Reflect.ownKeys(held);
      },
    });
    const watched: View = {
      name: view.name,
      context,
      at(...paths) {
        note(questions.at(states, paths));
        return view.at(...paths);
      },
      // Addressing an event tells nothing about the instance.
      gets: view.gets,
    };
    views[local] = watched;
    return watched;
  }

  #compiled(name: string, participants: readonly Instance[], outcome: readonly Sending[]): Send[] {
    const reached = new Set<number>();
    return outcome.map(({ to, event }) => {
      const field = this.#composition.fieldOf(to);
      if (!participants.includes(to)) {
        throw new ModelError(`"${name}" sends "${event.type}" to ${to.name}, which is not among its participants`);
      }
      if (reached.has(field)) {
        throw new ModelError(`"${name}" sends two events to ${to.name}; one action, one event for each`);
      }
      reached.add(field);
      return { field, moves: this.movesOf(field, event) };
    });
  }

  #remember(action: number, locals: ArrayLike<number>, asked: readonly Watch[], decision: Decision): void {
    let at: Fork | Decision | undefined = this.#roots[action];
    let put = (made: Fork | Decision) => {
      this.#roots[action] = made;
    };
    for (const { field, question } of asked) {
      const fork: Fork = at !== undefined && 'ways' in at ? at : { field, question, ways: [] };
      if (fork.field !== field || fork.question !== question) {
        const { name } = this.#composition.actions[action] ?? {};
        throw new ModelError(`"${name}" asks different questions where it got the same answers`);
      }
      if (at === undefined) {
        this.#forks++;
        put(fork);
      }
      const answer = question.of(locals[field] as number);
      while (fork.ways.length <= answer) fork.ways.push(undefined);
      at = fork.ways[answer];
      put = (made) => {
        fork.ways[answer] = made;
      };
    }
    put(decision);
  }

  #statesOf(field: number): LocalStates {
    const states = this.#states[field];
    if (!states) throw new RangeError(`there is no field ${field}`);
    return states;
  }
}
