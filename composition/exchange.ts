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
  const place = <T extends { readonly name: string }>(all: readonly T[], named: (one: T) => string) => {
    const at = new Map(all.map((one, i) => [one.name, i]));
    return all.map((one) => {
      const found = at.get(named(one));
      if (found === undefined) throw new NotAlike(`${name}: there is no "${named(one)}"`);
      return found;
    });
  };
  const known: number[][] = instances.map(() => []);
  return {
    name,
    fields: place(instances, (one) => renamed(one.name, renaming)),
    // What an action does is in the model's words; whom it is about comes after.
    actions: place(actions, (one) => {
      const says = `${one.who} ${one.does}`;
      return says + renamed(one.name.slice(says.length), renaming);
    }),
    local(field, local) {
      const [instance, mapped] = [instances[field], known[field]];
      if (!instance || !mapped) throw new RangeError(`there is no instance ${field}`);
      mapped[local] ??= composition.localStates(instance).like(local, (context) => renamedIn(context, renaming));
      return mapped[local] as number;
    },
  };
}

/** Every name in a text, exchanged; names are whole words. */
function renamed(text: string, renaming: Renaming): string {
  return text.replaceAll(/[\w.-]+/g, (word) => renaming.get(word) ?? word);
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
