import type { AnyMachineSnapshot } from 'xstate';
import { canonical } from './canonical.ts';
import { activePaths } from './instance.ts';
import type { LocalStates } from './local.ts';

/** Something that can be asked about a local state of one machine; equal numbers are equal answers. */
export class Question {
  /** Unique among the questions of all machines. */
  readonly id: number;
  readonly #text: (local: number) => string;
  readonly #texts: string[] = [];
  /** By local state: the answer, -1 if it was not asked yet. No holes: an array with holes is slow to read. */
  readonly #answers: number[] = [];

  constructor(id: number, text: (local: number) => string) {
    this.id = id;
    this.#text = text;
  }

  of(local: number): number {
    const known = this.#answers[local];
    return known !== undefined && known >= 0 ? known : this.#ask(local);
  }

  #ask(local: number): number {
    while (this.#answers.length <= local) this.#answers.push(-1);
    const said = this.#text(local);
    const at = this.#texts.indexOf(said);
    const answer = at >= 0 ? at : this.#texts.push(said) - 1;
    this.#answers[local] = answer;
    return answer;
  }
}

/** The questions that are asked about local states, each once, and their answers, each worked out once. */
export class Questions {
  readonly #known = new Map<LocalStates, Map<string, Question>>();
  #next = 0;

  /** Whether it is in one of these states. */
  at(states: LocalStates, paths: readonly string[]): Question {
    return this.#named(states, `at ${paths.join('|')}`, ({ value }) =>
      activePaths(value).some((path) => paths.includes(path)) ? 'yes' : 'no',
    );
  }

  /** What its context holds under a key. */
  held(states: LocalStates, key: string): Question {
    return this.#named(states, `held ${key}`, ({ context }) => canonical((context as Record<string, unknown>)[key]));
  }

  /** All that its context holds. */
  context(states: LocalStates): Question {
    return this.#named(states, 'context', ({ context }) => canonical(context));
  }

  /** Several questions about one local state as one; the same several are always the same one. */
  together(states: LocalStates, all: readonly Question[]): Question {
    const [first, ...rest] = all;
    if (first && rest.length === 0) return first;
    const known = this.#of(states);
    const name = `together ${all
      .map(({ id }) => id)
      .sort((a, b) => a - b)
      .join()}`;
    const made = known.get(name) ?? this.#question((local) => all.map((one) => one.of(local)).join());
    known.set(name, made);
    return made;
  }

  #named(states: LocalStates, name: string, text: (snapshot: AnyMachineSnapshot) => string): Question {
    const known = this.#of(states);
    const made = known.get(name) ?? this.#question((local) => text(states.snapshot(local)));
    known.set(name, made);
    return made;
  }

  #of(states: LocalStates): Map<string, Question> {
    const known = this.#known.get(states) ?? new Map<string, Question>();
    this.#known.set(states, known);
    return known;
  }

  #question(text: (local: number) => string): Question {
    return new Question(this.#next++, text);
  }
}
