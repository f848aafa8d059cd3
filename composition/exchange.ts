import { type Exchange, NotAlike } from '#checker/symmetry.ts';
import { canonical } from './canonical.ts';
import type { Composition } from './compose.ts';

/** Names to exchange: each to the name in whose place it is put. */
export type Renaming = ReadonlyMap<string, string>;

/**
 * The exchange of a composed system that renames things: instances and actions by the names in theirs, local states by the
 * names in their context. Throws `NotAlike` where an instance or an action of the new name is missing.
 */
export function exchangeOf(composition: Composition, renaming: Renaming): Exchange {
  const { instances, actions } = composition;
  const name = [...renaming]
    .filter(([from, to]) => from < to)
    .map((pair) => pair.join(' and '))
    .join(', ');
  const place = (names: readonly string[], images: readonly string[]) => {
    const at = new Map(names.map((one, i) => [one, i]));
    return images.map((one) => {
      const found = at.get(one);
      if (found === undefined) throw new NotAlike(`${name}: there is no "${one}"`);
      return found;
    });
  };
  // What an action does is in the model's words; whom it is about comes after, in whatever order.
  const whom = (one: Composition['actions'][number], change: (text: string) => string) => {
    const says = `${one.who} ${one.does}`;
    return [says, ...(change(one.name.slice(says.length)).match(words) ?? []).sort()].join(' ');
  };
  const known: number[][] = instances.map(() => []);
  return {
    name,
    fields: place(
      instances.map((one) => one.name),
      instances.map((one) => renamed(one.name, renaming)),
    ),
    actions: place(
      actions.map((one) => whom(one, (text) => text)),
      actions.map((one) => whom(one, (text) => renamed(text, renaming))),
    ),
    local(field, local) {
      const [instance, mapped] = [instances[field], known[field]];
      if (!instance || !mapped) throw new RangeError(`there is no instance ${field}`);
      mapped[local] ??= composition.localStates(instance).like(local, (context) => renamedIn(context, renaming));
      return mapped[local] as number;
    },
  };
}

/** Names are whole words. */
const words = /[\w.-]+/g;

/** Every name in a text, exchanged. */
function renamed(text: string, renaming: Renaming): string {
  return text.replaceAll(words, (word) => renaming.get(word) ?? word);
}

/** Every name in a context, exchanged. A list in order stands for a set, and stays in order. */
function renamedIn(value: unknown, renaming: Renaming): unknown {
  if (typeof value === 'string') return renaming.get(value) ?? value;
  if (Array.isArray(value)) {
    const image = value.map((one) => renamedIn(one, renaming));
    const inOrder = (all: readonly unknown[]) => all.every((one, i) => i === 0 || isBefore(all[i - 1], one));
    return inOrder(value) ? image.sort((a, b) => (isBefore(a, b) ? -1 : 1)) : image;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [renaming.get(key) ?? key, renamedIn(inner, renaming)]),
  );
}

const isBefore = (a: unknown, b: unknown): boolean => canonical(a) < canonical(b);
