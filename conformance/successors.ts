import { promptMs } from './deadlines.ts';
import type { Expectations } from './expectation.ts';
import type { Move, StateGraph } from './graph.ts';
import type { Hypothesis } from './hypothesis.ts';
import { full } from './limiter.ts';

/** What becomes of a hypothesis: by a step of the model, or by something of a step that was seen. */
export class Successors {
  readonly #graph: StateGraph;
  readonly #expectations: Expectations;

  constructor(graph: StateGraph, expectations: Expectations) {
    this.#graph = graph;
    this.#expectations = expectations;
  }

  /** The hypothesis after a step at `now`; `spend` takes its token out of a limiter, null where there is none to be had. */
  taken(
    one: Hypothesis,
    { action, to, token, made }: Move,
    now: number,
    spend: (bucket: Hypothesis['buckets'][number]) => Hypothesis['buckets'][number] | null,
  ): Hypothesis | null {
    let { buckets } = one;
    if (token >= 0) {
      const after = spend(buckets[token] ?? full);
      if (after === null) return null;
      buckets = buckets.with(token, after);
    }
    for (const volume of made) buckets = buckets.with(volume, full);
    const before = this.#graph.moves(one.state).urgent;
    const since = this.#graph.moves(to).urgent.map((urgent) => {
      const was = urgent === action ? -1 : before.indexOf(urgent);
      return was < 0 ? now : (one.since[was] ?? now);
    });
    return { ...one, state: to, since, buckets };
  }

  /** The hypothesis with the mark at a place replaced by another one, or removed, or one added where the place is -1. */
  marked(one: Hypothesis, place: number, seen: readonly number[], isOpen: boolean, now: number): Hypothesis {
    const kept = one.marks.map((mark, i) => ({ mark, until: one.until[i] ?? now })).filter((_, i) => i !== place);
    if (seen.length > 0) {
      // A call takes as long as it takes.
      const next = isOpen ? seen.at(-1) : seen[0];
      const isCall = next !== undefined && this.#graph.observation(next).what === (isOpen ? 'call' : 'return');
      kept.push({
        mark: this.#expectations.number(isOpen, seen),
        until: isCall ? Number.POSITIVE_INFINITY : now + promptMs,
      });
    }
    kept.sort((a, b) => a.mark - b.mark || a.until - b.until);
    return { ...one, marks: kept.map(({ mark }) => mark), until: kept.map(({ until }) => until) };
  }
}
