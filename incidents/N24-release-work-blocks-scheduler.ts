import type { Incident } from './incident.ts';

/** A worker in the queue of a provider. */
export const N24: Incident = {
  key: 'N24',
  name: 'release-work-blocks-scheduler',
  title: "a release that waits for its provider keeps a scheduler's worker",
  references: ['#7794 (2020-04-30, fix)', '#8021', '#7632'],
  story:
    'Many allocations end, and each release is an evaluation in which a worker of the scheduler waits for the controller. With all workers waiting, nothing else is scheduled.',
  affected: ['nomad-0.11.1'],
  scope: {
    name: 'incident-N24',
    says: 'one volume whose provider never answers a detach, two nodes, two allocations; a machine goes down',
    volumes: [{ name: 'v1', access: 'multi-node-multi-writer', neverAnswers: true }],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n2' },
    ],
    topFaults: 1,
    faults: { nodeDown: 1 },
    events: ['jobStopped'],
  },
  faults: 1,
  promise: 'schedulingGoesOn',
  trigger: ['server asks the controller to detach (v1/a1)', 'world takes a machine down (n2)'],
  fixed: ['nomad-0.11.2'],
  workaround: 'None named.',
  leavesOut: 'The model has one worker, where Nomad has one for each core.',
};
