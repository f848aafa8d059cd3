import type { Mechanism } from './mechanism.ts';

const detaching = [
  'server asks the controller to detach',
  'provider detaches',
  'provider refuses to detach',
  'provider goes away under a call',
  'provider goes away under a call, answers true late',
  'provider goes away under a call, answers false late',
  'world fails a detach',
  'world loses the reply of a detach',
];
const nodeSteps = [
  'server skips the node step',
  'server takes the node step for done',
  'server checkpoints the node step',
  'server finds the node unknown, which is as good as done',
];

/** How a claim is released: server.md section 3. */
export const ofUnpublish: readonly Mechanism[] = [
  {
    at: '3 callers',
    says: 'a client, the watcher and an operator may call it; nothing keeps one call for a claim from running beside another',
    rules: [
      'server takes up an Unpublish',
      'watcher starts to unpublish',
      'operator is refused a detach',
      'operator asks in vain for a detach',
      'operator asks for a detach from no volume',
    ],
  },
  {
    at: '3.1 U0',
    says: 'the leader asks who calls: a client for the pool of its node, a watcher for the token it was given',
    rules: [
      'client sends Unpublish in vain',
      'watcher is denied its own Unpublish',
      'server has no leader for an Unpublish',
    ],
    changes: ['renew-token'],
    leftOut: 'policies and other tokens: who calls here may, as far as its node and its leader are known',
  },
  {
    at: '3.1 U1',
    says: 'the volume is read once, and the copy decides all that follows',
    rules: ['server takes up an Unpublish', 'watcher starts to unpublish'],
  },
  {
    at: '3.1 U2',
    says: "the claim's state is written as it is",
    rules: ['server takes up an Unpublish', 'watcher starts to unpublish'],
    changes: ['checkpoint-on-entry'],
  },
  {
    at: '3.1 U3',
    says: 'what is node-detached goes to the controller at once',
    rules: ['watcher starts to unpublish', 'server takes up an Unpublish'],
    leftOut: 'claims that begin controller-detached or ready to free: nobody sends one',
  },
  {
    at: '3.1 U4',
    says: 'the node step; if it fails the call ends with what was written so far',
    rules: [...nodeSteps, 'server cannot reach the node', 'client fails to unmount for the servers'],
  },
  {
    at: '3.1 U5',
    says: 'the controller step; if it fails the claim stays node-detached',
    rules: ['server finds no such plugin', 'server finds no controller to ask', ...detaching],
  },
  {
    at: '3.1 U6',
    says: 'the claim is written ready to free, and the caller answered',
    rules: ['server frees the claim', 'server frees the claim without a controller step'],
  },
  {
    at: '3.1 writes',
    says: 'every write on the way moves the index of the table, and so wakes the watcher of every volume',
    rules: ['server notifies the watcher', 'server writes the claim ready to free'],
  },
  {
    at: '3.2 N1',
    says: 'a node that is down or has no row is not called: its step counts as done',
    rules: ['server skips the node step'],
    changes: ['skip-down-node'],
    leftOut: 'nodes that are `initializing`, which are called like a ready one',
  },
  { at: '3.2 N2', says: 'the node step of one allocation, and its checkpoint', rules: nodeSteps },
  {
    at: '3.2 N3',
    says: 'without an allocation, all past claims of the node are stepped',
    leftOut: 'no caller comes that far since the write on entry refuses it (3.1 U2)',
  },
  {
    at: '3.2 trust',
    says: 'a claim without an access mode is taken for unmounted by its client, and no node is called',
    rules: ['server takes the node step for done'],
    changes: ['trust-unmounted'],
  },
  {
    at: '3.2 call',
    says: 'the node is called; that it is unknown counts as done, anything else as a failure',
    rules: [
      'server asks the node to unmount',
      'server cannot reach the node',
      'server finds the node unknown, which is as good as done',
      'world fails a node call',
      'world loses the reply of a node call',
    ],
    changes: ['tolerate-unknown-node'],
  },
  {
    at: '3.2 client',
    says: 'the client unpublishes, and unstages if it knows of no other user; what is gone already is as good as done',
    rules: [
      'client unmounts for the servers',
      'client fails to unmount for the servers',
      'client goes away under a node call, answers true late',
      'client goes away under a node call, answers false late',
    ],
    leftOut:
      "the client's count of users, which it loses when it or the plugin restarts: a host here knows who has mounted",
  },
  {
    at: '3.3 K1',
    says: 'a volume that needs no controller is ready to free',
    rules: ['server frees the claim without a controller step'],
  },
  { at: '3.3 K2', says: 'no row of the plugin: an error, and the claim stays', rules: ['server finds no such plugin'] },
  {
    at: '3.3 K3',
    says: 'a plugin without a registered controller counts as one that needs none: freed without a call',
    rules: ['server frees the claim without a controller step'],
  },
  {
    at: '3.3 K4',
    says: 'another allocation of the copy, not over by either word, still uses the volume on that node: freed without a call',
    rules: ['server frees the claim without a controller step'],
    changes: ['exclude-own-allocation'],
  },
  {
    at: '3.3 K5',
    says: "the node's row is gone: freed without a call",
    rules: ['server abandons the controller step', 'server finds no such node'],
    changes: ['abandon-unknown-node'],
  },
  {
    at: '3.3 K6',
    says: 'the row knows no node plugin: an error',
    rules: ['server finds no fingerprint of the node plugin'],
    leftOut: 'a name of the node that is no UUID',
  },
  {
    at: '3.3 K7',
    says: 'the controller cannot be asked or fails: an error',
    rules: [
      'server finds no controller to ask',
      'world fails a detach',
      'world loses the reply of a detach',
      'provider refuses to detach',
      'provider goes away under a call',
    ],
  },
  {
    at: '3.3 K8',
    says: "the controller's success, or that it knows no such volume or node, is written",
    rules: ['provider detaches', 'server writes the claim ready to free'],
  },
  {
    at: '3.3 lookup',
    says: "the copy's claims are asked for the node's name before its row",
    rules: ['server asks the controller to detach'],
    changes: ['claim-first'],
    leftOut: 'a plugin that is fingerprinted without having told its name',
  },
  {
    at: '3.4 lock',
    says: "one controller call at a time for each plugin, in no order; a waiter tries again whenever the lock is free, and a leader's shutdown ends its wait",
    rules: [
      "server waits for the plugin's lock",
      'server asks the controller to detach',
      'server asks the controller to attach',
      'server asks the controller about another volume',
      'provider answers about another volume',
      'world loses a call about another volume',
    ],
    changes: ['one-controller-call'],
  },
  {
    at: '3.4 leaders',
    says: 'each leader has its own lock: a former one may call beside the present',
    rules: [
      'world takes the leader away',
      'server asks the controller to detach',
      'server had asked the controller about another volume',
      'provider answers a former leader about another volume',
    ],
  },
  {
    at: '3.4 stale',
    says: 'nothing is asked again after the wait',
    rules: ["server waits for the plugin's lock", 'server asks the controller to detach'],
  },
  {
    at: '3.4 instance',
    says: 'healthy controllers on ready nodes are tried in order of their names, the next one only after some errors',
    rules: ['server finds no controller to ask'],
    leftOut: 'several controllers and the choice among them: a plugin here has one or none',
  },
  {
    at: '3.4 forwarded',
    says: 'a call for a client that another server holds goes through that server, and its answer is final',
    leftOut: 'connections of clients to single servers: the servers here are one',
  },
  {
    at: '3.5 kept',
    says: 'a checkpoint keeps the allocation, its node, the mode and the state',
    rules: ['server checkpoints the node step', 'server takes up an Unpublish'],
  },
  {
    at: '3.5 dropped',
    says: "a checkpoint drops the access and attachment modes and the provider's name of the node; the stored past claim has them no longer",
    rules: ['watcher starts to unpublish', 'server takes the node step for done'],
  },
  {
    at: '3.5 current',
    says: 'the current claim keeps its modes until it is ready to free, and nobody copies them back',
    rules: ['server takes the node step for done', 'server frees the claim'],
  },
  {
    at: '3.5 taken',
    says: 'a checkpoint in state taken does nothing while the claim is held, and would claim anew once it is not',
    leftOut: 'no caller of Nomad sends it',
  },
];
