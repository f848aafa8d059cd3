import type { Incident } from './incident.ts';

/** Variant (b) of its thread: the watcher of a volume that is gone. */
export const N07: Incident = {
  key: 'N07',
  name: 'ctrl-detach-nil-alloc-panic',
  title: 'a watcher that finds its volume gone takes the leader down',
  references: ['#15095 (2022-11-01, 1.4.2)', '#15101 (fix)', '#15478 (1.4.1+ent)', '#15518', '#8730 (0.12.3)'],
  story:
    "A collection writes to a volume and wakes its watcher, and the volume is deregistered before the watcher reads it. The watcher uses what it found without asking whether it found anything, and the leader's process ends.",
  affected: ['nomad-1.4.2'],
  scope: {
    name: 'incident-N07',
    says: 'one volume, one node, one allocation; an operator deregisters the volume by force',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 0,
    faults: { leaderChange: 1 },
    events: ['jobStopped', 'volumeDeregisteredByForce'],
  },
  faults: 0,
  promise: 'leaderOutlivesItsVolumes',
  trigger: [
    'server collects claims as time passes',
    'watcher takes a notice',
    'operator deregisters the volume by force',
  ],
  fixed: ['nomad-1.4.4', 'nomad-2.0.5'],
  workaround: 'None.',
  leavesOut:
    'Variants (a), a reader of a claim whose allocation is gone, and (c), a client whose plugin crashed before it registered.',
};
