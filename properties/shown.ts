import type { Exercised } from './coverage.ts';
import { actions } from './shown/actions.ts';
import { guards } from './shown/guards.ts';
import { states } from './shown/states.ts';
import { type Place, reasons, type ShowingWorld, worlds } from './shown/worlds.ts';

/** Where a part of the model is exercised that some world missed, or why no scope can exercise it. */
export type Shown = { readonly in: Pick<ShowingWorld, 'design' | 'scope' | 'faults'> } | { readonly nowhere: string };

const places: { readonly [K in keyof Exercised]: Readonly<Record<string, Place>> } = { actions, states, guards };

/** Where an action, a local state or an answer of a guard is shown, by its name in `Exercised`; null if that is not known. */
export function shownIn(part: keyof Exercised, name: string): Shown | null {
  const place = Object.hasOwn(places[part], name) ? places[part][name] : undefined;
  if (place === undefined) return null;
  if (isReason(place)) return { nowhere: reasons[place] };
  const { design, scope, faults } = worlds[place];
  return { in: { design, scope, faults } };
}

function isReason(place: Place): place is keyof typeof reasons {
  return Object.hasOwn(reasons, place);
}
