import type { Incident } from './incident.ts';

/** An allocation in its own way. */
export const N18: Incident = {
  key: 'N18',
  name: 'failed-alloc-blocks-itself',
  title: 'the detach of a failed allocation is given up because of that allocation',
  references: ['#14484 (2022-09-08, fix)'],
  story:
    'An allocation fails and its client sends Unpublish before the servers know of the end. The controller step finds another allocation on the machine that still runs, which is the same one, skips the detach and frees the claim: the volume stays attached.',
  affected: ['nomad-1.3.5'],
  scope: {
    name: 'incident-N18',
    says: 'one volume, one node, one allocation that ends by itself',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 0,
    faults: {},
  },
  faults: 0,
  promise: 'everyAttachmentIsReleased',
  trigger: ['world ends the task', 'client sends Unpublish', 'server takes up an Unpublish', 'client reports the end'],
  fixed: ['nomad-1.3.16', 'nomad-2.0.5'],
  workaround: 'Wait until the volume is claimed and released on that machine again.',
};
