import type { Run } from '#checker/formula.ts';
import { Walker } from '#composition/walker.ts';
import type { Model } from '#models/model.ts';
import type { Note } from '#models/note.ts';
import type { PromiseSpec } from '#properties/promise.ts';
import { cycleOf } from './cycle.ts';
import { drainOf, moveOf, type Schedule } from './schedule.ts';
import { Seen } from './seen.ts';
import { Tally } from './tally.ts';
import { type Leads, Watch, type Watched } from './watch.ts';

/** A run that breaks an obligation. */
export interface Broken {
  readonly watched: Watched;
  readonly run: Run;
}

/** The groups of actions, in the walker's order. */
const GROUP = { owed: 0, tick: 1, adversary: 2 } as const;

/** How a schedule ended. */
export type Ending = 'broken' | 'quiet' | 'cycle' | 'too long';

/** Runs schedules in one world and says what each breaks. */
export class Course {
  readonly model: Model;
  readonly walker: Walker<Note>;
  /** What all its schedules exercised so far. */
  readonly tally: Tally;
  readonly #watch: Watch;
  readonly #isTick: Uint8Array;
  /** The sets of actions that some promise allows a run to leave out in the end. */
  readonly #leftOut: readonly ReadonlySet<number>[];
  /** States since the last tick, and states in which a round of the drain began. */
  readonly #sinceTick = new Seen();
  readonly #rounds = new Seen();
  readonly #stepsMax: number;
  #tick = 0;
  #owed = 0;
  /** No time has passed so far while somebody owed a step. */
  #isPrompt = true;
  readonly #closed: ReadonlySet<PromiseSpec>;
  #broken: Broken | null = null;
  /** How the last schedule ended. */
  ending: Ending = 'quiet';
  /** Where the last schedule's cycle begins, if it ended in one. */
  loopsTo: number | null = null;

  /** `closed` are promises that are not looked at any more; it may grow between schedules. */
  constructor(model: Model, promises: readonly PromiseSpec[], closed: ReadonlySet<PromiseSpec> = new Set()) {
    const { composition, cluster } = model;
    const { actions } = composition;
    const ids = [...actions.keys()];
    const groupOf = (id: number) =>
      actions[id]?.fairness === 'none' ? GROUP.adversary : actions[id]?.note.isTick ? GROUP.tick : GROUP.owed;
    this.model = model;
    this.walker = new Walker(
      composition,
      [GROUP.owed, GROUP.tick, GROUP.adversary].map((group) => ids.filter((id) => groupOf(id) === group)),
    );
    this.tally = new Tally(model);
    this.#closed = closed;
    this.#watch = new Watch(model, promises, closed, this.walker);
    this.#isTick = Uint8Array.from(actions, ({ note }) => (note.isTick ? 1 : 0));
    const sets = new Map<string, ReadonlySet<number>>();
    for (const { formula } of this.#watch.leads) {
      const { finitelyOften } = formula;
      if (finitelyOften?.size) sets.set([...finitelyOften].sort((a, b) => a - b).join(), finitelyOften);
    }
    this.#leftOut = [...sets.values()];
    this.#stepsMax = 1000 + 250 * cluster.claims.length;
  }

