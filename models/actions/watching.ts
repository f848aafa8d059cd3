import { disabled } from '#composition/action.ts';
import type { Sending } from '#composition/instance.ts';
import type { Cluster, UnpublishPart, VolumePart } from '#models/cluster.ts';
import type { UnpublishView } from '#models/machines/unpublish.ts';
import type { WatcherView } from '#models/machines/watcher.ts';
import { type LogLine, type ModelAction, server, type Wait, watcher } from '#models/note.ts';
import { isOver } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { checkpoints } from './release/checkpoint.ts';
import { entering } from './release/controllerStep.ts';
import { failed } from './release/telling.ts';

/** The volume watcher and the goroutine that tells it of writes: server.md section 4. */
export function watching(cluster: Cluster): ModelAction[] {
  return cluster.volumes.flatMap((volume) => [
    ...telling(cluster, volume),
    ...passing(cluster, volume),
    ...leaving(cluster, volume),
  ]);
}

/** Whether an unpublish is under way for the present leader. */
export const isActive = (one: UnpublishView): boolean => !one.at('idle') && !one.context.old;

/** The unpublishes that a volume's watcher may have under way. */
export function seatsOf(volume: VolumePart): UnpublishPart[] {
  return volume.claims.flatMap((part) => part.unpublishes.filter((one) => one.caller === 'watcher'));
}

/** One sweep over all volumes per change of the table, whichever volume was written. */
function telling(cluster: Cluster, volume: VolumePart): ModelAction[] {
  const last = cluster.volumes.length - 1;
  return [
    server('notifies the watcher', {
      of: volume.name,
      source: sources.watchVolumes,
      participants: { server: cluster.server, volume: volume.volume, watcher: volume.watcher },
      step: ({ server, volume: row, watcher }) => {
        if (!server.at('leader') || nextOf(server.context) !== volume.index) return disabled;
        const sweeps = server.gets('sweeps', { next: volume.index === last ? -1 : volume.index + 1 });
        if (row.at('row.missing')) return [sweeps];
        // A full channel: before 1.10.0 the sender waits, and holds the lock over all watchers meanwhile.
        if (isBlocked(cluster, watcher)) return disabled;
        return [
          server.gets('sweeps', { next: volume.index === last ? -1 : volume.index + 1 }),
          watcher.gets('isNotified'),
        ];
      },
      waitsFor: waitsForTheLock(cluster),
      logged: ({ volume: row, watcher }) =>
        watcher.at('off') && row.at('row.registered') ? [line(volume, 'starting watcher')] : [],
    }),
  ];
}

function passing(cluster: Cluster, volume: VolumePart): ModelAction[] {
  const { behaviours } = cluster;
  const { claims } = volume;
  const seats = seatsOf(volume);
  const snapshot = {
    watcher: volume.watcher,
    server: cluster.server,
    row: volume.volume,
    claims: claims.map((part) => part.claim),
    allocations: claims.map((part) => part.allocation),
    seats: seats.map((one) => one.unpublish),
  };
  /** By hand the limiter's rate is that of the recording's clock, which whoever reads the recording keeps. */
  const hasToken = (tokens: number) => cluster.byHand || behaviours.watcherLimiter === null || tokens > 0;

  return [
    watcher('takes a notice', {
      of: volume.name,
      source: sources.watch,
      participants: { watcher: volume.watcher, seats: snapshot.seats },
      step: ({ watcher, seats: all }) =>
        watcher.at('watching') && watcher.context.full && !all.some(isActive)
          ? [watcher.gets('takesNotice')]
          : disabled,
    }),
    // The volume is read anew, as it is now: the notice only says that something was written.
    watcher('starts a pass', {
      of: volume.name,
      source: sources.reap,
      participants: snapshot,
      step: ({ watcher, server, row, claims: read, allocations, seats: all }) => {
        if (!watcher.at('throttled') || !server.at('leader') || !hasToken(watcher.context.tokens)) return disabled;
        if (row.at('row.missing')) {
          return behaviours.watcherOfMissingVolume === 'ends' || cluster.byHand
            ? [watcher.gets('findsNoVolume')]
            : disabled;
        }
        const listed: Sending[] = [];
        for (const [i, part] of claims.entries()) {
          const [claim, of] = [read[i], allocations[i]];
          if (!claim || !of || !(claim.at('past') || (claim.at('taken') && isOver(of, behaviours)))) continue;
          const free = all.find((one, k) => seats[k]?.of === part && one.at('idle'));
          // All are busy with calls of former leaders: the bound on this model, not Nomad's.
          if (!free) return disabled;
          listed.push(
            free.gets('isListed', {
              progress: claim.at('past.nodeDetached') ? 'nodeDetached' : 'unpublishing',
              access: !claim.at('past') || claim.context.access,
            }),
          );
        }
        return [watcher.gets('reads'), ...listed];
      },
      logged: () => [line(volume, 'releasing unused volume claims')],
      waitsFor: behaviours.watcherLimiter === null ? 'nothing' : 'token',
      ...(behaviours.watcherLimiter !== null && { token: volume.name }),
    }),
    // One past claim after the other, in the random order of a Go map.
    ...seats.map((one) => {
      const { reads, enters } = entering(cluster, one.of);
      return checkpoints(cluster, one, 'starts to unpublish', {
        by: 'watcher',
        isEntry: true,
        source: sources.unpublish,
        reads: {
          others: seats.filter((other) => other !== one).map((other) => other.unpublish),
          leader: cluster.server,
          ...reads,
        },
        when: ({ others, leader }, unpublish) => isNext(unpublish, others) && !leader.context.oldToken,
        state: (unpublish) => (unpublish.context.progress === 'nodeDetached' ? 'node-detached' : 'unpublishing'),
        becomes: enters,
        logged: () => [
          {
            ...line(volume, 'unpublishing volume'),
            pairs: { namespace: 'default', volume_id: volume.name, alloc: one.of.alloc },
          },
        ],
        counts: { what: 'attempts', claim: one.of.name },
      });
    }),
    ...(behaviours.watcherToken === 'firstLeaders' ? seats : []).map((one) =>
      watcher('is denied its own Unpublish', {
        of: one.name,
        source: sources.unpublish,
        participants: {
          unpublish: one.unpublish,
          others: seats.filter((other) => other !== one).map((other) => other.unpublish),
          server: cluster.server,
        },
        step: ({ unpublish, others, server }) =>
          isNext(unpublish, others) && server.at('leader') && server.context.oldToken
            ? [unpublish.gets('ends')]
            : disabled,
        logged: () => failed(one, 'Permission denied'),
        counts: { what: 'attempts', claim: one.of.name },
      }),
    ),
  ];
}

