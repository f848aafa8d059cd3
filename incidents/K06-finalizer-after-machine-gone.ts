import type { Incident } from './incident.ts';

/** What the driver does not know is not detached. */
export const K06: Incident = {
  key: 'K06',
  name: 'finalizer-after-machine-gone',
  title: 'a machine is gone, and the driver takes that for an error',
  references: [
    'kubernetes/kubernetes #72335 (2018-12)',
    'openstack #1003 (2020-04-01)',
    'vsphere #221',
    '#359',
    '#561 (fix in the driver)',
  ],
  story:
    'A machine and its node are gone. The driver answers a detach with node not found, which is an error, so the finalizer of the VolumeAttachment stays, and the volume with it.',
  affected: ['kubernetes-attacher-before-86'],
  scope: {
    name: 'incident-K06',
    says: 'one volume, one node, one pod; the machine goes down and its object is deleted',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { nodeDown: 1 },
    events: ['nodeCollected', 'jobStopped'],
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: ['provider attaches', 'world takes a machine down', 'server collects a node'],
  fixed: ['kubernetes-attacher-unknown-is-detached'],
  workaround: 'Edit the finalizer away.',
  leavesOut: 'A cache of nodes that is late, with which the fix would say detached of what is attached.',
};
