import type { Incident } from './incident.ts';

/** A decision to leave, and a letter in the box. */
export const N11: Incident = {
  key: 'N11',
  name: 'watcher-exit-race',
  title: 'a watcher that is about to stop is told of new work, and nobody does it',
  references: ['#12439 (2022-04-04, fix)'],
  story:
    'A watcher finds nothing to release and decides to stop. In the same instant it is told of a write; the notice goes to somebody who is leaving, and the release waits for the next collection.',
  affected: ['nomad-1.2.6'],
  scope: {
    name: 'incident-N11',
    says: 'one volume, one node, one allocation; one call fails',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { rpcFailure: 1 },
    events: ['jobStopped'],
  },
  faults: 1,
  promise: 'noWakeupIsLost',
  trigger: ['watcher has nothing left to do', 'server notifies the watcher', 'watcher is gone'],
  fixed: ['nomad-1.3.0'],
  workaround: 'Wait for the next collection of claims.',
  leavesOut:
    "Since 1.3.0 the same window opens once in five idle minutes (a watcher's timer runs out): the fixed design passes because its watcher never leaves for want of work.",
};
