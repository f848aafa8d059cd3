import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { type ModelAction, server } from '#models/note.ts';
import { isOver } from '#models/past.ts';
import { sources } from '#models/sources.ts';

/**
 * Before #16256 the collection of claims, and the check before a forced deregistration, read the stored row itself and not
 * a copy: what is past on reading is past in the store from then on, and no log entry says so.
 */
export function readingStored(cluster: Cluster): ModelAction[] {
  const { behaviours, claims: parts, server: servers } = cluster;
  if (behaviours.collectionReads === 'aCopy' || cluster.byHand) return [];
  return [
    server('reads stored rows for a collection', {
      of: '',
      source: sources.claimGC,
      fairness: 'none',
      participants: {
        server: servers,
        claims: parts.map((part) => part.claim),
        allocations: parts.map((part) => part.allocation),
      },
      step: ({ server, claims, allocations }) => {
        const past = claims.filter((one, i) => {
          const of = allocations[i];
          return of !== undefined && one.at('taken') && isOver(of, behaviours);
        });
        return server.at('leader') && past.length > 0 ? past.map((one) => one.gets('becamePast')) : disabled;
      },
      waitsFor: 'timer',
    }),
  ];
}
