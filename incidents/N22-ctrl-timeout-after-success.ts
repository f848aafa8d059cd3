import type { Incident } from './incident.ts';

/** Done, and not known to be done. */
export const N22: Incident = {
  key: 'N22',
  name: 'ctrl-timeout-after-success',
  title: 'a detach whose answer is lost is never finished',
  references: ['#7629 (2020-04-04, 0.11 beta)', '#7782', '#7794', '#7840 (fixes)'],
  story:
    'The controller detaches and its answer never arrives. The claim is not released, nothing of the progress was kept, and nobody comes back to it.',
  affected: ['nomad-0.11.1'],
  scope: {
    name: 'incident-N22',
    says: 'one volume, one node, one allocation; one answer is lost',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { replyLost: 1 },
    events: ['jobStopped'],
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: ['server asks the controller to detach', 'world loses the reply of a detach'],
  fixed: ['nomad-0.11.2'],
  workaround: 'None named.',
  leavesOut: 'The releases of 0.11.1 ran as evaluations with three tries each; here a watcher makes one.',
};
