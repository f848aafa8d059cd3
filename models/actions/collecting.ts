import { announce, disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import type { ClaimView } from '#models/machines/claim.ts';
import { type ModelAction, type Observation, server, world } from '#models/note.ts';
import { isOver } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { isActive, seatsOf } from './watching.ts';

/** Time, and what the core scheduler collects as it passes: server.md section 5. */
export function collecting(cluster: Cluster): ModelAction[] {
  return [...ticking(cluster), ...claims(cluster), ...allocations(cluster)];
}

/** What every passing of time does, whatever else it brings. */
const tick = ({ volumes }: Cluster) => [
  announce(
    volumes.map((one) => one.watcher),
    { type: 'tick' },
  ),
  announce(
    volumes.flatMap((one) => one.evaluation ?? []),
    { type: 'tick' },
  ),
];

function ticking(cluster: Cluster): ModelAction[] {
  const { clock, scope, server, volumes } = cluster;
  return [
    world('lets time pass', {
      of: '',
      source: sources.time,
      fairness: 'weak',
      participants: { clock },
      step: ({ clock }) => [clock.gets('ticks')],
      announcements: tick(cluster),
      waitsFor: 'timer',
      isTick: true,
    }),
    // Five minutes without a notice, which is as long as a tick may be.
    ...(scope.watchersStay ? [] : volumes).map((volume) =>
      world("lets a watcher's timer run out", {
        of: volume.name,
        source: sources.watch,
        participants: { clock, server, watcher: volume.watcher, seats: seatsOf(volume).map((one) => one.unpublish) },
        step: ({ clock, server, watcher, seats }) =>
          watcher.at('watching') &&
          !watcher.context.full &&
          !server.context.dirty &&
          server.context.next === -1 &&
          !seats.some(isActive)
            ? [clock.gets('ticks'), watcher.gets('timesOut')]
            : disabled,
        announcements: [
          announce(
            volumes.filter((one) => one !== volume).map((one) => one.watcher),
            { type: 'tick' },
          ),
        ],
        waitsFor: 'timer',
        isTick: true,
      }),
    ),
  ];
}

/**
 * A collection looks at every volume and sends an empty claim for each that holds a past one; applying it stores what
 * was past on reading only, and moves the table's index. One that finds nothing is time that passes.
 */
function claims(cluster: Cluster): ModelAction[] {
  if (cluster.behaviours.periodicClaimCollection === 'none') return [];
  const { behaviours, clock, scope, server: servers, volumes } = cluster;
  const read = {
    clock,
    server: servers,
    claims: cluster.claims.map((part) => part.claim),
    allocations: cluster.claims.map((part) => part.allocation),
  };
  const isPast = (claim: ClaimView | undefined, of: AllocationView | undefined) =>
    claim !== undefined && of !== undefined && (claim.at('past') || (claim.at('taken') && isOver(of, behaviours)));
  const isDenied = !scope.acls && behaviours.claimCollectionWithoutAcls === 'denied';
  const asked: Observation = { what: 'request', fields: { op: 'claim gc' } };
  const answer = (error?: string): Observation => ({
    what: 'reply',
    fields: { op: 'claim gc', ok: error === undefined, ...(error !== undefined && { error }) },
  });
  const writes = (all: readonly ClaimView[], of: readonly AllocationView[]): Observation[] =>
    volumes
      .filter((volume) => cluster.claims.some((part, i) => part.volume === volume && isPast(all[i], of[i])))
      .map((volume) => ({
        what: 'write',
        fields: {
          type: 'CSIVolumeClaim',
          vol: volume.name,
          alloc: null,
          mode: 'gc',
          state: 'unpublishing',
          access: null,
          externalNode: null,
        },
      }));
  return [
    server(isDenied ? 'is denied its own collection of claims' : 'collects claims as time passes', {
      of: volumes.map((one) => one.name).join(', '),
      source: isDenied ? sources.authorizeClaim : sources.claimGC,
      participants: read,
      step: ({ clock, server, claims: all, allocations: of }) => {
        if (!server.at('leader') || !all.some((claim, i) => isPast(claim, of[i]))) return disabled;
        const runs = [clock.gets('ticks')];
        if (isDenied) return runs;
        return [
          ...runs,
          server.gets('volumesWritten'),
          ...all.flatMap((claim, i) => (claim.at('taken') && isPast(claim, of[i]) ? [claim.gets('becamePast')] : [])),
        ];
      },
      announcements: tick(cluster),
      seen: ({ claims: all, allocations: of }) =>
        isDenied ? [asked, answer('Permission denied')] : [asked, ...writes(all, of), answer()],
      logged: () => [
        {
          level: 'TRACE',
          logger: 'core.sched',
          message: 'garbage collecting unclaimed CSI volume claims',
          pairs: { 'eval.JobID': 'csi-volume-claim-gc' },
        },
      ],
      waitsFor: 'timer',
      isTick: true,
    }),
  ];
}

function allocations({ claims: parts, scope, server: servers }: Cluster): ModelAction[] {
  if (!scope.events.includes('allocationCollected')) return [];
  return parts.map(({ allocation, alloc }) =>
    server('collects the record of an allocation', {
      of: alloc,
      source: sources.evalGC,
      fairness: 'none',
      participants: { allocation, server: servers },
      // Over by either word is enough, but not while the client says that it runs.
      step: ({ allocation, server }) =>
        (allocation.at('record.terminal', 'record.unknown.stopping') ||
          (allocation.at('record.stopping') && isPending(allocation))) &&
        server.at('leader')
          ? [allocation.gets('isCollected')]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'EvalDelete', allocs: [alloc] } }],
      waitsFor: 'timer',
    }),
  );
}

/** Its client has not said that it runs. */
const isPending = (of: AllocationView): boolean => of.at('client.waiting', 'client.claiming', 'client.mounting');
