import type { Composition } from '#composition/compose.ts';
import type { Note } from '#models/note.ts';
import { Deadlines, promptMs } from './deadlines.ts';
import { Expectations } from './expectation.ts';
import { type Bounds, type Limited, type Move, OutOfBounds, StateGraph } from './graph.ts';
import { asOf, Hypotheses, type Hypothesis } from './hypothesis.ts';
import { full, type Rate, spent, spentWithin } from './limiter.ts';
import { type Fact, inWords, kindOf, matches } from './observation.ts';
import { Successors } from './successors.ts';

/** A model as a recording is held against it. */
export interface Subject {
  readonly composition: Composition<Note>;
  /** The watchers that have a limiter, and its real rate; none in designs without one. */
  readonly limited: readonly Limited[];
  readonly rate: Rate;
  readonly bounds: Bounds;
}

/** At most so many promises at a time are made within a cut. */
const marksInCutMax = 4;

/**
 * Follows a recording with the set of all hypotheses that explain it so far, closed under what nobody sees. Time is the
 * recording's: whatever is due by then has been done, or the hypothesis is given up.
 */
export class Tracker {
  readonly graph: StateGraph;
  readonly #expectations = new Expectations();
  readonly #subject: Subject;
  readonly #deadlines: Deadlines;
  readonly #successors: Successors;
  #all = new Hypotheses();
  #now: number;
  #most = 1;
  #missed: string[] = [];
  #last: readonly Hypothesis[] = [];

  constructor(subject: Subject, startMs: number, graph = graphOf(subject)) {
    this.#subject = subject;
    this.graph = graph;
    const nameOf = (action: number) => subject.composition.actions[action]?.name ?? '';
    this.#deadlines = new Deadlines(graph, this.#expectations, subject.rate, nameOf);
    this.#successors = new Successors(graph, this.#expectations);
    this.#now = startMs;
    const { initial } = graph;
    const since = graph.moves(initial).urgent.map(() => startMs);
    this.#close([{ state: initial, marks: [], until: [], since, buckets: subject.limited.map(() => full) }]);
  }

  /** How many hypotheses explain all so far. */
  get size(): number {
    return this.#all.size;
  }

  /** The most hypotheses there were at a time. */
  get most(): number {
    return this.#most;
  }

