import type { Mechanism } from './mechanism.ts';

/** What only old releases did, from the release matrix (server.md section 8): where it would stand in the sections. */
export const ofEarlierReleases: readonly Mechanism[] = [
  {
    at: '3 who starts it',
    says: "before 0.12.2 a release is started by an allocation's update, which wakes the watchers, and by no client",
    rules: ['client reports the end', 'server marks an allocation lost'],
    changes: ['client-starts-release'],
  },
  {
    at: '3 where it runs',
    says: "before 0.11.2 a release runs on a scheduler's worker, which schedules nothing while it waits",
    rules: ['server marks an allocation lost'],
    changes: ['leave-workers'],
    leftOut: 'more than one worker',
  },
  {
    at: '3.2 checkpoint',
    says: 'before 0.11.2 the end of the node step is not written',
    rules: ['server checkpoints the node step'],
    changes: ['write-node-step'],
  },
  {
    at: '3.2 mode',
    says: "before 1.2.5 the node is asked to unmount in the volume's mode of now, under which nothing may be mounted",
    rules: ['client finds nothing mounted in that mode'],
    changes: ['keep-mode'],
  },
  {
    at: '3.2 on the client',
    says: 'since 1.11.0 the calls for one volume are made one at a time on a client',
    rules: [
      'client mounts the volume and starts the task',
      'client fails to mount: an operation with the volume is under way',
    ],
    changes: ['one-node-call'],
  },
  {
    at: '3.4 attaches at once',
    says: 'before 1.4.12 attaches for two volumes go out at once, and may choose one device on a machine',
    rules: ['server asks the controller to attach', 'provider fails an attach: device is already in use'],
    leftOut: 'several instances of a controller: one takes all calls, in any order',
  },
  {
    at: '4.2 a volume that is gone',
    says: 'before 1.4.3 a watcher that finds no volume uses what it did not find, and the process of the leader ends',
    rules: ['server crashes on a volume that is gone'],
    changes: ['survive-missing-volume'],
  },
  {
    at: '5.1 claims',
    says: 'before 0.11.2 claims are not collected as time passes',
    rules: ['server collects claims as time passes'],
    changes: ['collect-periodically'],
  },
  {
    at: '5.2 by evaluations',
    says: 'before 0.11.3 an evaluation collects the claims of a volume, and comes back for ever where the volume is gone',
    rules: [
      'server makes an evaluation for a volume',
      'server collects the claims of an evaluation',
      'server fails an evaluation: volume not found',
    ],
    changes: ['collect-without-evaluations'],
    leftOut: 'the delivery limit, and the follow-up that starts the count anew',
  },
  {
    at: '5.2 what is read',
    says: 'before 1.5.0 the stored row itself is read, and what is past on reading is past in the store',
    rules: ['server reads stored rows for a collection'],
    changes: ['collect-on-a-copy'],
  },
  {
    at: '5.4 a plugin that is gone',
    says: 'before 0.12.2 a node whose row names a plugin without a row cannot be deleted',
    rules: ['server fails to collect a node: csi_plugins missing plugin'],
    changes: ['tolerate-missing-plugin'],
  },
  {
    at: '5.6 a plugin in use',
    says: 'before 1.0.0 the refusal to delete a plugin that is in use ends the run',
    rules: ['server reaps the plugin'],
    changes: ['pass-over-plugin-in-use'],
    leftOut: 'that it depends on which server the worker runs',
  },
  {
    at: '7 volume detach, before',
    says: 'before 1.3.6 a detach releases past claims, and says that it worked where there is none',
    rules: ['operator detaches a volume that has no past claim'],
    leftOut: 'what it does where there is a past claim, which is what the watcher does with it',
  },
  {
    at: '7 node drain',
    says: 'a drain stops what runs on a node, which takes no system job up until it is eligible again; since 1.3.0 its plugins last',
    rules: [
      'operator drains a node',
      'server stops the plugin of a drained node',
      'operator makes a drained node eligible again',
      'client starts its node plugin again',
    ],
    changes: ['drain-plugins-last'],
    leftOut: 'limits and the deadline',
  },
  {
    at: '7 canary',
    says: 'a canary takes the place of an allocation once it runs; that a job with one is refused was proposed only',
    rules: ['server promotes a canary and stops what it replaces', 'server refuses the job of a canary'],
    changes: ['refuse-canary'],
  },
];
