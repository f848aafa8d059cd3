import type { Mechanism } from './mechanism.ts';

const pass = ['watcher starts a pass', 'watcher starts to unpublish'];

/** The volume watcher: server.md section 4. */
export const ofWatchers: readonly Mechanism[] = [
  {
    at: '4.1 enabled',
    says: 'a new leader forgets all watchers and sweeps over every volume at once',
    rules: ['server elects a leader', 'server notifies the watcher'],
    changes: ['sweep-at-start'],
  },
  {
    at: '4.1 woken',
    says: 'a write to the table of volumes wakes it, whichever volume was written; then every volume is notified, in order',
    rules: ['server notifies the watcher', 'server writes another volume'],
  },
  {
    at: '4.1 not woken',
    says: 'writes of allocations, nodes, plugins and jobs wake nobody',
    rules: ['client reports the end', 'server marks an allocation lost', 'server collects a node'],
  },
  {
    at: '4.1 error',
    says: 'an error that is not the end of the leadership starts the query over, at once',
    leftOut: 'a store that answers a query with an error',
  },
  {
    at: '4.1 add',
    says: 'under the lock of all watchers: one that is there is notified, one that is not begins with its volume in the channel',
    rules: ['server notifies the watcher'],
  },
  {
    at: '4.1 key',
    says: 'watchers are kept under the names of volume and namespace, run together',
    leftOut: 'namespaces, and so two volumes under one key',
  },
  { at: '4.2 updateCh', says: 'a channel that holds one notice', rules: ['watcher takes a notice'] },
  {
    at: '4.2 Notify',
    says: 'a notice that finds the channel full is dropped; before 1.10.0 its sender waited, with the lock held',
    rules: ['server notifies the watcher', 'watcher is gone'],
    changes: ['notify-drops', 'notify-without-escape'],
  },
  {
    at: '4.2 limiter',
    says: 'three passes at once, then one a second; a fresh watcher has three again',
    rules: ['watcher starts a pass', 'world lets time pass'],
    changes: ['limit-watcher'],
  },
  {
    at: '4.2 quiescentTimeout',
    says: 'five minutes after its last notice a watcher leaves',
    rules: ["world lets a watcher's timer run out", 'watcher has nothing left to do', 'watcher is gone'],
    changes: ['linger'],
  },
  {
    at: '4.2 getVolume',
    says: 'the volume is read anew for each pass, and the claims of what is over or has no record are past; if the volume is gone the watcher ends',
    rules: ['watcher starts a pass'],
    changes: ['collected-is-past', 'client-terminal-only'],
  },
  {
    at: '4.2 volumeReapImpl',
    says: 'past claims are unpublished one after the other in a random order; one that fails keeps none of the others back',
    rules: pass,
  },
  {
    at: '4.2 exit',
    says: 'the watcher stops, and then takes itself out of the map under the lock',
    rules: ["world lets a watcher's timer run out", 'watcher is gone', 'world takes the leader away'],
  },
  {
    at: '4.2 dropped',
    says: 'a dropped notice costs nothing: the queued one reads the volume as it is by then',
    rules: ['server notifies the watcher', 'watcher takes a notice'],
  },
  {
    at: '4.2 idle',
    says: 'volumes without claims have watchers too, which live on while anything is written',
    rules: ['server notifies the watcher'],
  },
  {
    at: '4.2 calls',
    says: 'a call that is under way is never cancelled, not even by the end of the leadership',
    rules: ['world takes the leader away', 'provider detaches', 'client unmounts for the servers'],
  },
  {
    at: '4.3 entry',
    says: 'failed before its own write: nobody tries again until something else wakes the watcher',
    rules: ['watcher is denied its own Unpublish', 'server has no leader for an Unpublish'],
  },
  {
    at: '4.3 node call',
    says: 'failed at the node: the write on entry wakes the watcher, whose next pass takes the node step for done',
    rules: ['server cannot reach the node', 'watcher starts a pass', 'server takes the node step for done'],
  },
  {
    at: '4.3 controller step',
    says: 'failed at the controller: tried again because of its own write, at the pace of the limiter, for ever',
    rules: [
      'server finds no such plugin',
      'server finds no fingerprint of the node plugin',
      'server finds no controller to ask',
      ...pass,
    ],
    changes: ['limit-watcher', 'checkpoint-on-entry'],
  },
  {
    at: '4.3 nothing past',
    says: 'a pass that finds no past claim is not repeated',
    rules: ['watcher starts a pass'],
  },
  {
    at: '4.3 woken again',
    says: 'a loop that has ended begins again with the claim collection, any write to the table, or a new leader',
    rules: ['server collects claims as time passes', 'server notifies the watcher', 'server elects a leader'],
  },
  {
    at: '4.4 W1',
    says: 'timer and notice are ready together, the timer is picked, and the notice dies with the watcher',
    rules: ["world lets a watcher's timer run out", 'server notifies the watcher'],
    leftOut: 'as a step of its own: to the sender it is the same as W2',
  },
  {
    at: '4.4 W2',
    says: 'a notice that comes while its watcher leaves is lost',
    rules: ["world lets a watcher's timer run out", 'server notifies the watcher', 'watcher is gone'],
  },
  {
    at: '4.4 W3',
    says: 'a watcher that is started again between its stop and its leaving the map becomes an orphan, and a second one for its volume comes to be',
    leftOut: 'two watchers of one volume: what two calls for one claim do to each other, a client and a watcher show',
  },
  {
    at: '4.4 W4',
    says: 'a volume that is registered anew while its watcher leaves is not told of',
    rules: ['watcher starts a pass', 'operator deregisters the volume', 'operator registers the volume'],
  },
  {
    at: '4.4 W5',
    says: 'a server is elected again while an old watcher of its is in a call, which then takes the new one out of the map',
    leftOut: 'as W3; that old calls go on under a new leader is in the model',
  },
  {
    at: '4.4 W6',
    says: 'an error of the query ends the watcher with its notice taken',
    leftOut: 'a store that answers a query with an error',
  },
  {
    at: '4.4 W7',
    says: 'two volumes under one key share a watcher, and one of them may starve',
    leftOut: 'namespaces, and so two volumes under one key',
  },
  {
    at: '4.4 W8',
    says: 'before Go 1.23 a pass of more than five minutes leaves a stale tick, and the watcher ends early',
    rules: ["world lets a watcher's timer run out"],
    leftOut: 'as a step of its own: a watcher that leaves early here leaves with nothing queued',
  },
  {
    at: '4.5',
    says: "a client's Unpublish wakes the watcher by its own write, which starts a second one for the same claim beside it",
    rules: ['server takes up an Unpublish', 'server notifies the watcher', ...pass],
  },
];