  /** The set as it is, to come back to. */
  save(): () => void {
    const [all, now, missed, last] = [this.#all, this.#now, this.#missed, this.#last];
    return () => {
      this.#all = all;
      this.#now = now;
      this.#missed = missed;
      this.#last = last;
    };
  }

  /** Lets time pass up to `ms`, with all that nobody sees; false if no hypothesis outlives it. */
  advance(ms: number): boolean {
    this.#missed = [];
    this.#last = [...this.#all];
    for (;;) {
      const stop = this.#nextStop();
      if (stop >= ms) break;
      this.#now = stop;
      this.#pass(stop);
      if (this.#all.size === 0) return false;
      this.#last = [...this.#all];
    }
    this.#now = Math.max(this.#now, ms);
    return this.#all.size > 0;
  }

  /** Holds the hypotheses against a fact seen now; false if none explains it. */
  take(fact: Fact): boolean {
    this.#last = [...this.#all];
    const next: Hypothesis[] = [];
    const fits = new Map<number, boolean>();
    const isSeen = (number: number | undefined) => {
      if (number === undefined) return false;
      const known = fits.get(number) ?? matches(this.graph.observation(number), fact);
      fits.set(number, known);
      return known;
    };
    for (const one of this.#all) next.push(...this.#explained(one, isSeen));
    this.#close(next);
    return this.#all.size > 0;
  }

  /** Keeps the hypotheses in whose state this holds; false if there is none. */
  keep(holds: (locals: readonly number[]) => boolean): boolean {
    this.#last = [...this.#all];
    const kept = new Hypotheses();
    for (const one of this.#all) if (holds(this.graph.locals(one.state))) kept.add(one);
    this.#all = kept;
    return kept.size > 0;
  }

  /** Any number of observations of these kinds may have been made since the last event, and time has passed to `ms`. */
  skip(ms: number, leftOut: ReadonlySet<string>): void {
    const begin = this.#now;
    const isLeftOut = (number: number | undefined) =>
      number !== undefined && leftOut.has(kindOf(this.graph.observation(number)));
    const found = new Hypotheses();
    const queue: Hypothesis[] = [];
    const add = (one: Hypothesis) => {
      const timeless = {
        ...one,
        since: this.graph.moves(one.state).urgent.map(() => ms),
        until: one.marks.map(() => ms + promptMs),
      };
      const news = found.add(timeless);
      if (news) queue.push(news);
      this.#bound(found);
    };
    for (const one of this.#all) add(one);
    for (let one = queue.pop(); one; one = queue.pop()) {
      if (!found.holds(one)) continue;
      for (const [i, mark] of one.marks.entries()) {
        const { isOpen, seen } = this.#expectations.at(mark);
        if (!isOpen && isLeftOut(seen[0])) add(this.#successors.marked(one, i, seen.slice(1), false, ms));
      }
      const { unseen, seen } = this.graph.moves(one.state);
      for (const move of [...unseen, ...seen.filter((move) => isLeftOut(move.seen[move.effect]))]) {
        if (move.seen.slice(0, move.effect).some((number) => !isLeftOut(number))) continue;
        const rest = move.seen.slice(move.effect + 1);
        const known = rest.findIndex((number) => !isLeftOut(number));
        if (known >= 0 && one.marks.length >= marksInCutMax) continue;
        const taken = this.#successors.taken(one, move, ms, (bucket) =>
          spentWithin(bucket, begin, ms, this.#subject.rate),
        );
        if (taken) add(known < 0 ? taken : this.#successors.marked(taken, -1, rest.slice(known), false, ms));
      }
    }
    this.#now = ms;
    this.#all = new Hypotheses();
    for (const one of found) this.#all.add(asOf(one, ms));
    this.#close([...this.#all]);
  }

  /** What could have been seen instead, each once and in words, and what was overdue. */
  possible(): readonly string[] {
    const expected = new Set<number>();
    for (const { marks, state } of this.#last) {
      for (const mark of marks) {
        const { isOpen, seen } = this.#expectations.at(mark);
        if (!isOpen && seen[0] !== undefined) expected.add(seen[0]);
      }
      for (const { seen } of this.graph.moves(state).seen) if (seen[0] !== undefined) expected.add(seen[0]);
    }
    return [...new Set([...this.#missed, ...[...expected].map((number) => inWords(this.graph.observation(number)))])];
  }

  #explained(one: Hypothesis, isSeen: (number: number | undefined) => boolean): Hypothesis[] {
    const now = this.#now;
    const found: Hypothesis[] = [];
    const opens = new Set<number>();
    for (const [i, mark] of one.marks.entries()) {
      const { isOpen, seen } = this.#expectations.at(mark);
      if (isOpen) opens.add(mark);
      else if (isSeen(seen[0]) && one.marks.indexOf(mark) === i)
        found.push(this.#successors.marked(one, i, seen.slice(1), false, now));
    }
    for (const move of this.graph.moves(one.state).seen) {
      const { seen, effect } = move;
      if (effect === 0) {
        if (isSeen(seen[0])) found.push(...this.#takes(one, move));
        continue;
      }
      // What is seen before the step takes effect opens it; the step is decided on what is so at its write.
      for (let k = 0; k <= effect; k++) {
        if (!isSeen(seen[k])) continue;
        const before = k === 0 ? -1 : one.marks.indexOf(this.#expectations.number(true, seen.slice(0, k)));
        if (k > 0 && before < 0) continue;
        if (k < effect) found.push(this.#successors.marked(one, before, seen.slice(0, k + 1), true, now));
        else found.push(...this.#takes(this.#successors.marked(one, before, [], false, now), move));
      }
    }
    return found;
  }

  /** The hypothesis after a step whose effect is seen now; what is left to see of it is promised. */
  #takes(one: Hypothesis, move: Move): Hypothesis[] {
    const taken = this.#successors.taken(one, move, this.#now, (bucket) =>
      spent(bucket, this.#now, this.#subject.rate),
    );
    return taken ? [this.#successors.marked(taken, -1, move.seen.slice(move.effect + 1), false, this.#now)] : [];
  }

  /** Closes under unseen steps, all taken now. */
  #close(from: readonly Hypothesis[]): void {
    const all = new Hypotheses();
    const queue: Hypothesis[] = [];
    for (const one of from) {
      const news = all.add(asOf(one, this.#now));
      if (news) queue.push(news);
    }
    this.#all = all;
    this.#spread(queue);
  }

  #spread(queue: Hypothesis[]): void {
    for (let one = queue.pop(); one; one = queue.pop()) {
      if (!this.#all.holds(one)) continue;
      for (const move of this.graph.moves(one.state).unseen) {
        const taken = this.#successors.taken(one, move, this.#now, (bucket) =>
          spent(bucket, this.#now, this.#subject.rate),
        );
        const news = taken && this.#all.add(taken);
        if (news) queue.push(news);
      }
      this.#bound(this.#all);
    }
    this.#most = Math.max(this.#most, this.#all.size);
  }

  #bound(all: Hypotheses): void {
    const { hypotheses } = this.#subject.bounds;
    if (all.size > hypotheses) throw new OutOfBounds(`more than ${hypotheses} hypotheses at a time`);
  }

  /** At a moment when something is due or a token can be had: what can still be done about it is done, the rest is given up. */
  #pass(now: number): void {
    this.#spread(
      [...this.#all].filter((one) => this.#deadlines.dueAt(one) <= now || this.#deadlines.tokenAt(one) <= now),
    );
    for (const one of [...this.#all]) {
      if (this.#deadlines.dueAt(one) > now) continue;
      this.#missed.push(...this.#deadlines.overdue(one, now));
      this.#all.remove(one);
    }
    this.#missed = [...new Set(this.#missed)].slice(-20);
  }

  #nextStop(): number {
    let stop = Number.POSITIVE_INFINITY;
    for (const one of this.#all) {
      const token = this.#deadlines.tokenAt(one);
      stop = Math.min(stop, this.#deadlines.dueAt(one), token > this.#now ? token : stop);
    }
    return stop;
  }
}

function graphOf({ composition, limited, bounds }: Subject): StateGraph {
  return new StateGraph(composition, limited, bounds.states);
}
