import type { Expectations } from './expectation.ts';
import type { StateGraph } from './graph.ts';
import type { Hypothesis } from './hypothesis.ts';
import { available, limiterSlackMs, type Rate } from './limiter.ts';
import { inWords } from './observation.ts';

/** Within how many ms a step is taken that waits for nobody, and the rest of a step is seen. */
export const promptMs = 100;

/** Deadlines are looked at in steps of so many ms, always in favour of the model. */
const stepMs = 10;

/** By when a hypothesis has to do what it owes, and from when it may do what waits for a token. */
export class Deadlines {
  readonly #graph: StateGraph;
  readonly #expectations: Expectations;
  readonly #rate: Rate;
  readonly #nameOf: (action: number) => string;

  constructor(graph: StateGraph, expectations: Expectations, rate: Rate, nameOf: (action: number) => string) {
    this.#graph = graph;
    this.#expectations = expectations;
    this.#rate = rate;
    this.#nameOf = nameOf;
  }

  /** When the hypothesis is given up unless something is done: what waits for nobody is taken promptly, promises are kept. */
  dueAt(one: Hypothesis): number {
    let due = Number.POSITIVE_INFINITY;
    for (const until of one.until) due = Math.min(due, until);
    const { urgentTokens } = this.#graph.moves(one.state);
    for (const [i, since] of one.since.entries())
      due = Math.min(due, this.#deadline(one, since, urgentTokens[i] ?? -1));
    return Math.ceil(due / stepMs) * stepMs;
  }

  #deadline({ buckets }: Hypothesis, since: number, token: number): number {
    const bucket = token < 0 ? undefined : buckets[token];
    return promptMs + (bucket ? Math.max(since, available(bucket, this.#rate).to) : since);
  }

  /** When the first token can be had that a step waits for. */
  tokenAt({ state, buckets }: Hypothesis): number {
    let first = Number.POSITIVE_INFINITY;
    for (const token of this.#graph.moves(state).urgentTokens) {
      const bucket = token < 0 ? undefined : buckets[token];
      if (!bucket || bucket.from === Number.NEGATIVE_INFINITY) continue;
      const from = available(bucket, this.#rate).from - limiterSlackMs;
      first = Math.min(first, Math.ceil(from / stepMs) * stepMs);
    }
    return first;
  }

  /** What was due by now and was not done, in words. */
  overdue(one: Hypothesis, now: number): string[] {
    const { urgent, urgentTokens } = this.#graph.moves(one.state);
    const steps = urgent.flatMap((action, i) => {
      const deadline = this.#deadline(one, one.since[i] ?? now, urgentTokens[i] ?? -1);
      const name = this.#nameOf(action);
      return deadline <= now ? [`${name} was due by ${deadline.toFixed(1)} ms`] : [];
    });
    const promises = one.marks.flatMap((mark, i) => {
      const { isOpen, seen } = this.#expectations.at(mark);
      const next = isOpen ? seen.at(-1) : seen[0];
      if ((one.until[i] ?? now) > now || next === undefined) return [];
      const told = inWords(this.#graph.observation(next));
      return [isOpen ? `nothing came of ${told}` : `${told} was due by ${(one.until[i] ?? now).toFixed(1)} ms`];
    });
    return [...steps, ...promises];
  }
}
