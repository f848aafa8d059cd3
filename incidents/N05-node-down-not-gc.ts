import type { Incident } from './incident.ts';

/** What cannot answer is asked for ever. */
export const N05: Incident = {
  key: 'N05',
  name: 'node-down-not-gc',
  title: 'a node that is down is asked to unmount, and its replacement waits',
  references: [
    '#12346 (2022-05-23, 1.3.0)',
    '#13264 (2022-06-06)',
    '#13416 (2022-06-17, 1.3.1)',
    '#13450 (2022-06-21)',
    '#13301 (fix)',
  ],
  story:
    'A host is powered off. Its allocation is marked lost and replaced, and the replacement is refused its claim, since the watcher cannot reach the node for the unmount that has to come first. It stays so until the node itself is collected, a day later.',
  affected: ['nomad-1.3.0'],
  scope: {
    name: 'incident-N05',
    says: 'one single-writer volume, two nodes, an allocation and its replacement; the first machine goes down and is not collected',
    volumes: [{ name: 'v1' }],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n2', replaces: 'a1' },
    ],
    topFaults: 1,
    faults: { nodeDown: 1 },
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'client mounts the volume and starts the task (v1/a1)',
    'world takes a machine down (n1)',
    'server misses the heartbeats of a node',
    'server marks an allocation lost (a1)',
    'client is refused a claim: volume max claims reached (v1/a2)',
    'watcher starts to unpublish (v1/a1)',
  ],
  fixed: ['nomad-1.3.5'],
  workaround: 'Drain a host before it is shut down; run nomad system gc.',
};
