import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { type ModelAction, operator } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/**
 * `nomad volume detach` before 1.3.6: it releases the past claims of a node, says that all went well, and looks at no
 * other claim. Left out: what it does where there is a past claim, which is what the watcher does with it.
 */
export function detachingInVain(cluster: Cluster): ModelAction[] {
  const { behaviours, nodes, scope, server: servers, volumes } = cluster;
  if (!scope.events.includes('volumeDetached') || behaviours.entryCheckpoint === 'written') return [];
  return volumes.flatMap((volume) =>
    nodes.map((part) =>
      operator('detaches a volume that has no past claim', {
        of: `${volume.name}, ${part.name}`,
        source: sources.unpublish,
        participants: { volume: volume.volume, server: servers, claims: volume.claims.map((one) => one.claim) },
        step: ({ volume: row, server, claims }) =>
          row.at('row.registered') && server.at('leader') && !claims.some((one) => one.at('past')) ? [] : disabled,
      }),
    ),
  );
}
