import type { Mechanism } from './mechanism.ts';

/** What a change of leaders keeps and forgets: server.md section 6. */
export const ofLeadership: readonly Mechanism[] = [
  {
    at: '6 watchers',
    says: 'watchers, their limiters and notices are forgotten; the new leader makes a pass over every volume',
    rules: ['world takes the leader away', 'server elects a leader', 'server notifies the watcher'],
    changes: ['sweep-at-start'],
  },
  {
    at: '6 Unpublish',
    says: 'one that is under way on the old leader goes on until its next write, which fails; the call it made may come to its end under the new leader',
    rules: ['world takes the leader away', 'provider detaches', 'client unmounts for the servers'],
    leftOut: 'a last write of the old leader that goes through although it was told that it does not',
  },
  {
    at: '6 requests',
    says: 'a client is told that there is no leader: a claim is tried again, an Unpublish is not',
    rules: [
      'server has no leader for an Unpublish',
      'server has no leader to write the claim of what is attached',
      'server has no leader for a collection',
    ],
  },
  {
    at: '6 lock',
    says: "the plugin's lock is the old leader's own, and keeps nobody from calling under the new one",
    rules: ['world takes the leader away', 'server asks the controller to detach'],
  },
  {
    at: '6 collections',
    says: 'queued collections are forgotten; the first periodic one comes five minutes later',
    rules: ['world takes the leader away', 'server collects claims as time passes'],
  },
  {
    at: '6 heartbeats',
    says: 'every node that is not down has five minutes anew',
    rules: ['server elects a leader', 'server misses the heartbeats of a node'],
    leftOut: 'the length of the wait',
  },
  {
    at: '6 token',
    says: "the new leader has a token of its own, which its watchers use; before 1.2.5 they used the first leader's",
    rules: ['server elects a leader', 'watcher is denied its own Unpublish'],
    changes: ['renew-token'],
  },
  {
    at: '6 snapshot',
    says: 'a snapshot that an operator restores makes the leader begin anew',
    leftOut: 'snapshots: they take the store back and leave the world as it is',
  },
  {
    at: '6 enabled twice',
    says: 'enabling watchers that are enabled would stop their loop for good; no caller does',
    leftOut: 'no caller of Nomad does it',
  },
];
