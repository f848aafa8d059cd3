import type { Incident } from './incident.ts';

/** N09 in another orchestrator. */
export const K07: Incident = {
  key: 'K07',
  name: 'restart-misses-pod-deletion',
  title: 'a controller that restarts never learns of what ended before',
  references: ['kubernetes/kubernetes #34242 (2016-10-06, 1.3.8)', '#42582 (1.4.8)', '#39732 (fix)'],
  story:
    'The controller is killed, pods end, and the new controller learns only of what happens from then on: their volumes stay attached for ever, or for half an hour.',
  affected: ['kubernetes-controller-before-39732'],
  scope: {
    name: 'incident-K07',
    says: 'one volume, one node, one pod; the controller changes',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { leaderChange: 1 },
    events: ['jobStopped'],
  },
  faults: 1,
  promise: 'everyAttachmentIsReleased',
  trigger: ['client reports the end', 'world takes the leader away', 'server elects a leader'],
  fixed: ['kubernetes-controller-39732'],
  workaround: 'Restart the controller again.',
};
