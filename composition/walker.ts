import type { System } from '#checker/system.ts';
import type { Composition } from './compose.ts';
import { Decider, type Decision, type Send } from './decide.ts';
import { UNTAKEN } from './local.ts';
import type { Question } from './question.ts';

/** Actions that asked the same question of one instance: all of them are asked anew when its answer changes. */
interface Bucket {
  readonly field: number;
  readonly question: Question;
  readonly actions: number[];
  /** For each of these actions, which of its own seats this is. */
  readonly seats: number[];
}

/** Where an action sits in a bucket. */
interface Seat {
  readonly bucket: Bucket;
  place: number;
}

const DISABLED = 0;
const ENABLED = 1;
const STALE = 2;

/**
 * One run of a composed system that is walked step by step and goes back to its start quickly. Which actions are enabled is
 * asked only when somebody wants to know, and again only after an answer changed that it depends on. It keeps the run so
 * far, so that earlier states can be compared with the present one.
 */
export class Walker<N = unknown> {
  readonly composition: Composition<N>;
  /** The local states now, by field. Not to be written. */
  readonly locals: Int32Array;
  /** The actions that were taken. */
  readonly actions: number[] = [];
  readonly #decider: Decider<N>;
  readonly #initial: Int32Array;
  /** By action: whether it is enabled, or that this is not known. */
  readonly #status: Uint8Array;
  readonly #decisions: (Decision | undefined)[];
  readonly #seats: Seat[][];
  /** By field. */
  readonly #buckets: Bucket[][];
  readonly #hears: readonly (readonly Send[])[];
  /** By action: its place among the bits; each group begins with a word of its own. */
  readonly #places: Int32Array;
  /** By place: the action. */
  readonly #at: Int32Array;
  /** By place, a bit each: set where the action is enabled, or where that is not known. */
  readonly #maybe: Int32Array;
  readonly #groups: readonly { readonly first: number; readonly end: number }[];
  /** By step: where in the journal it begins. */
  readonly #begins: number[] = [];
  /** What changed, in order: field, and local state before. */
  #fields = new Int32Array(4096);
  #before = new Int32Array(4096);
  #end = 0;
  #hash = 0;

