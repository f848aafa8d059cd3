import type { Incident } from './incident.ts';

/** First attached, then asked. */
export const N17: Incident = {
  key: 'N17',
  name: 'publish-overtakes-unpublish',
  title: 'a volume is attached and mounted elsewhere while its old holder still has it',
  references: ['#12387 (2022-03-29, fix)', '#12112', '#12113 (2022-02-24)', '#8609 (2020-08-07)'],
  story:
    "A drain moves an allocation. Its replacement is placed before the first one's claim is free; claims of the same job are not counted, and the claim is written only after the controller was asked to attach. So the attach for the second meets the detach for the first.",
  affected: ['nomad-1.2.6'],
  scope: {
    name: 'incident-N17',
    says: 'one single-writer volume, two nodes, an allocation and its replacement that goes on',
    volumes: [{ name: 'v1' }],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n2', replaces: 'a1', stays: true },
    ],
    watchersStay: true,
    topFaults: 0,
    faults: {},
    events: ['jobStopped'],
  },
  faults: 0,
  promise: 'singleWriter',
  trigger: [
    'client mounts the volume and starts the task (v1/a1)',
    'operator stops the job (a1)',
    'client claims the volume (v1/a2)',
    'provider attaches (v1/a2)',
  ],
  fixed: ['nomad-1.3.0'],
  workaround: 'Let the second allocation be rescheduled.',
  leavesOut: 'A provider that refuses the second attach: here it obeys, and the volume is mounted twice.',
};
