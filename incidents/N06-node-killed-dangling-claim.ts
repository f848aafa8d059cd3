import type { Incident } from './incident.ts';

/** Everything is gone but the claim. */
export const N06: Incident = {
  key: 'N06',
  name: 'node-killed-dangling-claim',
  title: 'a machine and its records vanish, and the claim stays',
  references: ['#8683 (2020-08-17, 0.12.1)', '#8852 (2020-09-09, 0.12.3)', '#8730', '#11890 (fix)'],
  story:
    'A machine is killed. Its allocation and its node are collected, and the claim remains: a new version of the job cannot be placed, and deregistering the volume is refused every two seconds.',
  affected: ['nomad-0.12.5'],
  scope: {
    name: 'incident-N06',
    says: 'one volume, one node, one allocation; the machine goes down, its records are collected, an operator deregisters the volume',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { nodeDown: 1 },
    events: ['nodeCollected', 'allocationCollected', 'volumeDeregistered'],
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'client claims the volume',
    'world takes a machine down',
    'server collects the record of an allocation',
    'server collects a node',
    'operator is refused a deregistration',
  ],
  fixed: ['nomad-1.10.0'],
  workaround: 'volume detach with the full ID of the node; deregister by force.',
  leavesOut:
    'The field called it fixed with 1.2.5; in the model it takes the step that passes over a node without a row as well (N04, N01).',
};
