import { announce, disabled } from '#composition/action.ts';
import type { Cluster, VolumePart } from '#models/cluster.ts';
import { type ModelAction, server } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** Before #15101 a watcher that found its volume gone used the nothing it had found, which ends the leader's process. */
export function crashing(cluster: Cluster): ModelAction[] {
  if (cluster.behaviours.watcherOfMissingVolume === 'ends' || cluster.byHand) return [];
  return cluster.volumes.map((volume) => crash(cluster, volume));
}

/** What the process held in memory goes with it: all watchers, the plugin's lock; calls that a client serves do not. */
function crash({ claims, controllerPlugin, server: servers, volumes }: Cluster, volume: VolumePart): ModelAction {
  return server('crashes on a volume that is gone', {
    of: volume.name,
    source: sources.watch,
    participants: { watcher: volume.watcher, row: volume.volume, server: servers },
    step: ({ watcher, row, server }) =>
      watcher.at('throttled') && row.at('row.missing') && server.at('leader')
        ? [watcher.gets('leaderLost'), server.gets('leaderLost')]
        : disabled,
    announcements: [
      announce(
        volumes.filter((one) => one !== volume).map((one) => one.watcher),
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
  });
}
