/**
 * What a design does where designs differ. A design is a complete record of these; no machine knows of a version.
 */
export interface Behaviours {
  /** The controller step when the claim's node has no row: fail, or abandon the step and free the claim. */
  readonly controllerStepOnUnknownNode: 'fail' | 'abandon';
  /** The limiter of each volume's watcher: tokens it starts with and holds at most, and tokens gained per tick. */
  readonly watcherLimiter: { readonly burst: number; readonly perTick: number } | null;
  /**
   * A notice for a watcher whose channel is full: block its sender, which holds the watchers' lock, for ever or until that
   * watcher leaves; or drop the notice.
   */
  readonly notifyWhenFull: 'block' | 'blockUntilItLeaves' | 'drop';
  /** When a claim counts as past: its allocation is over by the servers' or the client's word, or by the client's only. */
  readonly pastClaimWhen: 'serverOrClientTerminal' | 'clientTerminal';
  /** A periodic collection's own request where ACLs are disabled. */
  readonly claimCollectionWithoutAcls: 'allowed' | 'denied';
  /** A claim is written before the controller is asked to attach, or after it, with the provider's name of the node. */
  readonly claimIsWritten: 'beforePublish' | 'afterPublish';
  /** Which claims count against a full volume: all, or those of other jobs. */
  readonly claimLimit: 'allAllocations' | 'otherJobs';
  /** What a claim on a full volume does to its allocation: it is tried again, or fails it. */
  readonly fullVolume: 'isTriedAgain' | 'failsTheAllocation';
  /** Who unmounts when an allocation ends: its client, or the servers when they are told. */
  readonly unmountBy: 'client' | 'servers';
  /** A client whose unmount failed: it sends Unpublish all the same, or holds it back until the unmount succeeds. */
  readonly failedUnmount: 'unpublishes' | 'holdsBack';
  /** Whether an Unpublish writes the claim's state as it is entered. */
  readonly entryCheckpoint: 'written' | 'none';
  /** The node step for a node that is believed down or is collected: skip it, or call the node. */
  readonly nodeStepOnDownNode: 'skip' | 'call';
  /** A node call that is answered `Unknown node`: taken for done, or an error like any other. */
  readonly nodeCallToUnknownNode: 'done' | 'error';
  /** The node step of a claim without an access mode: taken for done, or done as any other. */
  readonly emptyAccessMode: 'stepDone' | 'callsNode';
  /** Whose allocation, still running on the machine, cancels the controller step: others only, or the claim's own too. */
  readonly controllerStepCancelledBy: 'otherAllocations' | 'anyAllocation';
  /** Controller calls of one plugin: one at a time, or as they come. */
  readonly controllerCalls: 'oneAtATime' | 'asTheyCome';
  /** A claim whose allocation's record was collected: past, or as good as ever. */
  readonly collectedAllocation: 'isPast' | 'isIgnored';
  /** What a new leader's watchers do at first: a pass each, or nothing until something is written. */
  readonly newLeader: 'sweeps' | 'waits';
  /** Whose ACL token a new leader's watchers use: its own, or the first leader's. */
  readonly watcherToken: 'ownLeaders' | 'firstLeaders';
  /** A watcher with nothing left to do: stays until its timer fires, or leaves at once. */
  readonly idleWatcher: 'stays' | 'leaves';
  /** Registering a volume in use again: its claims are kept as they were read, or it is refused. */
  readonly registeringInUse: 'keepsClaims' | 'isRefused';
  /** A watcher that finds its volume gone: it ends, or the leader's process does. */
  readonly watcherOfMissingVolume: 'ends' | 'crashes';
  /** What the collection of claims reads: a copy of a row, or the stored row itself, which reading then changes. */
  readonly collectionReads: 'aCopy' | 'theStoredRow';
  /** The mode in which the servers have a volume unmounted: the one that was claimed, or the volume's of now. */
  readonly unmountMode: 'claims' | 'volumes';
  /** A node whose row names a plugin that has no row: the plugin is passed over, or the node's collection fails. */
  readonly nodeOfMissingPlugin: 'isCollected' | 'failsToBe';
  /** The refusal to delete a plugin in use, within a forced collection: passed over, or the end of the run. */
  readonly pluginInUse: 'isPassedOver' | 'endsTheRun';
  /** Who starts a release: the client's Unpublish, or an allocation's update, which wakes the watchers. */
  readonly releaseStartedBy: 'client' | 'update';
  /** Whether the claims of ended allocations are also collected by evaluations, which fail for ever on a missing volume. */
  readonly claimEvaluations: 'none' | 'untilTheySucceed';
  /** Whether claims are collected every five minutes. */
  readonly periodicClaimCollection: 'runs' | 'none';
  /** Whether the end of the node step is written. */
  readonly nodeStepCheckpoint: 'written' | 'none';
  /** Where a release runs: in its volume's watcher, or on a scheduler's worker. */
  readonly releaseRunsOn: 'itsWatcher' | 'aWorker';
  /** Node calls of one volume on one machine: one at a time, or as they come. */
  readonly nodeCalls: 'oneAtATime' | 'asTheyCome';
  /** The plugins of a node that is drained: stopped when what uses them is over, or with everything else. */
  readonly drainStopsPlugins: 'last' | 'atOnce';
  /** A canary of an allocation that holds the only writer's claim: placed, or refused with its job. */
  readonly canaryOfSingleWriter: 'isPlaced' | 'isRefused';
}

/** One departure that a pull request (or an idea) made: which value it sets and which it found, and whom it serves. */
export interface BehaviourChange {
  /** Its kebab name on the command line. */
  readonly name: string;
  /** In a sentence. */
  readonly says: string;
  /** The pull request, or `idea` for one of ours. */
  readonly from: string;
  /** The first releases that have it. */
  readonly since: readonly string[];
  /** The promise it serves; for a regression the one it costs. */
  readonly serves: string;
  /** It made things worse. */
  readonly isRegression?: true;
  readonly sets: Partial<Behaviours>;
  readonly found: Partial<Behaviours>;
  /** The smallest world that is known to show what it does, if any; a test holds that it does. */
  readonly shownIn?: ShownIn;
  /** Why taking it back from nomad-2.0.5 shows nothing. */
  readonly hidden?: string;
}

/**
 * A scope and a rung where a design keeps the promise that a change serves, and breaks it with the change taken back; for a
 * regression it is the other way round.
 */
export interface ShownIn {
  readonly scope: string;
  readonly faults: number;
  /** Runs that take one of these actions are left out of account: they break the promise in every release. */
  readonly avoid?: readonly string[];
  /** For a bound: it is the count between two ticks that has no end. */
  readonly half?: 'perTick';
  /** The design that the change is taken back from; nomad-2.0.5 if not given. */
  readonly on?: string;
}
