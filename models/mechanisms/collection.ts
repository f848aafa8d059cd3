import type { Mechanism } from './mechanism.ts';

const taken = 'evaluations, jobs and deployments: no rule of the release path reads them';

/** Garbage collection, lost nodes and heartbeats: server.md section 5. */
export const ofCollection: readonly Mechanism[] = [
  {
    at: '5.1 eval-gc',
    says: 'evaluations an hour old go, and with them records of allocations',
    rules: ['server collects the record of an allocation', 'server collects a record'],
    leftOut: `thresholds: what is old enough goes at any time; ${taken}`,
  },
  { at: '5.1 job-gc', says: 'dead jobs go after four hours, with all that is theirs', leftOut: taken },
  { at: '5.1 deployment-gc', says: 'deployments go after an hour', leftOut: taken },
  {
    at: '5.1 node-gc',
    says: 'nodes that are down for a day go',
    rules: ['server collects a node', 'server collects a node by itself'],
  },
  {
    at: '5.1 csi-plugin-gc',
    says: 'plugins that are empty for an hour go',
    rules: ['server collects the plugin'],
  },
  {
    at: '5.1 csi-volume-claim-gc',
    says: 'every five minutes the past claims of every volume are collected',
    rules: ['server collects claims as time passes', 'operator asks for a claim gc'],
  },
  {
    at: '5.1 core evaluations',
    says: 'core evaluations live in memory; any server works them off on its own snapshot, and asks the leader with the token it was given',
    rules: ['server takes a snapshot for a collection', 'server has no leader for a collection'],
    leftOut: "the broker's deliveries, deadlines and limits",
  },
  {
    at: '5.1 denied',
    says: "from 2.0.1 on the collection's own request is denied where ACLs are disabled",
    rules: [
      'server is denied its own collection of claims',
      'server is denied a stage of its own collection',
      'server fails a collection at another volume',
    ],
    changes: ['collection-needs-identity'],
  },
  {
    at: '5.2',
    says: 'for each volume of the snapshot with a past claim an empty claim is sent, which stores what is past and wakes the watchers; the first error ends the run',
    rules: [
      'server collects claims as time passes',
      'server collects the claims that a snapshot showed',
      'server fails a collection at another volume',
    ],
    leftOut: 'the age of the volume, which never filters anything after its first claim',
  },
  {
    at: '5.3 plugin gc',
    says: 'a plugin goes once it is empty; volumes that use it are not asked',
    rules: ['server collects the plugin', 'server reaps the plugin', 'operator deletes the plugin'],
    leftOut: 'jobs that a plugin expects',
  },
  {
    at: '5.3 at once',
    says: "an empty plugin's row also goes with the last allocation, node or job of it",
    rules: ['server removes the last controller'],
    leftOut: 'as a step of its own: what follows it is the same as after the collection',
  },
  {
    at: '5.4 nodeGC',
    says: 'a node goes that is down, old enough, and whose allocations are over by either word; claims are not asked',
    rules: ['server collects a node', 'server reaps a node that a snapshot showed down'],
  },
  {
    at: '5.4 swallowed',
    says: 'an error while the row is deleted is swallowed, and nothing is deleted',
    leftOut: 'a store that fails; what it costs is a node that stays down',
  },
  {
    at: '5.5',
    says: 'a record goes that is over by either word and does not run; so a stopped allocation that is unknown may go',
    rules: ['server collects the record of an allocation', 'server reaps the records of allocations'],
    leftOut: 'rescheduling, and allocations that are unknown',
  },
  {
    at: '5.6 order',
    says: 'a forced collection goes through everything over one snapshot: records, plugin, claims, tokens and keys, nodes; an error ends it',
    rules: [
      'operator runs a system gc',
      'operator asks for a system gc',
      'server takes a snapshot for a collection',
      'server reaps the records of allocations',
      'server reaps the plugin',
      'server collects the claims that a snapshot showed',
      'server reaps a node that a snapshot showed down',
      'server answers that everything is collected',
    ],
    leftOut: 'tokens and keys; jobs and deployments',
  },
  {
    at: '5.6 threshold',
    says: 'nothing is too young for it; before 1.9.4 the configured ages counted',
    leftOut: 'ages: what is due is old enough',
  },
  {
    at: '5.6 race',
    says: 'its claims are released later, by the watcher, while its nodes go at once',
    rules: ['server reaps a node that a snapshot showed down', 'watcher starts to unpublish'],
  },
  {
    at: '5.7 expiry',
    says: 'a node that is silent for too long is down; a new leader waits five minutes for each',
    rules: ['server misses the heartbeats of a node', 'server hears from a node again'],
    leftOut: 'the length of the waits',
  },
  {
    at: '5.7 disconnected',
    says: 'it is disconnected where an allocation may be lost later, and down after that',
    rules: [
      'server holds a silent node for disconnected',
      'server hears of a node that it initializes',
      'server takes a silent node for disconnected',
      'server marks an allocation unknown',
      'server lets an unknown allocation expire',
      'client reports an unknown task as running',
      'server gives a disconnected node up',
    ],
    leftOut: 'outside recordings a disconnected node that is heard of is ready at once',
  },
  {
    at: '5.7 lost',
    says: 'the allocations of a node that is down are stopped and lost',
    rules: ['server marks an allocation lost'],
  },
  {
    at: '5.7 plugins',
    says: "a lost plugin allocation takes its controller or node out of the plugin's row",
    rules: ['server removes the last controller', 'server misses the heartbeats of a node'],
    leftOut: "outside recordings a controller's machine is none of the scope's nodes",
  },
  {
    at: '5.7 fingerprint',
    says: 'the row of a node keeps its plugin while it is down; an agent that restarts registers without it at first',
    rules: ['world starts an agent again', 'client fingerprints its node plugin'],
  },
  {
    at: '5.8',
    says: 'a lost node: lost allocation, replacement refused, collection, release, replacement granted',
    rules: [
      'server marks an allocation lost',
      'client is refused a claim: volume max claims reached',
      'server collects claims as time passes',
      'server skips the node step',
      'client claims the volume',
    ],
  },
  {
    at: '5.8 filtered',
    says: 'a replacement is not placed while the claim of a collected allocation blocks the volume, and is not woken by the release',
    leftOut: 'placement: an allocation here is placed already, and waits for its claim only',
  },
];
