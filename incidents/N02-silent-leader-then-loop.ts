import type { Incident } from './incident.ts';

/** The same loop, entered by a new leader. */
export const N02: Incident = {
  key: 'N02',
  name: 'silent-leader-then-loop',
  title: 'a new leader enters the loop that the last one was silent about',
  references: ['#15415 (comments of 2023-03-20 and 2023-03-24, 1.5.1)', '#25428 (fix)'],
  story:
    'An allocation that held a claim ends, its record and its node are collected, and the leader neither logs nor does anything about it. An operator stops the leader; the new one makes a pass over every volume as it starts, and spins: 5 ms a turn.',
  affected: ['nomad-1.5.17', 'nomad-1.9.7'],
  scope: {
    name: 'incident-N02',
    says: 'one volume, one node, one allocation; the machine goes down, records and node are collected, the leader changes',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 2,
    faults: { nodeDown: 1, leaderChange: 1 },
    events: ['nodeCollected', 'allocationCollected'],
  },
  faults: 2,
  promise: 'retriesAreBounded',
  half: 'perTick',
  trigger: [
    'client claims the volume',
    'server marks an allocation lost',
    'server collects the record of an allocation',
    'server collects a node',
    'world takes the leader away',
    'server elects a leader',
    'watcher starts to unpublish',
    'server skips the node step',
  ],
  fixed: ['nomad-1.10.0'],
  workaround: 'A failover only makes the loop visible; then as N01.',
  leavesOut: 'Why the first leader was silent is not told in the thread; only the loud phase is reproduced.',
  judges: ['register-again', 'deregister', 'deregister-by-force', 'node-back'],
};
