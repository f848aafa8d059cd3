/**
 * What a design does where designs differ. A design is a complete record of these; no machine knows of a version.
 */
export interface Behaviours {
  /** The controller step when the claim's node has no row: fail, or abandon the step and free the claim. */
  readonly controllerStepOnUnknownNode: 'fail' | 'abandon';
  /** The limiter of each volume's watcher: tokens it starts with and holds at most, and tokens gained per tick. */
  readonly watcherLimiter: { readonly burst: number; readonly perTick: number } | null;
  /** A notice for a watcher whose channel is full: block its sender, which holds the watchers' lock, or drop the notice. */
  readonly notifyWhenFull: 'block' | 'drop';
  /** When a claim counts as past: its allocation is over by the servers' or the client's word, or by the client's only. */
  readonly pastClaimWhen: 'serverOrClientTerminal' | 'clientTerminal';
  /** A periodic collection's own request where ACLs are disabled. */
  readonly claimCollectionWithoutAcls: 'allowed' | 'denied';
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
  readonly sets: Partial<Behaviours>;
  readonly found: Partial<Behaviours>;
}

/** Every named change, in the order in which they were made. */
export const behaviourChanges: readonly BehaviourChange[] = [
  {
    name: 'abandon-unknown-node',
    says: 'a controller step whose node has no row is abandoned and the claim freed',
    from: '#25428',
    since: ['1.10.0', '1.9.8+ent', '1.8.12+ent'],
    serves: 'everyClaimIsReleased',
    sets: { controllerStepOnUnknownNode: 'abandon' },
    found: { controllerStepOnUnknownNode: 'fail' },
  },
  {
    name: 'limit-watcher',
    says: "each volume's watcher makes three passes at once and then one a second",
    from: '#25428',
    since: ['1.10.0', '1.9.8+ent', '1.8.12+ent'],
    serves: 'retriesAreBounded',
    sets: { watcherLimiter: { burst: 3, perTick: 1 } },
    found: { watcherLimiter: null },
  },
  {
    name: 'notify-drops',
    says: 'a notice for a watcher whose channel is full is dropped and blocks nobody',
    from: '#25428',
    since: ['1.10.0', '1.9.8+ent', '1.8.12+ent'],
    serves: 'noWakeupIsLost',
    sets: { notifyWhenFull: 'drop' },
    found: { notifyWhenFull: 'block' },
  },
  {
    name: 'client-terminal-only',
    says: 'a claim is past only when the client says that its allocation is over',
    from: '#26831',
    since: ['1.11.0', '1.10.6+ent', '1.8.18+ent'],
    serves: 'volumeInUseIsNeverDetached',
    sets: { pastClaimWhen: 'clientTerminal' },
    found: { pastClaimWhen: 'serverOrClientTerminal' },
  },
  {
    name: 'collection-needs-identity',
    says: "a periodic collection's own request is denied where ACLs are disabled",
    from: '#27718',
    since: ['2.0.1'],
    serves: 'everyClaimIsReleased',
    sets: { claimCollectionWithoutAcls: 'denied' },
    found: { claimCollectionWithoutAcls: 'allowed' },
  },
];
