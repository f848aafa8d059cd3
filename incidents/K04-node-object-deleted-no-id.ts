import type { Incident } from './incident.ts';

/** N01 in another orchestrator. */
export const K04: Incident = {
  key: 'K04',
  name: 'node-object-deleted-no-id',
  title: 'a node object is deleted, and with it the name that a detach needs',
  references: ['kubernetes-csi/external-attacher #83 (2018-10-19)', 'external-attacher #86 (fix)', '#299', '#336'],
  story:
    "A node's object is deleted before its volumes are detached. The attacher needs the driver's name of the node from that object, and every detach fails from then on.",
  affected: ['kubernetes-attacher-before-86'],
  scope: {
    name: 'incident-K04',
    says: 'one volume, one node, one pod; the machine goes down and its object is deleted',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { nodeDown: 1 },
    events: ['nodeCollected', 'jobStopped'],
  },
  faults: 1,
  promise: 'everyAttachmentIsReleased',
  trigger: [
    'provider attaches',
    'world takes a machine down',
    'server marks an allocation lost',
    'server collects a node',
    'watcher starts to unpublish',
  ],
  fixed: ['kubernetes-attacher-86'],
  workaround: 'None named.',
  leavesOut:
    "The two objects and their finalizers; the name is kept with the claim, as Nomad's releases before 1.3.0 do.",
};
