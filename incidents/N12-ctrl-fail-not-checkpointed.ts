import type { Incident } from './incident.ts';

/** A failure that left no trace. */
export const N12: Incident = {
  key: 'N12',
  name: 'ctrl-fail-not-checkpointed',
  title: "a client's release that fails at the controller is not tried again",
  references: ['#14675 (2022-09-27, fix)'],
  story:
    'A client unmounts and sends its Unpublish; the controller fails. A pass of the watcher that fails at the same step writes nothing, so nobody is woken again, and the volume is free only after the next collection of claims.',
  affected: ['nomad-1.3.5'],
  scope: {
    name: 'incident-N12',
    says: 'one volume, one node, one allocation; two calls fail; the watchers have enough to do not to leave',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 2,
    watchersStay: true,
    faults: { rpcFailure: 2 },
    events: ['jobStopped'],
  },
  faults: 2,
  promise: 'noWakeupIsLost',
  trigger: [
    'client unmounts the volume',
    'client sends Unpublish',
    'world fails a detach (v1/a1, client)',
    'world fails a detach (v1/a1, watcher)',
  ],
  fixed: ['nomad-1.3.16', 'nomad-2.0.5'],
  workaround: 'Wait for the next collection of claims.',
  leavesOut:
    "The end of the node step was written even then and wakes the watcher once, so it takes a failure of the client's call and one of the watcher's.",
};
