import type { Incident } from './incident.ts';

/** A task that cannot succeed and cannot end. */
export const N39: Incident = {
  key: 'N39',
  name: 'gc-eval-for-deregistered-volume',
  title: 'an evaluation for a volume that is gone is tried for ever',
  references: ['#8100 (2020-06-02, 0.11.2)', '#8021 (fix)', '#8579'],
  story:
    'A volume has an evaluation that is to collect its claims, and is deregistered. The evaluation fails, volume not found, is queued again, and outlives restarts; a leader that starts with many of them runs out of processor time.',
  affected: ['nomad-0.11.2'],
  scope: {
    name: 'incident-N39',
    says: 'one volume, one node, one allocation; an operator deregisters the volume by force',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 0,
    faults: {},
    events: ['jobStopped', 'volumeDeregistered', 'volumeDeregisteredByForce'],
  },
  faults: 0,
  promise: 'retriesAreBounded',
  trigger: [
    'client reports the end',
    'server makes an evaluation for a volume',
    'operator deregisters the volume by force',
  ],
  fixed: ['nomad-0.11.3'],
  workaround: 'None worked for the reporter.',
};
