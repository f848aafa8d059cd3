import type { Incident } from './incident.ts';

/** A job that never ran and still holds. */
export const N43: Incident = {
  key: 'N43',
  name: 'failed-job-purge-keeps-claim',
  title: 'a job that failed to mount and is purged keeps its claim',
  references: ['#8145 (2020-06-10, 0.11.3)', '#7625 (2020-04-04)', '#7605', '#7615'],
  story:
    'A job cannot mount its volume, fails, and is purged. Its allocation goes, its claim stays, and the volume cannot be deregistered.',
  affected: ['nomad-0.11.1'],
  scope: {
    name: 'incident-N43',
    says: 'one volume, one node, one allocation whose record is collected; the mount fails',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { rpcFailure: 1 },
    events: ['jobStopped', 'allocationCollected'],
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'client claims the volume',
    'world fails a mount',
    'operator stops the job',
    'server collects the record of an allocation',
  ],
  fixed: ['nomad-0.12.5'],
  workaround: 'None named.',
};
