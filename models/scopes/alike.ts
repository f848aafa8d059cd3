import type { Scope } from './scope.ts';

/** More exchanges than this cost more than they save. */
const most = 5040;

/**
 * Every way to exchange allocations of a scope with all that is theirs, so that the scope stays the same: each name to the
 * name in its place, but for the one that changes nothing. Whether the model treats them alike is for the checker to hold.
 */
export function exchangesOf(scope: Scope): ReadonlyMap<string, string>[] {
  const found: ReadonlyMap<string, string>[] = [];
  const { allocations } = scope;
  const extend = (at: number, renaming: ReadonlyMap<string, string>, used: ReadonlySet<string>): void => {
    if (found.length > most) return;
    const one = allocations[at];
    if (!one) {
      if ([...renaming].some(([from, to]) => from !== to)) found.push(renaming);
      return;
    }
    for (const other of allocations) {
      if (used.has(other.name)) continue;
      const next = joined(scope, renaming, one, other);
      if (next) extend(at + 1, next, new Set([...used, other.name]));
    }
  };
  extend(0, new Map(), new Set());
  return found.length > most ? [] : found;
}

type Allocation = Scope['allocations'][number];

/** The renaming that also puts one allocation in another's place; null if it cannot. */
function joined(
  scope: Scope,
  renaming: ReadonlyMap<string, string>,
  one: Allocation,
  other: Allocation,
): ReadonlyMap<string, string> | null {
  const pairs: (readonly [string, string])[] = [
    [one.name, other.name],
    [one.volume, other.volume],
    [one.node, other.node],
  ];
  if ((one.replaces === undefined) !== (other.replaces === undefined)) return null;
  if (one.replaces !== undefined && other.replaces !== undefined) pairs.push([one.replaces, other.replaces]);
  const next = new Map(renaming);
  for (const [from, to] of pairs) {
    const taken = [...next].find(([before, after]) => (before === from) !== (after === to));
    if (taken) return null;
    next.set(from, to);
  }
  const volume = (name: string) => ({ ...scope.volumes.find((volume) => volume.name === name), name: '' });
  const alike = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
  const itself = (of: Allocation) => ({ ...of, name: '', volume: '', node: '', replaces: '' });
  return alike(itself(one), itself(other)) && alike(volume(one.volume), volume(other.volume)) ? next : null;
}
