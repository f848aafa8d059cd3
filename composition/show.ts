import type { AnyMachineSnapshot } from 'xstate';
import { canonical } from './canonical.ts';

/** A local state in words: its active leaf states, then what its context holds. */
export function showLocal(snapshot: AnyMachineSnapshot): string {
  return join([...regions(snapshot.value).values()], contextOf(snapshot), true);
}

/** What differs between two local states of one machine, each side in words; regions and context that stayed are left out. */
export function showChange(before: AnyMachineSnapshot, after: AnyMachineSnapshot): { from: string; to: string } {
  const [was, is] = [regions(before.value), regions(after.value)];
  const moved = [...new Set([...was.keys(), ...is.keys()])].filter((region) => was.get(region) !== is.get(region));
  const [had, has] = [contextOf(before), contextOf(after)];
  const altered = [...new Set([...had.keys(), ...has.keys()])].filter((key) => had.get(key) !== has.get(key));
  const side = (states: Map<string, string>, context: Map<string, string>): string =>
    join(
      moved.flatMap((region) => states.get(region) ?? []),
      new Map(altered.flatMap((key) => [[key, context.get(key) ?? 'none']])),
      false,
    );
  return { from: side(was, had), to: side(is, has) };
}

/** What the context of a local state holds, in words; what is not so is left out. */
export function showContext(snapshot: AnyMachineSnapshot): string {
  const context = contextOf(snapshot);
  return context.size === 0 ? '' : join([], context, true).replace(/^as it was$/, '');
}

/** An event in words: its type, and in brackets what it carries. */
export function showEvent({ type, ...carried }: { readonly type: string }): string {
  const parts = Object.entries(carried).map(([key, value]) => `${key} ${showValue(value)}`);
  return parts.length === 0 ? type : `${type} (${parts.join(', ')})`;
}

/** Per region of a state value its leaf path; a machine without regions has one, named ''. */
function regions(value: unknown): Map<string, string> {
  if (typeof value === 'string') return new Map([['', value]]);
  if (typeof value !== 'object' || value === null) return new Map();
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [key, inner] = entries[0] as [string, unknown];
    return new Map(
      [...regions(inner)].map(([region, leaf]) => [region === '' ? '' : `${key}.${region}`, `${key}.${leaf}`]),
    );
  }
  return new Map(
    entries.flatMap(([key, inner]) =>
      [...regions(inner)].map(([region, leaf]): [string, string] => [
        region === '' ? key : `${key}.${region}`,
        `${key}: ${leaf}`,
      ]),
    ),
  );
}

function contextOf(snapshot: AnyMachineSnapshot): Map<string, string> {
  const context: unknown = snapshot.context;
  if (typeof context !== 'object' || context === null) return new Map();
  return new Map(Object.entries(context).map(([key, value]) => [key, showValue(value)]));
}

function showValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(showValue).join(' and ');
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return showValue(Object.entries(value).map(([key, item]) => `${key} ${showValue(item)}`));
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : canonical(value);
}

function join(states: readonly string[], context: ReadonlyMap<string, string>, quietly: boolean): string {
  const held = [...context].filter(([, value]) => !quietly || (value !== 'no' && value !== 'none'));
  return [...states, ...held.map(([key, value]) => `${key} ${value}`)].join(', ') || 'as it was';
}
