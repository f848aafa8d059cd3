import type { Incident } from './incident.ts';

/** A stop that was asked for is not a stop. */
export const N27: Incident = {
  key: 'N27',
  name: 'server-terminal-treated-as-done',
  title: 'a volume is unmounted under a task that was told to stop and still runs',
  references: ['#24130 (2024-10-04, 1.8.2+ent)', '#25819 (2025-05, tried 1.10.0)', '#26831 (fix)'],
  story:
    'A job is stopped, and its task is still within its shutdown delay when the periodic collection of claims looks at the volume. The claim counts as past, since the servers want the allocation stopped, and the servers have the node unmount the volume under the running task, which then fails with I/O errors.',
  affected: ['nomad-1.9.7', 'nomad-1.10.0'],
  scope: 'happy-path',
  faults: 0,
  promise: 'volumeInUseIsNeverDetached',
  trigger: [
    'client mounts the volume and starts the task',
    'operator stops the job',
    'server collects claims as time passes',
    'watcher starts a pass',
    'server asks the node to unmount',
    'client unmounts for the servers',
  ],
  fixed: ['nomad-2.0.5'],
  workaround: 'Stop the job in full before it is started again.',
};
