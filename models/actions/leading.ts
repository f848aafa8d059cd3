import { announce, disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { mayHappen } from '#models/machines/faults.ts';
import { type ModelAction, server, world } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** How leaders come and go, and what one forgets: server.md section 6. */
export function leading(cluster: Cluster): ModelAction[] {
  const { behaviours, claims, controllerPlugin, faults, scope, server: servers, volumes } = cluster;
  if (!scope.faults.leaderChange) return [];
  return [
    // Watchers, their limiters and notices, the plugin's lock are gone; calls in flight are not.
    world('takes the leader away', {
      of: '',
      source: sources.revokeLeadership,
      participants: { server: servers, faults },
      step: ({ server, faults }) =>
        server.at('leader') && mayHappen(faults.context, 'leaderChange')
          ? [server.gets('leaderLost'), faults.gets('happens', { kind: 'leaderChange' })]
          : disabled,
      announcements: [
        announce(
          volumes.map((one) => one.watcher),
          { type: 'leaderLost' },
        ),
        announce(
          claims.flatMap((part) => part.unpublishes.map((one) => one.unpublish)),
          { type: 'leaderLost' },
        ),
        announce(
          claims.map((part) => part.publish),
          { type: 'leaderLost' },
        ),
        announce([controllerPlugin], { type: 'leaderLost' }),
      ],
      seen: () => [{ what: 'leader steps down', fields: {} }],
      fault: 'leaderChange',
    }),
    server('elects a leader', {
      of: '',
      source: sources.establishLeadership,
      participants: { server: servers },
      step: ({ server }) =>
        server.at('electing')
          ? [
              server.gets('leaderElected', {
                sweeps: behaviours.newLeader === 'sweeps',
                oldToken: scope.acls && behaviours.watcherToken === 'firstLeaders',
              }),
            ]
          : disabled,
      seen: () => [{ what: 'leader elected', fields: {} }],
      waitsFor: 'timer',
    }),
  ];
}
