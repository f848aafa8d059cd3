import type { Incident } from './incident.ts';

/** The loop that the whole model began with. */
export const N01: Incident = {
  key: 'N01',
  name: 'node-gc-hot-loop',
  title: 'a collected node that still holds a claim makes the leader spin',
  references: ['#25349 (2025-03-11)', '#25428 (fix)', '#25481 (backport to 1.9)'],
  story:
    "A node is collected while a claim of one of its allocations is still stored. The volume's watcher skips the node step, since the node has no row, and fails the controller step, since the provider's name of the node went with the row. Each pass begins by writing the claim's progress, and that write wakes the watcher again: 5 to 8 ms a turn in the field, on every leader.",
  affected: ['nomad-1.9.7'],
  scope: 'node-collected',
  faults: 1,
  promise: 'retriesAreBounded',
  half: 'perTick',
  trigger: [
    'client claims the volume',
    'world takes a machine down',
    'server misses the heartbeats of a node',
    'server marks an allocation lost',
    'server collects a node',
    'watcher starts to unpublish',
    'server skips the node step',
  ],
  fixed: ['nomad-1.10.0', 'nomad-2.0.5'],
  workaround: 'Deregister the volume by force and register it again; the attachment stays at the provider.',
  judges: ['register-again', 'deregister', 'deregister-by-force', 'node-back'],
};
