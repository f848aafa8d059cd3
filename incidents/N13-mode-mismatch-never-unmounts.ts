import type { Incident } from './incident.ts';

/** A path with the wrong name. */
export const N13: Incident = {
  key: 'N13',
  name: 'mode-mismatch-never-unmounts',
  title: 'a volume is unmounted in a mode in which it was never mounted',
  references: ['#11932 (2022-01-27, fix)', '#10927', '#9259 (2020-11-04, 0.12.5)', '#9323'],
  story:
    "An allocation claims a volume in one mode; its job is run again at once in another. The release of the first takes the volume's mode of now, whose path was never mounted, and the unmount fails for ever.",
  affected: ['nomad-1.2.4'],
  scope: {
    name: 'incident-N13',
    says: 'one volume that needs no controller, one node, an allocation that writes and its replacement that reads and goes on',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n1', replaces: 'a1', mode: 'read', stays: true },
    ],
    controllerRequired: false,
    topFaults: 0,
    faults: {},
    events: ['jobStopped'],
  },
  faults: 0,
  promise: 'everyClaimIsReleased',
  trigger: [
    'client mounts the volume and starts the task (v1/a1)',
    'operator stops the job (a1)',
    'server writes the claim of what is attached (v1/a2)',
  ],
  fixed: ['nomad-1.2.6'],
  workaround: 'Restore the plugin; volume detach.',
};
