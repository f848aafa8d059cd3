import { unknownName } from '#models/input.ts';
import { findScope, type Scope } from '#models/scopes/scope.ts';
import type { Incident } from './incident.ts';
import { K04 } from './K04-node-object-deleted-no-id.ts';
import { K06 } from './K06-finalizer-after-machine-gone.ts';
import { K07 } from './K07-restart-misses-pod-deletion.ts';
import { N01 } from './N01-node-gc-hot-loop.ts';
import { N02 } from './N02-silent-leader-then-loop.ts';
import { N03 } from './N03-plugin-removed-hot-loop.ts';
import { N04 } from './N04-node-gc-error-check-flattened.ts';
import { N05 } from './N05-node-down-not-gc.ts';
import { N06 } from './N06-node-killed-dangling-claim.ts';
import { N07 } from './N07-ctrl-detach-nil-alloc-panic.ts';
import { N08 } from './N08-gc-alloc-claim-orphan.ts';
import { N09 } from './N09-leader-change-drops-reap.ts';
import { N10 } from './N10-leader-change-stale-token.ts';
import { N11 } from './N11-watcher-exit-race.ts';
import { N12 } from './N12-ctrl-fail-not-checkpointed.ts';
import { N13 } from './N13-mode-mismatch-never-unmounts.ts';
import { N14 } from './N14-drain-kills-node-plugin-first.ts';
import { N16 } from './N16-node-unmount-needs-server.ts';
import { N17 } from './N17-publish-overtakes-unpublish.ts';
import { N18 } from './N18-failed-alloc-blocks-itself.ts';
import { N20 } from './N20-attach-race-across-volumes.ts';
import { N22 } from './N22-ctrl-timeout-after-success.ts';
import { N24 } from './N24-release-work-blocks-scheduler.ts';
import { N26 } from './N26-duplicate-unpublish-noise.ts';
import { N27 } from './N27-server-terminal-treated-as-done.ts';
import { N28 } from './N28-node-rpc-interleaving.ts';
import { N34 } from './N34-read-mutates-claims.ts';
import { N36 } from './N36-canary-vs-single-writer.ts';
import { N39 } from './N39-gc-eval-for-deregistered-volume.ts';
import { N40 } from './N40-node-gc-blocked-by-missing-plugin.ts';
import { N42 } from './N42-plugin-in-use-blocks-claim-gc.ts';
import { N43 } from './N43-failed-job-purge-keeps-claim.ts';
import { N44 } from './N44-deregister-refused-after-detach.ts';
import { scopeOf } from './reproduce.ts';

/** Every incident that is reproduced, in the order of their keys. */
export const incidents: readonly Incident[] = [
  N01,
  N02,
  N03,
  N04,
  N05,
  N06,
  N07,
  N08,
  N09,
  N10,
  N11,
  N12,
  N13,
  N14,
  N16,
  N17,
  N18,
  N20,
  N22,
  N24,
  N26,
  N27,
  N28,
  N34,
  N36,
  N39,
  N40,
  N42,
  N43,
  N44,
  K04,
  K06,
  K07,
];

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
