import type { Incident } from './incident.ts';

/** What is in memory is gone with its process. */
export const N09: Incident = {
  key: 'N09',
  name: 'leader-change-drops-reap',
  title: 'a release in flight is forgotten when the leader changes',
  references: ['#11776 (2022-01-05, fix)', '#10927'],
  story:
    "A watcher is in the middle of a release when its leader loses office, and the release fails. The new leader's watcher waits for the next change of the volume, and none comes.",
  affected: ['nomad-1.2.3'],
  scope: {
    name: 'incident-N09',
    says: 'one volume, one node, one allocation, no ACLs; the leader changes',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    acls: false,
    topFaults: 1,
    faults: { leaderChange: 1 },
    events: ['jobStopped'],
  },
  faults: 1,
  promise: 'noWakeupIsLost',
  trigger: [
    'server notifies the watcher',
    'watcher starts to unpublish',
    'world takes the leader away',
    'server elects a leader',
  ],
  fixed: ['nomad-1.2.4'],
  workaround: 'Wait for the next collection of claims, or write the volume.',
};
