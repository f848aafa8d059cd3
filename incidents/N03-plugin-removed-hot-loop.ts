import type { Incident } from './incident.ts';

/** The same loop, fed by a plugin that is gone. */
export const N03: Incident = {
  key: 'N03',
  name: 'plugin-removed-hot-loop',
  title: 'a plugin that was removed before its claims makes the leader spin',
  references: ['#16728 (2023-03-30, open)', '#25428 (the limiter)'],
  story:
    'The job of the storage plugin is stopped while claims are still stored, and the plugin is collected. Every pass of the watcher writes the progress of the claim, finds no such plugin, and is woken by its own write. Since 1.10.0 a limiter lets one pass a second through; nothing makes the wait grow.',
  affected: ['nomad-1.9.7'],
  scope: 'plugin-removed',
  faults: 2,
  promise: 'retriesAreBounded',
  half: 'perTick',
  trigger: [
    'client claims the volume',
    'server removes the last controller',
    'server collects the plugin',
    'watcher starts to unpublish',
    'server finds no such plugin',
  ],
  fixed: ['nomad-1.10.0'],
  workaround: 'Register the plugin again: the claims are then released by themselves.',
  leavesOut: 'Only the loop without a wait is fixed: one pass a second goes on for ever in every release.',
};
