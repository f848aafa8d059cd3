import type { Incident } from './incident.ts';

/** Two who do the same. */
export const N26: Incident = {
  key: 'N26',
  name: 'duplicate-unpublish-noise',
  title: 'a node is asked twice to unmount what its client has unmounted',
  references: ['#11963 (2022-01-31)', '#11892', '#12102', '#12387 (fixes)'],
  story:
    "A client unmounts and sends its Unpublish. The servers ask the node to unmount all the same, once for the client's request and once more for the watcher's, which the first one's progress woke; the driver answers the second that an operation is in progress, and an error is logged although everything succeeds.",
  affected: ['nomad-1.2.6'],
  scope: {
    name: 'incident-N26',
    says: 'one volume, one node, one allocation; nothing fails',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 0,
    faults: {},
    events: ['jobStopped'],
  },
  faults: 0,
  promise: 'retriesAreBounded',
  about: 'nodeCalls',
  half: 'total',
  atMost: 1,
  trigger: ['client unmounts the volume', 'client sends Unpublish'],
  fixed: ['nomad-1.3.0', 'nomad-2.0.5'],
  workaround: 'None needed: the calls are idempotent.',
  leavesOut:
    'One call too many is still made in every release, where the watcher read the claim before the client wrote to it.',
};
