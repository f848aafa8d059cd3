/** What a party owes: the rules that it does not put off for ever once they are possible. */
export interface Owed {
  readonly who: 'client' | 'server' | 'watcher' | 'provider' | 'world';
  /** The assumption, as a sentence. */
  readonly owes: string;
  readonly rules: readonly string[];
}

/**
 * Every fairness assumption, an obligation of somebody each. Faults, operators and the collection of allocations'
 * records are owed by nobody. A test holds that these are exactly the fair actions.
 */
export const fairness: readonly Owed[] = [
  {
    who: 'client',
    owes: 'a client that runs and reaches the servers claims, mounts, ends and unmounts as it is told, and says so',
    rules: [
      'client claims the volume',
      'client is refused a claim: volume is currently unschedulable',
      'client is refused a claim: volume not found',
      'client is refused a claim for good: volume max claims reached',
      'client gives up before it claimed',
      'client mounts the volume and starts the task',
      'client finds no plugin to mount with',
      'client ends the task as told',
      'client reports the end',
      'client reports an unknown task as running',
      'client unmounts the volume',
      'client finds no plugin to unmount with',
      'client unmounts the volume at last',
      'client gives up unmounting',
      'client sends Unpublish',
      'client sends Unpublish in vain',
      'client leaves the unmount to the servers',
      'client holds Unpublish back',
    ],
  },
  {
    who: 'client',
    owes: 'a node plugin that runs answers a call, and its agent registers it with the servers',
    rules: [
      'client unmounts for the servers',
      'client fails to unmount for the servers',
      'client finds nothing mounted in that mode',
      'client registers a collected node anew',
      'client fingerprints its node plugin',
    ],
  },
  {
    who: 'server',
    owes: 'an Unpublish and a Claim that a leader took up go on from step to step until they end',
    rules: [
      'server takes up an Unpublish',
      'server skips the node step',
      'server takes the node step for done',
      'server asks the node to unmount',
      'server cannot reach the node',
      'server finds the node unknown, which is as good as done',
      'server checkpoints the node step',
      'server frees the claim without a controller step',
      'server finds no such plugin',
      'server finds no fingerprint of the node plugin',
      'server finds no such node',
      'server abandons the controller step',
      "server waits for the plugin's lock",
      'server writes the claim ready to free',
      'server frees the claim',
      'server needs no controller to attach',
      'server fails to publish',
      'server writes the claim of what is attached',
      'server is refused the claim of what is attached',
      'server has no leader to write the claim of what is attached',
      'server refuses a registration',
      'server writes the registration',
      'server refuses to register a volume in use',
    ],
  },
  {
    who: 'server',
    owes: "whoever waits for the plugin's lock gets it in the end, if it is free again and again (strong fairness)",
    rules: [
      'server asks the controller to detach',
      'server finds no controller to ask',
      'server asks the controller to attach',
    ],
  },
  {
    who: 'server',
    owes: 'a leader is elected, silent nodes are noticed, and collected if they stay so, lost allocations are marked, and claims are collected as time passes',
    rules: [
      'server elects a leader',
      'server misses the heartbeats of a node',
      'server hears from a node again',
      'server marks an allocation lost',
      'server takes a silent node for disconnected',
      'server marks an allocation unknown',
      'server gives a disconnected node up',
      'server lets an unknown allocation expire',
      'server collects a node',
      'server fails to collect a node: csi_plugins missing plugin',
      'server makes an evaluation for a volume',
      'server collects the claims of an evaluation',
      'server fails an evaluation: volume not found',
      'server crashes on a volume that is gone',
      'server stops the plugin of a drained node',
      'server promotes a canary and stops what it replaces',
      'server refuses the job of a canary',
      'server collects claims as time passes',
      'server is denied its own collection of claims',
    ],
  },
  {
    who: 'server',
    owes: 'a system gc that a worker took up goes on from stage to stage until it is done or fails',
    rules: [
      'server reaps the records of allocations',
      'server reaps the plugin',
      'server collects the claims that a snapshot showed',
      'server is denied a stage of its own collection',
      'server reaps a node that a snapshot showed down',
    ],
  },
  {
    who: 'server',
    owes: 'the leader tells the watchers of writes to the volume table, as far as a full channel lets it',
    rules: ['server notifies the watcher'],
  },
  {
    who: 'watcher',
    owes: 'the watchers take their notices and make their passes',
    rules: [
      'watcher takes a notice',
      'watcher starts a pass',
      'watcher starts to unpublish',
      'watcher is denied its own Unpublish',
      'watcher has nothing left to do',
      'watcher is gone',
    ],
  },
  {
    who: 'provider',
    owes: 'a controller that is registered answers a call',
    rules: [
      'provider attaches',
      'provider detaches',
      'provider refuses to detach',
      'provider goes away under a call',
      'provider validates the volume',
    ],
  },
  { who: 'world', owes: 'time passes', rules: ['world lets time pass'] },
];
