/** The kinds of fault that cost one of a scope's budget each, and what each is. */
export const faultKinds = {
  nodeDown: 'a machine goes down with all that runs on it',
  cutOff: 'an agent is cut off from the servers while its tasks run on',
  agentRestart: 'an agent stops and starts again while its tasks run on',
  rpcFailure: 'a call of a plugin fails',
  replyLost: 'a call takes effect and its reply is lost',
  pluginStops: 'a plugin stops',
  leaderChange: 'the leader loses office',
} as const satisfies Record<string, string>;

/** A kind of fault. */
export type FaultKind = keyof typeof faultKinds;

/** What may also happen in a scope and costs nothing: collection, recovery, operators. */
export const freeEvents = {
  nodeBack: 'a machine or an agent comes back',
  nodeCollected: 'a node that is down is collected',
  allocationCollected: 'the record of an allocation that is over is collected',
  pluginBack: 'a plugin that stopped comes back',
  jobStopped: 'a job is stopped by its owner',
  volumeRegistered: 'an operator registers a volume that is registered already, or anew',
  volumeDeregistered: 'an operator deregisters a volume',
  volumeDeregisteredByForce: 'an operator deregisters a volume by force',
  systemGC: 'an operator has everything collected that can be',
  volumeDetached: 'an operator asks for a volume to be detached from a node',
  nodePurged: 'an operator purges a node, whatever its status',
  pluginDeleted: 'an operator deletes the plugin, in use or not',
  nodeDrained: 'an operator drains a node',
} as const satisfies Record<string, string>;

/** A kind of free event. */
export type FreeEvent = keyof typeof freeEvents;
