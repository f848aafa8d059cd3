import { unknownName } from '#models/input.ts';
import { findScope, type Scope } from '#models/scopes/scope.ts';
import type { Incident } from './incident.ts';
import { N01 } from './N01-node-gc-hot-loop.ts';
import { N03 } from './N03-plugin-removed-hot-loop.ts';
import { N27 } from './N27-server-terminal-treated-as-done.ts';
import { scopeOf } from './reproduce.ts';

/** Every incident that is reproduced, in the order of their keys. */
export const incidents: readonly Incident[] = [N01, N03, N27];

/** The incident of that key, written in any case. Throws an `InputError` that names the nearest one. */
export function findIncident(key: string): Incident {
  const found = incidents.find((one) => one.key.toLowerCase() === key.toLowerCase() || one.name === key.toLowerCase());
  if (!found) {
    throw unknownName(
      'incident',
      key,
      incidents.map((one) => (/^[a-z]?\d/i.test(key) ? one.key : one.name)),
    );
  }
  return found;
}

/** The scope of that name: a default one, or an incident's own. Throws an `InputError` that names the nearest one. */
export function findScopeOrIncidents(name: string): Scope {
  const own = incidents.find(({ scope }) => typeof scope !== 'string' && scope.name === name);
  return own ? scopeOf(own) : findScope(name);
}
