import type { Behaviours } from './behaviour.ts';
import { behaviourChanges } from './changes.ts';

/** What Nomad did before every change that is named. */
const first: Behaviours = {
  controllerStepOnUnknownNode: 'fail',
  watcherLimiter: null,
  notifyWhenFull: 'blockUntilItLeaves',
  pastClaimWhen: 'serverOrClientTerminal',
  claimCollectionWithoutAcls: 'allowed',
  claimIsWritten: 'afterPublish',
  claimLimit: 'otherJobs',
  fullVolume: 'failsTheAllocation',
  unmountBy: 'servers',
  failedUnmount: 'holdsBack',
  entryCheckpoint: 'none',
  nodeStepOnDownNode: 'call',
  nodeCallToUnknownNode: 'error',
  emptyAccessMode: 'callsNode',
  controllerStepCancelledBy: 'anyAllocation',
  controllerCalls: 'asTheyCome',
  collectedAllocation: 'isIgnored',
  newLeader: 'waits',
  watcherToken: 'firstLeaders',
  idleWatcher: 'leaves',
  registeringInUse: 'isRefused',
  watcherOfMissingVolume: 'crashes',
  collectionReads: 'theStoredRow',
  unmountMode: 'volumes',
  nodeOfMissingPlugin: 'failsToBe',
  pluginInUse: 'endsTheRun',
  releaseStartedBy: 'update',
  claimEvaluations: 'untilTheySucceed',
  periodicClaimCollection: 'none',
  nodeStepCheckpoint: 'none',
  releaseRunsOn: 'aWorker',
  nodeCalls: 'asTheyCome',
  drainStopsPlugins: 'atOnce',
  canaryOfSingleWriter: 'isPlaced',
};

const v0_11_2 = since(first, 'write-node-step', 'leave-workers', 'collect-periodically');
const v0_11_3 = since(v0_11_2, 'collect-without-evaluations');
const v0_12_5 = since(v0_11_3, 'client-starts-release', 'tolerate-missing-plugin');
const v1_0_0 = since(v0_12_5, 'pass-over-plugin-in-use');

const v1_2_4 = since(v1_0_0, 'sweep-at-start');
const v1_2_6 = since(v1_2_4, 'renew-token', 'collected-is-past', 'keep-mode', 'client-unmounts');
const v1_2_7 = since(
  v1_2_6,
  'count-every-claim',
  'retry-full-volume',
  'tolerate-unknown-node',
  'claim-first',
  'trust-unmounted',
  'linger',
);
const v1_2_13 = since(v1_2_7, 'skip-down-node', 'exclude-own-allocation', 'checkpoint-on-entry');
const v1_2_16 = since(v1_2_13, 'notify-without-escape', 'survive-missing-volume');
const v1_3_0 = since(v1_2_7, 'drain-plugins-last', 'unpublish-regardless', 'register-in-use');
const v1_3_5 = since(v1_3_0, 'skip-down-node');
const v1_4_2 = since(v1_3_5, 'exclude-own-allocation', 'checkpoint-on-entry');
const v1_4_4 = since(v1_4_2, 'notify-without-escape', 'survive-missing-volume');
const v1_3_16 = since(v1_4_4, 'collect-on-a-copy');
const v1_4_14 = since(v1_3_16, 'one-controller-call');
const v1_10_0 = since(v1_4_14, 'abandon-unknown-node', 'limit-watcher', 'notify-drops');
const v1_11_0 = since(v1_10_0, 'client-terminal-only', 'one-node-call');

/**
 * Releases as complete designs, oldest first: what server.md's release matrix says each line does. Lines that differ in
 * nothing that is modelled are equal here; `-ent` are Enterprise releases. Before 1.2.5 the watcher, and not the reading of
 * a volume, found the claims of terminal allocations (#11931): left out. Before 0.11.3 a release was also an evaluation's work; its delivery limit and follow-ups are left out.
 */
export const releases: Readonly<Record<string, Behaviours>> = {
  'nomad-0.11.1': first,
  'nomad-0.11.2': v0_11_2,
  'nomad-0.11.3': v0_11_3,
  'nomad-0.12.5': v0_12_5,
  'nomad-1.0.0': v1_0_0,
  'nomad-1.2.3': v1_0_0,
  'nomad-1.2.4': v1_2_4,
  'nomad-1.2.6': v1_2_6,
  'nomad-1.2.16': v1_2_16,
  'nomad-1.3.0': v1_3_0,
  'nomad-1.3.5': v1_3_5,
  'nomad-1.3.16': v1_3_16,
  'nomad-1.4.2': v1_4_2,
  'nomad-1.4.4': v1_4_4,
  'nomad-1.4.14': v1_4_14,
  'nomad-1.5.17': v1_4_14,
  'nomad-1.6.10': v1_4_14,
  'nomad-1.7.7': v1_4_14,
  'nomad-1.8.4': v1_4_14,
  'nomad-1.8.12-ent': v1_10_0,
  'nomad-1.9.7': v1_4_14,
  'nomad-1.9.8-ent': v1_10_0,
  'nomad-1.10.0': v1_10_0,
  'nomad-1.10.5': v1_10_0,
  'nomad-1.10.6-ent': v1_11_0,
  'nomad-1.11.3': v1_11_0,
  'nomad-2.0.0': v1_11_0,
  'nomad-2.0.5': since(v1_11_0, 'collection-needs-identity'),
};

/** A release with the changes of these names; throws if there is none of that name, for then this file is wrong. */
function since(before: Behaviours, ...names: readonly string[]): Behaviours {
  let so = before;
  for (const name of names) {
    const change = behaviourChanges.find((one) => one.name === name);
    if (!change) throw new RangeError(`there is no behaviour "${name}"`);
    so = { ...so, ...change.sets };
  }
  return so;
}
