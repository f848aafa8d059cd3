import { activePaths } from '#composition/instance.ts';
import type { Walker } from '#composition/walker.ts';
import type { Model } from '#models/model.ts';
import type { Note } from '#models/note.ts';

/** What sampled runs exercised of a model. */
export interface Counts {
  /** By rule: how often it was taken. */
  readonly actions: Readonly<Record<string, number>>;
  /** By machine and state: whether a run came through it. */
  readonly states: Readonly<Record<string, boolean>>;
}

/** Counts what the runs of one walker exercise. */
export class Tally {
  readonly #model: Model;
  readonly #taken: Uint32Array;
  /** By field, by local state: 1 if it was seen. */
  readonly #seen: Uint8Array<ArrayBuffer>[];

  constructor(model: Model) {
    const { system, actions } = model.composition;
    this.#model = model;
    this.#taken = new Uint32Array(actions.length);
    this.#seen = system.fields.map(({ initial }) => {
      const seen = new Uint8Array(Math.max(64, initial + 1));
      seen[initial] = 1;
      return seen;
    });
  }

  /** Notes the last step of the walker. */
  step(walker: Walker<Note>): void {
    const action = walker.actions[walker.actions.length - 1] as number;
    this.#taken[action] = (this.#taken[action] as number) + 1;
    for (let change = 0; change < walker.changes; change++) {
      const field = walker.changedField(change);
      const local = walker.locals[field] as number;
      let seen = this.#seen[field] as Uint8Array<ArrayBuffer>;
      if (local >= seen.length) {
        const wider = new Uint8Array(2 * local);
        wider.set(seen);
        seen = wider;
        this.#seen[field] = wider;
      }
      seen[local] = 1;
    }
  }

  counts(): Counts {
    const { actions: declared, instances, localStates } = this.#model.composition;
    const actions: Record<string, number> = {};
    for (const [id, { note }] of declared.entries()) {
      actions[note.rule] = (actions[note.rule] ?? 0) + (this.#taken[id] as number);
    }
    const states: Record<string, boolean> = {};
    for (const [field, one] of instances.entries()) {
      const local = localStates(one);
      for (const path of local.paths) states[`${local.machine.id}: ${path}`] ??= false;
      for (const [id, seen] of (this.#seen[field] as Uint8Array).entries()) {
        if (seen === 0) continue;
        for (const path of activePaths(local.snapshot(id).value)) states[`${local.machine.id}: ${path}`] = true;
      }
    }
    return { actions, states };
  }
}

/** What several worlds exercised together. */
export function addCounts(all: readonly Counts[]): Counts {
  const actions: Record<string, number> = {};
  const states: Record<string, boolean> = {};
  for (const one of all) {
    for (const [name, times] of Object.entries(one.actions)) actions[name] = (actions[name] ?? 0) + times;
    for (const [name, seen] of Object.entries(one.states)) states[name] = seen || states[name] === true;
  }
  return { actions, states };
}
