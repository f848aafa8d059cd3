import type { Incident } from './incident.ts';

/** The ladder goes before the painter. */
export const N14: Incident = {
  key: 'N14',
  name: 'drain-kills-node-plugin-first',
  title: 'a drain stops the node plugin before the volume is unmounted',
  references: [
    '#8080 (2020-05-30, 0.11.2)',
    '#8232 (2020-06-20, 0.11.3)',
    '#8057',
    '#11614',
    '#8580',
    '#12324 (fixes)',
  ],
  story:
    'A node is drained with its system jobs. The allocation and the node plugin are stopped together; the servers then ask the node to unmount and are told that there is no such plugin. The host goes away, and the volume stays attached to it: two weeks in one report.',
  affected: ['nomad-0.11.3'],
  scope: {
    name: 'incident-N14',
    says: 'one volume, one node, one allocation; the node is drained and its machine goes away',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { nodeDown: 1 },
    events: ['nodeDrained'],
  },
  faults: 1,
  promise: 'everyAttachmentIsReleased',
  trigger: [
    'client mounts the volume and starts the task',
    'operator drains a node',
    'server stops the plugin of a drained node',
    'server asks the node to unmount',
    'client fails to unmount for the servers',
  ],
  fixed: ['nomad-1.3.5', 'nomad-2.0.5'],
  workaround: 'Drain with the system jobs ignored, then drain again; several controllers on several hosts.',
  leavesOut: 'The variant in which the drain cancels a controller in the middle of a call.',
};
