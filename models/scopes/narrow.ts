import type { ScopeInput } from './scope.ts';

const oneOfEach = {
  volumes: [{ name: 'v1' }],
  nodes: ['n1'],
  allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
};

/** Small scopes in which one behaviour makes the difference. Nobody judges them unless they are named. */
export const narrow: readonly ScopeInput[] = [
  {
    name: 'machine-lost',
    says: 'one volume, one node, one allocation; the machine goes down and stays so, its node is not collected',
    cannotShow: 'anything after the node is collected or the machine is back',
    topFaults: 1,
    ...oneOfEach,
    faults: { nodeDown: 1 },
  },
  {
    name: 'machine-forgotten',
    says: 'one volume, one node, one allocation; the machine goes down and its node is collected',
    cannotShow: 'a machine that comes back',
    topFaults: 1,
    ...oneOfEach,
    faults: { nodeDown: 1 },
    events: ['nodeCollected'],
  },
  {
    name: 'record-collected',
    says: 'one volume, one node, one allocation; the machine goes down, the record of the allocation is collected',
    cannotShow: 'a node that is collected, or a machine that comes back',
    topFaults: 1,
    ...oneOfEach,
    faults: { nodeDown: 1 },
    events: ['allocationCollected'],
  },
  {
    name: 'calls-fail',
    says: 'one volume, one node, one allocation; calls of plugins fail',
    cannotShow: 'a machine or a leader that goes',
    topFaults: 1,
    ...oneOfEach,
    faults: { rpcFailure: true },
    events: ['jobStopped'],
  },
  {
    name: 'node-plugin-stops',
    says: 'one volume that needs no controller, one node, one allocation; the node plugin stops for good',
    cannotShow: 'a controller, or a plugin that comes back',
    topFaults: 1,
    ...oneOfEach,
    controllerRequired: false,
    faults: { pluginStops: 1 },
    events: ['jobStopped'],
  },
  {
    name: 'leader-changes',
    says: 'one volume, one node, one allocation; the leader loses office, no reply is lost',
    cannotShow: 'a call whose reply is lost, or a machine that goes with the leader',
    topFaults: 1,
    ...oneOfEach,
    faults: { leaderChange: true },
    events: ['jobStopped'],
  },
  {
    name: 'registered-again',
    says: 'one volume, one node, one allocation; operators register the volume again and again',
    cannotShow: 'a volume that is deregistered, or a fault',
    topFaults: 0,
    ...oneOfEach,
    events: ['volumeRegistered'],
  },
  {
    name: 'job-moves',
    says: 'one single-writer volume that needs no controller, two nodes; a job is stopped and starts on the other node',
    cannotShow: 'a controller, or a fault',
    topFaults: 0,
    volumes: [{ name: 'v1' }],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1' },
      { name: 'a2', volume: 'v1', node: 'n2', replaces: 'a1' },
    ],
    controllerRequired: false,
    events: ['jobStopped'],
  },
];
