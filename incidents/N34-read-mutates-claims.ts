import type { Incident } from './incident.ts';

/** A reader who writes. */
export const N34: Incident = {
  key: 'N34',
  name: 'read-mutates-claims',
  title: 'reading a volume for a collection changes the store',
  references: ['#16256 (2023-02-27, fix)', '#9239 (2020-11)'],
  story:
    'The collection of claims works out which are past on the stored row itself, not on a copy. Past claims appear that no log entry made, on one server and not on the others.',
  affected: ['nomad-1.4.4'],
  scope: {
    name: 'incident-N34',
    says: 'one volume, one node, one allocation; an operator may deregister the volume by force',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 0,
    faults: {},
    events: ['jobStopped', 'volumeDeregisteredByForce'],
  },
  faults: 0,
  promise: 'storeChangesByWritesOnly',
  trigger: ['client claims the volume', 'operator stops the job'],
  fixed: ['nomad-1.5.17', 'nomad-2.0.5'],
  workaround: 'None needed: no case of it in the field is known.',
};
