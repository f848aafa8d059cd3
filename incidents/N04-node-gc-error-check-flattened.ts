import type { Incident } from './incident.ts';

/** A test that was right in one process and wrong across two. */
export const N04: Incident = {
  key: 'N04',
  name: 'node-gc-error-check-flattened',
  title: 'the error of a node that is gone is not recognised, and its claims are never freed',
  references: ['#12346 (2022-03-22, 1.2.6)', '#12350 (fix)'],
  story:
    'Client hosts are replaced without a drain; their nodes go down and are collected. The servers ask a node that has no row to unmount, and the answer, which says so, is compared by identity after it went through a call that flattens errors. So it counts as a failure, for every volume of the cluster, for ever.',
  affected: ['nomad-1.2.6'],
  scope: 'node-collected',
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'world takes a machine down',
    'server marks an allocation lost',
    'server collects a node',
    'watcher starts to unpublish',
  ],
  fixed: ['nomad-1.2.6+tolerate-unknown-node', 'nomad-1.10.0'],
  workaround: 'Stop all jobs, deregister all volumes by force, register them again.',
  leavesOut:
    'The releases from 1.3.0 to 1.9.7 pass this step and fail the next one (N01): they forgot how to name the node to the provider.',
};
