import type { Incident } from './incident.ts';

/** A success without an effect. */
export const N44: Incident = {
  key: 'N44',
  name: 'deregister-refused-after-detach',
  title: 'a volume that was detached with success cannot be deregistered',
  references: ['#8949 (2020-09-23, 0.12.5)', '#9230 (2020-10-30)', '#8285 (2020-06-25)', '#8251', '#8252', '#8641'],
  story:
    'A job is stopped and its release fails. An operator detaches the volume, which is said to have worked, and deregisters it, which is refused: it is in use. The detach looks at past claims only, and this one is not past.',
  affected: ['nomad-0.12.5'],
  scope: {
    name: 'incident-N44',
    says: 'one volume, one node, one allocation whose record is collected; a call fails; an operator detaches the volume and deregisters it',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { rpcFailure: 1 },
    events: ['jobStopped', 'allocationCollected', 'volumeDeregistered', 'volumeDetached'],
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'operator stops the job',
    'world fails a node call',
    'server collects the record of an allocation',
    'operator detaches a volume that has no past claim',
    'operator is refused a deregistration',
  ],
  fixed: ['nomad-1.2.6'],
  workaround: 'Deregister by force.',
};
