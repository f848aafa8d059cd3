import type { ScopeInput } from './scope.ts';

const oneOfEach = {
  volumes: [{ name: 'v1' }],
  nodes: ['n1'],
  allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
};

/** The default scopes, smallest first. */
export const defaults: readonly ScopeInput[] = [
  {
    name: 'happy-path',
    says: 'one volume, one node, one allocation; nothing fails',
    cannotShow: 'anything that needs a fault, a second volume or a second allocation',
    topFaults: 0,
    ...oneOfEach,
    events: ['jobStopped'],
  },
  {
    name: 'node-collected',
    says: 'one volume, one node, one allocation; the machine goes down, its node is collected and comes back; one call fails',
    cannotShow: 'a replacement that waits for the claim, a partition, or what a second volume suffers meanwhile',
    topFaults: 2,
    ...oneOfEach,
    faults: { nodeDown: true, rpcFailure: 1 },
    events: ['jobStopped', 'nodeBack', 'nodeCollected'],
  },
  {
    name: 'partition',
    says: 'one volume, one node, one allocation; the agent is cut off while the task runs on, or restarts, and comes back',
    cannotShow: 'a second allocation that writes meanwhile, or a machine that is really gone',
    topFaults: 2,
    ...oneOfEach,
    faults: { cutOff: true, agentRestart: true },
    events: ['jobStopped', 'nodeBack', 'nodeCollected'],
  },
  {
    name: 'failover',
    says: 'one volume, one node, one allocation; the leader changes and replies are lost',
    cannotShow: 'a node that goes with the leader, or a call that outlives two leaders',
    topFaults: 2,
    ...oneOfEach,
    faults: { leaderChange: true, replyLost: true },
    events: ['jobStopped'],
  },
  {
    name: 'acls-disabled',
    says: "as node-collected, with ACLs disabled, which is Nomad's default",
    cannotShow: 'a busy cluster, in which the writes of other volumes wake the watcher',
    topFaults: 2,
    ...oneOfEach,
    acls: false,
    faults: { nodeDown: true, rpcFailure: 1 },
    events: ['jobStopped', 'nodeBack', 'nodeCollected'],
  },
  {
    name: 'plugin-removed',
    says: 'one volume, one node, one allocation; the node plugin or the controller plugin stops, is collected, comes back',
    cannotShow: 'a plugin that another volume still needs, or a node that goes with it',
    topFaults: 2,
    ...oneOfEach,
    faults: { pluginStops: true },
    events: ['jobStopped', 'pluginBack'],
  },
];