/** It is this past claim's turn in its watcher's pass. */
function isNext(unpublish: UnpublishView, others: readonly UnpublishView[]): boolean {
  return unpublish.at('listed') && !others.some((other) => isActive(other) && !other.at('listed'));
}

/** A watcher whose timer fired stops, and then leaves the leader's map. */
function leaving(cluster: Cluster, volume: VolumePart): ModelAction[] {
  const isDue = cluster.behaviours.idleWatcher === 'leaves';
  return [
    ...(isDue
      ? [
          watcher('has nothing left to do', {
            of: volume.name,
            source: sources.watch,
            participants: { watcher: volume.watcher, seats: seatsOf(volume).map((one) => one.unpublish) },
            step: ({ watcher, seats }) =>
              watcher.at('watching') && !watcher.context.full && !seats.some(isActive)
                ? [watcher.gets('timesOut')]
                : disabled,
          }),
        ]
      : []),
    watcher('is gone', {
      of: volume.name,
      source: sources.remove,
      participants: {
        watcher: volume.watcher,
        server: cluster.server,
        watchers: cluster.volumes.map((one) => one.watcher),
      },
      // It takes the lock over all watchers, which a sender holds for as long as a full channel blocks it.
      step: ({ watcher, server, watchers }) => {
        const told = watchers[nextOf(server.context)];
        const locked = told !== undefined && isBlocked(cluster, told);
        return watcher.at('leaving') && !locked ? [watcher.gets('isGone')] : disabled;
      },
      waitsFor: waitsForTheLock(cluster),
      logged: () => [line(volume, 'no more claims')],
    }),
  ];
}

/** Whether a notice for this watcher makes its sender wait. */
function isBlocked({ behaviours: { notifyWhenFull } }: Cluster, told: WatcherView): boolean {
  if (!told.context.full || notifyWhenFull === 'drop') return false;
  return notifyWhenFull === 'block' || !told.at('leaving');
}

/** A volume that this world leaves out may be what holds the lock over all watchers, for as long as its calls take. */
function waitsForTheLock({ behaviours, elsewhere }: Cluster): Wait {
  return elsewhere && behaviours.notifyWhenFull !== 'drop' ? 'call' : 'nothing';
}

/** The volume that the sweep comes to next, or -1 if none is due. */
function nextOf(sweep: { readonly dirty: boolean; readonly next: number }): number {
  return sweep.next === -1 && sweep.dirty ? 0 : sweep.next;
}

function line(volume: VolumePart, message: string): LogLine {
  return {
    level: 'TRACE',
    logger: 'nomad.volumes_watcher',
    message,
    pairs: { namespace: 'default', volume_id: volume.name },
  };
}
