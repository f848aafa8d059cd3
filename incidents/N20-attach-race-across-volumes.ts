import type { Incident } from './incident.ts';

/** Two hands reach for one slot. */
export const N20: Incident = {
  key: 'N20',
  name: 'attach-race-across-volumes',
  title: 'two volumes are attached to one host at once, and one attach fails',
  references: [
    '#8336 (2020-07-02, 0.11.3)',
    '#15415 (2022-11-29, 1.4.1+ent)',
    'aws-ebs-csi-driver #528',
    '#17996 (fix)',
  ],
  story:
    'Two jobs with different volumes are placed on one host together. Two instances of the controller attach at once and choose the same device name; one of them fails, and with it an allocation that has nothing to do with the other.',
  affected: ['nomad-1.3.16'],
  scope: {
    name: 'incident-N20',
    says: "two volumes, one node, an allocation each; two attaches at once get in each other's way",
    volumes: [{ name: 'v1' }, { name: 'v2' }],
    nodes: ['n1'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1', stays: true },
      { name: 'a2', volume: 'v2', node: 'n1', stays: true },
    ],
    callsCollide: true,
    watchersStay: true,
    topFaults: 0,
    faults: {},
  },
  faults: 0,
  promise: 'callsNeverOverlap',
  trigger: ['client claims the volume (v1/a1)', 'client claims the volume (v2/a2)'],
  fixed: ['nomad-1.4.14'],
  workaround: 'Run a single controller.',
  leavesOut: 'What becomes of the claim of the allocation that failed: that is N08.',
};
