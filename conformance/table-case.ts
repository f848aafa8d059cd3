import { canonical } from '#composition/canonical.ts';
import type { Observation } from '#models/note.ts';
import { fingerprintOf, writeToken } from '#properties/token.ts';
import type { Entry } from './alone.ts';
import { initialOf, requestOf, rowOf, truthOf } from './rows.ts';
import type { TableCase } from './table-document.ts';

/** A run of one Unpublish alone: its actions, and the states before, between and after them. */
export interface Followed {
  readonly actions: readonly number[];
  readonly locals: readonly (readonly number[])[];
}

/** A run as a case of the table. */
export function written({ explored, one, state }: Entry, { actions, locals }: Followed): TableCase {
  const { model, exploration } = explored;
  const { composition, cluster } = model;
  const [before, last] = [locals[0] ?? [], locals.at(-1) ?? []];
  const steps = actions.map((action, at) => {
    const { who = '', does = '', source = '', note, participants = [] } = composition.actions[action] ?? {};
    const views = composition.views({ all: participants }, locals[at] ?? []).all;
    return {
      who,
      does,
      source,
      seen: (note?.seen(views) ?? []).map(({ what, fields }) => ({ what, fields: plain(fields) })),
      after: rowOf(model, one.of, locals[at + 1] ?? []),
      errors: (note?.logged(views) ?? []).flatMap(({ error }) => error ?? []),
    };
  });
  const replied = steps.flatMap(({ seen }) =>
    seen.flatMap(({ what, fields }) => (what === 'reply' ? fields.error : []) ?? []),
  );
  const [error = null] = [...replied, ...steps.flatMap(({ errors }) => errors)];
  const initial = initialOf(model, one.of, before);
  const run = { actions: [...exploration.run(state).actions, ...actions], loopsTo: null };
  const faults = cluster.faults.input?.left ?? 0;
  return {
    name: nameOf(
      requestOf(model, one, before),
      initial,
      steps.slice(1).map(({ who, does }) => `${who} ${does}`),
    ),
    scope: cluster.scope.name,
    initial,
    request: requestOf(model, one, before),
    steps: steps.map(({ errors: _, ...step }) => step),
    expected: {
      ...rowOf(model, one.of, last),
      error: error === null ? null : String(error),
      ...truthOf(model, one.of, last),
    },
    token: writeToken({
      fingerprint: fingerprintOf(model),
      design: cluster.design.name,
      scope: cluster.scope.name,
      faults,
      run,
    }),
  };
}

/** Where it starts and what it does, in a line. */
function nameOf(
  { caller, Claim }: TableCase['request'],
  { PastClaim, WriteClaim, volume, node, fingerprint }: TableCase['initial'],
  did: readonly string[],
): string {
  const stored = PastClaim?.State ?? WriteClaim?.State ?? 'no claim';
  const modes = PastClaim && PastClaim.AccessMode !== '' ? ' with its access mode' : '';
  const zombie = PastClaim && !WriteClaim ? ' without a current claim' : '';
  const where =
    volume === 'missing'
      ? 'no volume'
      : `${stored}${modes}${zombie}, node ${node}${fingerprint ? '' : ' without fingerprint'}`;
  const asks = caller === 'watcher' && Claim.State !== stored && stored !== 'taken' ? ` (as ${Claim.State})` : '';
  return `${caller}${asks} from ${where}: ${did.length === 0 ? 'ends at once' : did.join(', ')}`;
}

function plain(fields: Observation['fields']): TableCase['steps'][number]['seen'][number]['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(String) : (value as string | boolean | null),
    ]),
  );
}

/** In the order of their names, each with a name of its own. Of those that a test could not tell apart, the one that is come to soonest. */
export function named(cases: readonly TableCase[]): TableCase[] {
  const bySoonest = [...cases].sort((a, b) => b.token.length - a.token.length || (a.token < b.token ? 1 : -1));
  const distinct = new Map(
    bySoonest.map((one) => {
      const { volume, WriteClaim, PastClaim, node, fingerprint } = one.initial;
      return [canonical([volume, WriteClaim, PastClaim, node, fingerprint, one.request, one.steps]), one];
    }),
  );
  const times = new Map<string, number>();
  return [...distinct.values()]
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((one) => {
      const before = times.get(one.name) ?? 0;
      times.set(one.name, before + 1);
      return before === 0 ? one : { ...one, name: `${one.name} (${before + 1})` };
    });
}
