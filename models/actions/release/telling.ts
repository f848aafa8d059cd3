import type { UnpublishPart } from '#models/cluster.ts';
import type { UnpublishView } from '#models/machines/unpublish.ts';
import type { LogLine, Observation } from '#models/note.ts';

/** The answer to a client's request, if it was one's. */
export function answered(one: UnpublishPart, error?: string): Observation[] {
  if (one.caller === 'watcher') return [];
  const asked = { op: 'Unpublish', vol: one.of.volume.name, alloc: one.of.alloc };
  return [{ what: 'reply', fields: error === undefined ? { ...asked, ok: true } : { ...asked, ok: false, error } }];
}

/** What a client is told when its request was overtaken by a new leader. */
export function orphaned(one: UnpublishPart, { context }: UnpublishView): Observation[] {
  return context.old ? answered(one, 'node is not the leader') : [];
}

/** A failed unpublish is logged by the watcher whose pass it ends in; a client is told. */
export function failed(one: UnpublishPart, error: string): LogLine[] {
  if (one.caller !== 'watcher') return [];
  return [
    {
      level: 'ERROR',
      logger: 'nomad.volumes_watcher',
      message: 'error releasing volume claims',
      pairs: { namespace: 'default', volume_id: one.of.volume.name },
      error,
    },
  ];
}

const trace =
  (message: string) =>
  (vol: string): LogLine => ({ level: 'TRACE', logger: 'nomad.csi_volume', message, pairs: { vol } });

/** The lines of the release path that carry nothing but the volume (server.md section 9). */
export const log = {
  nodeUnpublish: trace('node unpublish'),
  controllerUnpublish: trace('controller unpublish'),
  detachComplete: trace('controller detach complete'),
  detachSkipped: trace('controller detach skipped for missing node'),
  releasing: trace('releasing claim'),
  checkpointing: { level: 'TRACE', logger: 'nomad.csi_volume', message: 'checkpointing claim' },
  nodeSkipped: { level: 'DEBUG', logger: 'nomad.csi_volume', message: "skipping node unpublish for down or GC'd node" },
} as const satisfies Record<string, LogLine | ((vol: string) => LogLine)>;
