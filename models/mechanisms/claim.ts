import type { Mechanism } from './mechanism.ts';

const refusals = [
  'client is refused a claim: volume max claims reached',
  'client is refused a claim for good: volume max claims reached',
  'client is refused a claim: volume is currently unschedulable',
  'client is refused a claim: volume not found',
];

/** How a volume is claimed: server.md section 2. */
export const ofClaims: readonly Mechanism[] = [
  {
    at: '2 step 1',
    says: 'the leader alone answers; a request without a volume is refused, and a claim that names no node gets that of its allocation',
    leftOut: 'requests that are malformed or come from nobody who may ask: clients here know what they may ask for',
  },
  {
    at: '2 step 2',
    says: 'the claim goes into Raft before anybody is asked to attach, and is refused there if the volume is full',
    rules: [
      'client claims the volume',
      ...refusals,
      'server writes the claim of what is attached',
      'server is refused the claim of what is attached',
      'server has no leader to write the claim of what is attached',
    ],
    changes: ['claim-first', 'count-every-claim'],
    leftOut: 'attachment modes: all claims on a volume want the same',
  },
  {
    at: '2 step 3a',
    says: 'volume and plugin are read anew for the attach; one that is gone by then fails it',
    rules: ['server fails to publish', 'server needs no controller to attach'],
  },
  {
    at: '2 step 3b',
    says: 'the attach fails for an allocation without a record',
    rules: ['server fails to publish'],
    leftOut: 'only in recordings: elsewhere a record outlives the claiming of its allocation',
  },
  {
    at: '2 step 3c',
    says: 'a plugin that needs no controller, or has none registered, is not asked: the claim is answered without an attach',
    rules: ['server needs no controller to attach'],
  },
  { at: '2 step 3d', says: "the attach fails where the node's row is gone", rules: ['server fails to publish'] },
  {
    at: '2 step 3e',
    says: "the provider's name of the node is looked up in its row, and kept for this request only",
    rules: ['server asks the controller to attach', 'server fails to publish'],
  },
  {
    at: '2 step 3f',
    says: "the controller is asked under the plugin's lock; it attaches, fails, or its answer is lost",
    rules: [
      'server asks the controller to attach',
      'provider attaches',
      'world fails an attach',
      'world loses the reply of an attach',
      'provider goes away under an attach',
      'provider goes away under an attach, answers true late',
      'provider goes away under an attach, answers false late',
    ],
    leftOut: 'that a client tries again after `FailedPrecondition`: a failed attach here fails its allocation',
  },
  {
    at: '2 step 4',
    says: 'whatever fails after the write, the claim stays in Raft until somebody unpublishes it',
    rules: ['server fails to publish', 'world fails an attach', 'world loses the reply of an attach'],
  },
  {
    at: '2.1 stored',
    says: "since claims are written first, no stored claim holds the provider's name of its node: it is always looked up in the node's row as it is by then",
    rules: [
      'server asks the controller to detach',
      'server abandons the controller step',
      'server finds no such node',
      'server finds no fingerprint of the node plugin',
    ],
    changes: ['claim-first'],
  },
  {
    at: '2.1 before',
    says: 'while the attach came first, the stored claim held the name, and a release needed no row of the node',
    rules: ['server writes the claim of what is attached', 'server asks the controller to detach'],
    changes: ['claim-first'],
  },
  {
    at: '2.1 upgraded',
    says: 'rows that an old release wrote may hold the name under a new one',
    leftOut: 'upgrades: a cluster here runs one release from its first day',
  },
  {
    at: '2.2',
    says: 'a client tries again after a full volume, an unusable controller or a missing leader, at growing intervals for a day; anything else fails the allocation',
    rules: [...refusals, 'client gives up before it claimed'],
    changes: ['retry-full-volume'],
    leftOut: 'the length of the waits: the next try comes at any time',
  },
  {
    at: '2.3 Prerun',
    says: 'claims all volumes, then mounts all, then notes what it mounted; not run for what is over when the agent starts',
    rules: [
      'client claims the volume',
      'client mounts the volume and starts the task',
      'client finds no plugin to mount with',
      'world fails a mount',
      'world starts an agent again',
    ],
    leftOut: 'several volumes in one allocation, but in recordings',
  },
  {
    at: '2.3 restart',
    says: 'an agent that starts with an allocation that is over neither unmounts nor asks for its release',
    rules: ['world stops an agent', 'world starts an agent again'],
  },
  {
    at: '2.3 Postrun',
    says: 'unmounts once; if that fails, tries on in the background for a day and asks for the release all the same, at once and again afterwards',
    rules: [
      'client unmounts the volume',
      'client finds no plugin to unmount with',
      'world fails an unmount',
      'client unmounts the volume at last',
      'client gives up unmounting',
      'client holds Unpublish back',
      'client leaves the unmount to the servers',
      'client sends Unpublish',
    ],
    changes: ['client-unmounts', 'unpublish-regardless'],
    leftOut: "the second request beside a first that still hangs: the watcher's beside the client's shows what two do",
  },
  {
    at: '2.3 request',
    says: 'the request names no access mode and is sent once',
    rules: ['client sends Unpublish', 'client sends Unpublish in vain', 'server has no leader for an Unpublish'],
  },
  {
    at: '2.3 failed claim',
    says: 'after a claim that failed there is nothing to unmount with, so that the second request is certain',
    rules: ['server fails to publish', 'client finds no plugin to mount with', 'client sends Unpublish'],
    leftOut: 'the second request where nothing was ever mounted: the first shows what it does',
  },
];