  /** The run of a schedule as far as it breaks a promise, or `null` if it breaks none. */
  run({ moves, drain }: Schedule): Broken | null {
    this.#begin();
    for (let at = 0; at < moves.length && !this.#isOver(); at++) this.#move(moves[at] as number);
    if (!this.#isOver()) this.#drain(drain);
    return this.#broken;
  }

  /**
   * Takes actions one by one, those that are not enabled left out, and then goes round a cycle, of which the same is true,
   * or drains. What breaks on the way ends it.
   */
  follow(
    stem: readonly number[],
    end: { readonly cycle: readonly number[] } | { readonly drain: number },
  ): Broken | null {
    this.#begin();
    this.#takeEach(stem);
    if (this.#isOver()) return this.#broken;
    if ('drain' in end) {
      this.#drain(end.drain);
      return this.#broken;
    }
    const { walker } = this;
    const before = walker.actions.length;
    this.#takeEach(end.cycle);
    if (!this.#isOver() && walker.isBackAt(before)) this.#ends(walker.actions.length > before ? before : null);
    return this.#broken;
  }

  #begin(): void {
    this.walker.restart();
    this.#sinceTick.clear();
    this.#rounds.clear();
    this.#tick = 0;
    this.#owed = 0;
    this.#isPrompt = true;
    this.#broken = null;
    this.ending = 'quiet';
    this.loopsTo = null;
    const broken = this.#watch.begin();
    if (broken) this.#breaks(broken, null);
    if (this.#watch.bounds.length > 0) this.#sinceTick.add(this.walker.hash, 0);
  }

  #takeEach(actions: readonly number[]): void {
    for (const action of actions) {
      if (this.#isOver()) return;
      if (this.walker.isEnabled(action)) this.#take(action);
    }
  }

  #isOver(): boolean {
    if (this.#broken) this.ending = 'broken';
    else if (this.walker.actions.length >= this.#stepsMax) this.ending = 'too long';
    else return false;
    return true;
  }

  #move(number: number): void {
    const { wait, manner, kind, choice } = moveOf(number);
    for (let left = wait; left > 0 && !this.#isOver(); left--) {
      if (manner === 'first' && this.#takeFrom(GROUP.owed, choice)) continue;
      if (!this.#takeOwed()) break;
    }
    if (this.#isOver()) return;
    if (kind !== 'owed' && this.#takeFrom(GROUP[kind], choice)) return;
    if (!this.#takeFrom(GROUP.owed, choice)) this.#takeTick(null);
  }

  /** One step that is owed, each in its turn; time passes if there is none. */
  #takeOwed(): boolean {
    const { walker } = this;
    let place = walker.findEnabled(GROUP.owed, this.#owed);
    if (place < 0) place = walker.findEnabled(GROUP.owed, 0);
    if (place < 0) return this.#takeTick(null);
    this.#owed = place + 1 < walker.sizeOf(GROUP.owed) ? place + 1 : 0;
    this.#take(walker.actionAt(GROUP.owed, place));
    return true;
  }

  #takeFrom(group: number, choice: number): boolean {
    const { walker } = this;
    const size = walker.sizeOf(group);
    if (size === 0) return false;
    let place = walker.findEnabled(group, choice % size);
    if (place < 0) place = walker.findEnabled(group, 0);
    if (place < 0) return false;
    this.#take(walker.actionAt(group, place));
    return true;
  }

  #takeTick(without: ReadonlySet<number> | null): boolean {
    const { walker } = this;
    const size = walker.sizeOf(GROUP.tick);
    for (let tried = 0; tried < size; tried++) {
      const action = walker.actionAt(GROUP.tick, this.#tick);
      this.#tick = (this.#tick + 1) % size;
      if (without?.has(action) || !walker.isEnabled(action)) continue;
      this.#take(action);
      return true;
    }
    return false;
  }

  #drain(number: number): void {
    const { ticks, without: set } = drainOf(number, this.#leftOut.length);
    const without = set === 0 ? null : (this.#leftOut[set - 1] ?? null);
    while (!this.#isOver()) {
      if (this.#isRound()) return;
      const took = this.#round(without);
      if (this.#isOver() || (took && ticks === 'when idle')) continue;
      if (!this.#takeTick(without) && !took) {
        this.#ends(null);
        return;
      }
    }
  }

  /** Whether a round begins as one did before: everything after that repeats for ever. */
  #isRound(): boolean {
    const { walker } = this;
    const step = walker.actions.length;
    const mark = walker.hash ^ Math.imul(this.#tick + 1, 0x9e3779b1);
    const before = this.#rounds.add(mark, step);
    if (before < 0 || before === step || !walker.isBackAt(before)) return false;
    this.ending = 'cycle';
    this.loopsTo = before;
    this.#ends(before);
    return true;
  }

  /** Everybody who owes a step takes one, if it is still owed when the turn comes. */
  #round(without: ReadonlySet<number> | null): boolean {
    const { walker } = this;
    let took = false;
    for (let place = walker.findEnabled(GROUP.owed, 0); place >= 0; place = walker.findEnabled(GROUP.owed, place + 1)) {
      const action = walker.actionAt(GROUP.owed, place);
      if (without?.has(action)) continue;
      this.#take(action);
      took = true;
      if (this.#isOver()) break;
    }
    return took;
  }

  #take(action: number): void {
    const { walker } = this;
    const isTick = this.#isTick[action] === 1;
    if (isTick && this.#isPrompt && walker.findEnabled(GROUP.owed, 0) >= 0) this.#isPrompt = false;
    walker.take(action);
    this.tally.step(walker);
    const broken = this.#watch.step();
    if (broken) {
      this.#breaks(broken, null);
      return;
    }
    if (this.#watch.bounds.length === 0) return;
    if (isTick) this.#sinceTick.clear();
    const step = walker.actions.length;
    const before = this.#sinceTick.add(walker.hash, step);
    if (before >= 0 && walker.isBackAt(before)) this.#pumps(before);
  }

  /** The run is back where it was; a count that grew meanwhile grows for ever. */
  #pumps(before: number, isInAll = false): void {
    const { actions } = this.walker;
    for (const one of this.#watch.bounds) {
      if (this.#closed.has(one.promise) || (isInAll && one.formula.only === 'perTick')) continue;
      for (let at = before; at < actions.length; at++) {
        if (one.formula.counted.has(actions[at] as number)) {
          this.#breaks(one, before);
          return;
        }
      }
    }
  }

  /** The drain is over: it stands still, or goes round from a step on. */
  #ends(loopsTo: number | null): void {
    if (loopsTo !== null && this.#isPrompt) this.#pumps(loopsTo, true);
    if (this.#broken) return;
    const { locals } = this.walker;
    const open = this.#watch.leads.filter((one) => !this.#closed.has(one.promise) && isOpen(one, locals));
    if (open.length === 0) return;
    // To look at the cycle the walker goes round it again; the run is what it was before.
    const actions = [...this.walker.actions];
    const cycle = cycleOf(this.walker, loopsTo);
    const watched = open.find((one) => cycle.breaks(one));
    this.walker.actions.length = actions.length;
    if (watched) this.#broken = { watched, run: { actions, loopsTo } };
  }

  #breaks(watched: Watched, loopsTo: number | null): void {
    this.#broken ??= { watched, run: { actions: [...this.walker.actions], loopsTo } };
  }
}

/** Whether it may be broken by staying here: a quick answer, yes if in doubt. */
function isOpen({ formula, from, to, isPending }: Leads, locals: ArrayLike<number>): boolean {
  if (!formula.stays) return isPending;
  return from.holds(locals) && (formula.forGood || !to.holds(locals));
}
