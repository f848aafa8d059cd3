import type { Bound, LeadsTo } from '#checker/formula.ts';
import type { Walker } from '#composition/walker.ts';
import type { Model } from '#models/model.ts';
import type { Note } from '#models/note.ts';
import type { Obligation, PromiseSpec } from '#properties/promise.ts';
import { Asked, AskedStep } from './asked.ts';

/** An obligation of a promise, watched along a run. */
export interface Watched {
  readonly promise: PromiseSpec;
  readonly obligation: Obligation;
}

/** Watched in every state, or in every step. */
export type Always = Watched & { readonly asked: Asked; readonly step?: undefined };
export type AlwaysStep = Watched & { readonly step: AskedStep; seen: number };

/** Watched at the end of a fair drain; `isPending` says that its beginning was seen and its end was not yet. */
export type Leads = Watched & {
  readonly formula: LeadsTo;
  readonly from: Asked;
  readonly to: Asked;
  isPending: boolean;
};

/** Watched whenever the run comes back to a state. */
export type Bounded = Watched & { readonly formula: Bound };

/**
 * The obligations of some promises along one walker's run. Those about states and steps are asked again only where
 * something changed that they are about. `possible` is about all runs at once: no run breaks it, so it is not here.
 */
export class Watch {
  readonly leads: readonly Leads[];
  readonly bounds: readonly Bounded[];
  readonly #walker: Walker<Note>;
  readonly #closed: ReadonlySet<PromiseSpec>;
  readonly #states: readonly Always[];
  readonly #steps: readonly AlwaysStep[];
  readonly #pending: readonly Leads[];
  /** By field, what is about it: places in the lists above, one after the other. */
  readonly #about: readonly Int32Array[];
  readonly #all: readonly (Always | AlwaysStep | Leads)[];
  readonly #asked: Int32Array;
  #round = 0;

  constructor(model: Model, promises: readonly PromiseSpec[], closed: ReadonlySet<PromiseSpec>, walker: Walker<Note>) {
    this.#walker = walker;
    this.#closed = closed;
    const states: Always[] = [];
    const steps: AlwaysStep[] = [];
    const leads: Leads[] = [];
    const bounds: Bounded[] = [];
    for (const promise of promises) {
      if (!promise.appliesTo(model.cluster.scope)) continue;
      for (const obligation of promise.obligations(model)) {
        const { formula } = obligation;
        const watched = { promise, obligation };
        if (formula.kind === 'always') states.push({ ...watched, asked: new Asked(formula.holds) });
        if (formula.kind === 'alwaysStep') steps.push({ ...watched, step: new AskedStep(formula.holds), seen: 0 });
        if (formula.kind === 'bound') bounds.push({ ...watched, formula });
        if (formula.kind === 'leadsTo') {
          leads.push({
            ...watched,
            formula,
            from: new Asked(formula.from),
            to: new Asked(formula.to),
            isPending: false,
          });
        }
      }
    }
    this.leads = leads;
    this.bounds = bounds;
    this.#states = states;
    this.#steps = steps;
    this.#pending = leads.filter(({ formula }) => !formula.stays);
    this.#all = [...states, ...steps, ...this.#pending];
    const about = walker.composition.instances.map(() => new Set<number>());
    for (const [at, one] of this.#all.entries()) for (const field of fieldsOf(one)) about[field]?.add(at);
    this.#about = about.map((set) => Int32Array.from(set));
    this.#asked = new Int32Array(this.#all.length);
  }

  /** Begins at the walker's initial state; what that breaks already, if anything. */
  begin(): Watched | null {
    const { locals } = this.#walker;
    for (const one of this.#steps) one.seen = one.step.look(locals);
    for (const one of this.#pending) one.isPending = one.from.holds(locals) && !one.to.holds(locals);
    return this.#states.find(({ asked, promise }) => !asked.holds(locals) && !this.#closed.has(promise)) ?? null;
  }

  /** What the walker's last step breaks, if anything. */
  step(): Watched | null {
    const walker = this.#walker;
    const { locals } = walker;
    const round = ++this.#round;
    let broken: Watched | null = null;
    for (let change = 0; change < walker.changes; change++) {
      const about = this.#about[walker.changedField(change)] as Int32Array;
      for (let at = 0; at < about.length; at++) {
        const place = about[at] as number;
        if (this.#asked[place] === round) continue;
        this.#asked[place] = round;
        const one = this.#all[place] as Always | AlwaysStep | Leads;
        if ('from' in one) {
          one.isPending = !one.to.holds(locals) && (one.isPending || one.from.holds(locals));
        } else if (one.step) {
          const now = one.step.look(locals);
          if (!one.step.holds(one.seen, now) && !this.#closed.has(one.promise)) broken ??= one;
          one.seen = now;
        } else if (!one.asked.holds(locals) && !this.#closed.has(one.promise)) {
          broken ??= one;
        }
      }
    }
    return broken;
  }
}

function fieldsOf(one: Always | AlwaysStep | Leads): readonly number[] {
  if ('from' in one) return [...one.from.fields, ...one.to.fields];
  return one.step ? one.step.fields : one.asked.fields;
}
