import type { Incident } from './incident.ts';

/** Each waits for the other. */
export const N36: Incident = {
  key: 'N36',
  name: 'canary-vs-single-writer',
  title: 'a canary waits for a claim whose holder waits for the canary',
  references: ['#13380 (2022-06, open)', 'PR #13449 (closed unmerged)'],
  story:
    'An allocation holds the only claim to write. Its canary is placed beside it and refused the claim; the old allocation is stopped when the canary is healthy, which it never is.',
  affected: ['nomad-1.3.0', 'nomad-2.0.5'],
  scope: {
    name: 'incident-N36',
    says: 'one single-writer volume, two nodes, an allocation and its canary',
    volumes: [{ name: 'v1' }],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1', stays: true },
      { name: 'a2', volume: 'v1', node: 'n2', canaryOf: 'a1', stays: true },
    ],
    watchersStay: true,
    topFaults: 0,
    faults: {},
  },
  faults: 0,
  promise: 'claimsAreGranted',
  trigger: [
    'client mounts the volume and starts the task (v1/a1)',
    'client is refused a claim: volume max claims reached (v1/a2)',
  ],
  fixed: ['nomad-2.0.5+refuse-canary'],
  workaround: 'No canaries for single-writer volumes.',
  leavesOut: 'No release fixes it: the design that passes is the validation that was proposed and not merged.',
};