  /** `groups` are actions that are searched together, in their order; each action is in one of them. */
  constructor(composition: Composition<N>, groups: readonly (readonly number[])[]) {
    const { system, actions } = composition;
    this.composition = composition;
    this.#decider = new Decider(composition);
    this.#initial = Int32Array.from(system.fields, (field) => field.initial);
    this.locals = this.#initial.slice();
    this.#status = new Uint8Array(actions.length).fill(STALE);
    this.#decisions = actions.map(() => undefined);
    this.#seats = actions.map(() => []);
    this.#buckets = system.fields.map(() => []);
    this.#hears = actions.map(({ announcements }) =>
      announcements.flatMap(({ to, event }) =>
        to.map((one) => {
          const field = composition.fieldOf(one);
          return { field, moves: this.#decider.movesOf(field, event) };
        }),
      ),
    );
    this.#places = new Int32Array(actions.length);
    const at: number[] = [];
    this.#groups = groups.map((group) => {
      while (at.length % 32 !== 0) at.push(-1);
      const first = at.length;
      for (const action of group) this.#places[action] = at.push(action) - 1;
      return { first, end: at.length };
    });
    this.#at = Int32Array.from(at);
    this.#maybe = new Int32Array(Math.ceil(at.length / 32));
    for (const action of actions.keys()) this.#mark(action);
  }

  /** A number that equal states share, and different ones hardly ever. */
  get hash(): number {
    return this.#hash;
  }

  /** Back to the initial state. */
  restart(): void {
    for (let field = 0; field < this.locals.length; field++) this.#set(field, this.#initial[field] as number);
    this.actions.length = 0;
    this.#begins.length = 0;
    this.#end = 0;
    this.#hash = 0;
  }

  isEnabled(action: number): boolean {
    const status = this.#status[action];
    if (status !== STALE) return status === ENABLED;
    const decision = this.#decider.decide(action, this.locals);
    if (decision !== this.#decisions[action]) this.#seat(action, decision);
    const isEnabled = decision.sends !== null;
    this.#status[action] = isEnabled ? ENABLED : DISABLED;
    if (!isEnabled) {
      const place = this.#places[action] as number;
      this.#maybe[place >> 5] = (this.#maybe[place >> 5] as number) & ~(1 << (place & 31));
    }
    return isEnabled;
  }

  /** How many actions a group has. */
  sizeOf(group: number): number {
    const { first, end } = this.#groups[group] as { first: number; end: number };
    return end - first;
  }

  /** The place in its group of the first enabled action from a place on, not round; -1 if there is none. */
  findEnabled(group: number, from: number): number {
    const { first, end } = this.#groups[group] as { first: number; end: number };
    const maybe = this.#maybe;
    let place = first + from;
    while (place < end) {
      const word = (maybe[place >> 5] as number) >>> (place & 31);
      if (word === 0) {
        place = (place | 31) + 1;
        continue;
      }
      place += 31 - Math.clz32(word & -word);
      if (this.isEnabled(this.#at[place] as number)) return place - first;
      place++;
    }
    return -1;
  }

  /** The action at a place in its group. */
  actionAt(group: number, place: number): number {
    return this.#at[(this.#groups[group] as { first: number }).first + place] as number;
  }

  /** Takes an action, which must be enabled. */
  take(action: number): void {
    if (!this.isEnabled(action)) throw new RangeError(`${this.composition.actions[action]?.name} is not enabled`);
    const sends = (this.#decisions[action] as Decision).sends as readonly Send[];
    const hears = this.#hears[action] as readonly Send[];
    this.actions.push(action);
    this.#begins.push(this.#end);
    for (let at = 0; at < sends.length; at++) {
      const { field, moves } = sends[at] as Send;
      const next = moves.next(this.locals[field] as number);
      if (next === UNTAKEN) this.#refuse(action);
      this.#move(field, next);
    }
    for (let at = 0; at < hears.length; at++) {
      const { field, moves } = hears[at] as Send;
      const next = moves.next(this.locals[field] as number);
      if (next !== UNTAKEN) this.#move(field, next);
    }
  }

  /** How many fields the last step changed. */
  get changes(): number {
    return this.#end - this.#last();
  }

  /** The field that the last step changed as its `at`-th. */
  changedField(at: number): number {
    return this.#fields[this.#last() + at] as number;
  }

  /** The local state that a field had before the last step. */
  localBefore(field: number): number {
    for (let at = this.#last(); at < this.#end; at++) {
      if (this.#fields[at] === field) return this.#before[at] as number;
    }
    return this.locals[field] as number;
  }

  /** Whether the state after so many steps is the present one. */
  isBackAt(step: number): boolean {
    // What a field was then is what its first change since says it was before.
    const seen = new Set<number>();
    for (let at = this.#begins[step] ?? this.#end; at < this.#end; at++) {
      const field = this.#fields[at] as number;
      if (seen.has(field)) continue;
      if (this.#before[at] !== this.locals[field]) return false;
      seen.add(field);
    }
    return true;
  }

  /** An event that its machine cannot take is a mistake in the model; the action itself says which. */
  #refuse(action: number): never {
    const { system } = this.composition;
    const { participants, step, name } = system.actions[action] as System['actions'][number];
    step(participants.map((field) => this.localBefore(field)));
    throw new RangeError(`"${name}" sends an event that nobody takes`);
  }

  #last(): number {
    return this.#begins[this.#begins.length - 1] ?? this.#end;
  }

  #move(field: number, next: number): void {
    const before = this.locals[field] as number;
    if (before === next) return;
    if (this.#end === this.#fields.length) {
      this.#fields = widened(this.#fields);
      this.#before = widened(this.#before);
    }
    this.#fields[this.#end] = field;
    this.#before[this.#end++] = before;
    this.#hash ^= mixed(field, before) ^ mixed(field, next);
    this.#set(field, next);
  }

  #set(field: number, next: number): void {
    const before = this.locals[field] as number;
    if (before === next) return;
    this.locals[field] = next;
    const buckets = this.#buckets[field] as Bucket[];
    for (let at = 0; at < buckets.length; at++) {
      const { question, actions } = buckets[at] as Bucket;
      if (actions.length === 0 || question.of(before) === question.of(next)) continue;
      for (let of = 0; of < actions.length; of++) {
        if (this.#status[actions[of] as number] !== STALE) this.#mark(actions[of] as number);
      }
    }
  }

  #mark(action: number): void {
    const place = this.#places[action] as number;
    this.#status[action] = STALE;
    this.#maybe[place >> 5] = (this.#maybe[place >> 5] as number) | (1 << (place & 31));
  }

  /** Has the action sit where it asked. What it asks first is mostly what it asked before, so those seats are kept. */
  #seat(action: number, decision: Decision): void {
    const seats = this.#seats[action] as Seat[];
    const { watches } = decision;
    this.#decisions[action] = decision;
    let kept = 0;
    while (kept < seats.length && kept < watches.length) {
      const { field, question } = watches[kept] as Decision['watches'][number];
      const { bucket } = seats[kept] as Seat;
      if (bucket.question !== question || bucket.field !== field) break;
      kept++;
    }
    while (seats.length > kept) this.#leave(seats.pop() as Seat);
    for (let at = kept; at < watches.length; at++) {
      const { field, question } = watches[at] as Decision['watches'][number];
      const bucket = this.#bucket(field, question);
      bucket.seats.push(at);
      seats.push({ bucket, place: bucket.actions.push(action) - 1 });
    }
  }

  #leave({ bucket: { actions, seats }, place }: Seat): void {
    const action = actions.pop() as number;
    const seat = seats.pop() as number;
    if (place === actions.length) return;
    actions[place] = action;
    seats[place] = seat;
    ((this.#seats[action] as Seat[])[seat] as Seat).place = place;
  }

  #bucket(field: number, question: Question): Bucket {
    const buckets = this.#buckets[field] as Bucket[];
    for (let at = 0; at < buckets.length; at++) {
      if ((buckets[at] as Bucket).question === question) return buckets[at] as Bucket;
    }
    const made: Bucket = { field, question, actions: [], seats: [] };
    buckets.push(made);
    return made;
  }
}

function mixed(field: number, local: number): number {
  let hash = Math.imul(field + 1, 0x9e3779b1) ^ Math.imul(local + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return hash ^ (hash >>> 15);
}

function widened(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}
