import type { Exploration } from '#checker/explore.ts';
import { disabled } from '#checker/system.ts';
import { canonical } from '#composition/canonical.ts';
import { advance } from '#composition/trace.ts';
import type { UnpublishPart } from '#models/cluster.ts';
import type { Model } from '#models/model.ts';

/** A world that was explored, and in which Unpublishes are looked for. */
export interface Explored {
  readonly model: Model;
  readonly exploration: Exploration;
}

/** A moment at which a server takes up an Unpublish: the state before, and the entry itself. */
export interface Entry {
  readonly explored: Explored;
  readonly state: number;
  readonly one: UnpublishPart;
  readonly action: number;
}

/** The actions of one Unpublish from its entry on: those that are named after it and move it. */
export function ownActions({ composition }: Model, one: UnpublishPart): number[] {
  return [...composition.actions.keys()].filter((action) => {
    const { name, participants } = composition.actions[action] ?? { name: '', participants: [] };
    return name.endsWith(` (${one.name})`) && participants.some((taker) => taker.name === one.unpublish.name);
  });
}

/** Whether the action is the entry of an Unpublish: that is what is counted as an attempt. */
export function isEntry({ composition }: Model, action: number): boolean {
  return composition.actions[action]?.note.counts?.what === 'attempts';
}

/**
 * The moments at which Unpublishes are taken up, one for each difference that `tell` tells between states. Calls of a former
 * leader are left out: no table can set one up.
 */
export function entriesOf(
  explored: Explored,
  tell: (locals: readonly number[], one: UnpublishPart) => unknown,
): Entry[] {
  const { model, exploration } = explored;
  const edges = exploration.edges();
  if (edges === null) throw new RangeError('entries are read off the steps, and a limit forbade keeping them');
  const entries = new Map<number, UnpublishPart>();
  for (const part of model.cluster.claims) {
    for (const one of part.unpublishes) {
      for (const action of ownActions(model, one)) if (isEntry(model, action)) entries.set(action, one);
    }
  }
  const found = new Map<string, Entry>();
  for (let state = 0; state < exploration.expanded; state++) {
    for (let edge = edges.rows[state] ?? 0; edge < (edges.rows[state + 1] ?? 0); edge++) {
      const action = edges.labels[edge] ?? 0;
      const one = entries.get(action);
      if (!one) continue;
      const key = canonical([one.name, tell(exploration.locals(state), one)]);
      if (!found.has(key)) found.set(key, { explored, state, one, action });
    }
  }
  return [...found.values()];
}

/** What an Unpublish can do next by itself: its own actions that are enabled; none once it has ended. */
export function nextAlone(model: Model, one: UnpublishPart, own: readonly number[], locals: readonly number[]) {
  const { composition } = model;
  if (hasEnded(model, one, locals)) return [];
  return own.flatMap((action) => {
    const next = isEntry(model, action) ? disabled : advance(composition, action, locals);
    return next === disabled ? [] : [{ action, next }];
  });
}

/** Whether it is over. */
export function hasEnded({ composition }: Model, one: UnpublishPart, locals: readonly number[]): boolean {
  return composition.views({ unpublish: one.unpublish }, locals).unpublish.at('idle');
}
