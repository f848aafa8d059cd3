import type { Incident } from './incident.ts';

/** Two operations on one mount. */
export const N28: Incident = {
  key: 'N28',
  name: 'node-rpc-interleaving',
  title: 'a volume is mounted while a call unmounts it on the same machine',
  references: ['#26832 (2025-09-25, fix)', '#15197 (2022-11-10, 1.4.2)', 'ceph-csi #3511'],
  story:
    'Two allocations of one volume on one node stop and start together. The mount for the second comes while a call of the servers for the first is under way; the driver answers that an operation with the volume exists, and the allocation fails.',
  affected: ['nomad-1.10.0'],
  scope: {
    name: 'incident-N28',
    says: "one multi-writer volume that needs no controller, one node, an allocation and its replacement that goes on; two operations at once get in each other's way",
    volumes: [{ name: 'v1', access: 'multi-node-multi-writer' }],
    nodes: ['n1'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n1', replaces: 'a1', stays: true },
    ],
    controllerRequired: false,
    callsCollide: true,
    watchersStay: true,
    topFaults: 0,
    faults: {},
    events: ['jobStopped'],
  },
  faults: 0,
  promise: 'callsNeverOverlap',
  about: 'not mounted',
  trigger: [
    'operator stops the job (a1)',
    'client claims the volume (v1/a2)',
    'server asks the node to unmount (v1/a1)',
  ],
  fixed: ['nomad-1.11.3'],
  workaround: 'Restart the allocation.',
};
