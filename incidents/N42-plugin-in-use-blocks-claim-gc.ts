import type { Incident } from './incident.ts';

/** A refusal that ended more than it refused. */
export const N42: Incident = {
  key: 'N42',
  name: 'plugin-in-use-blocks-claim-gc',
  title: 'a forced collection stops at a plugin that is in use',
  references: ['#9141 (2020-10-21, fix)', '#17025 (2023-04-28, 1.5.3)', '#25432', '#20225', '#20555', '#11114'],
  story:
    'An operator runs a forced collection, and a worker that is not on the leader is told that a plugin is in use. The refusal, which is expected, comes in other words after it was forwarded, so it counts as an error and ends the run before it comes to claims and nodes.',
  affected: ['nomad-0.12.5'],
  scope: {
    name: 'incident-N42',
    says: 'one volume, one node, one allocation; the machine goes down and an operator has everything collected',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { nodeDown: 1 },
    events: ['systemGC'],
  },
  faults: 1,
  promise: 'collectionIsNeverBlocked',
  about: 'system gc',
  trigger: ['server marks an allocation lost', 'operator runs a system gc'],
  fixed: ['nomad-1.0.0'],
  workaround: 'None named.',
  leavesOut: 'That it depends on which server the worker runs; the later thread, in which the refusal is only logged.',
};
