import type { Incident } from './incident.ts';

/** The big one. */
export const N08: Incident = {
  key: 'N08',
  name: 'gc-alloc-claim-orphan',
  title: 'a claim whose allocation was collected is kept for ever',
  references: ['#10927 (2021-07-22, 1.1.2)', '#10052 (2021-02-19, 1.0.0)', '#11890 (fix)'],
  story:
    "An allocation ends and its release is lost on the way: the plugin is down, the leader changes, or the call fails. Then the allocation's record is collected. The claim stays taken for somebody who does not exist, since only allocations with a record are looked at: placements are filtered, the volume lists no allocation, and deregistering says that it is in use.",
  affected: ['nomad-1.2.3', 'nomad-1.2.4'],
  scope: {
    name: 'incident-N08',
    says: 'one volume, one node, one allocation whose record is collected; one call fails',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { rpcFailure: 1 },
    events: ['allocationCollected', 'jobStopped'],
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'client mounts the volume and starts the task',
    'operator stops the job',
    'client sends Unpublish',
    'world fails a node call',
    'server collects the record of an allocation',
  ],
  fixed: ['nomad-1.2.6'],
  workaround: 'volume detach; deregister by force; some moved to a multi-writer mode.',
};
