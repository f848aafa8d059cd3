import type { Behaviours } from './behaviour.ts';

const before: Behaviours = {
  controllerStepOnUnknownNode: 'fail',
  watcherLimiter: null,
  notifyWhenFull: 'block',
  pastClaimWhen: 'serverOrClientTerminal',
  claimCollectionWithoutAcls: 'allowed',
};

const fixed: Behaviours = {
  ...before,
  controllerStepOnUnknownNode: 'abandon',
  watcherLimiter: { burst: 3, perTick: 1 },
  notifyWhenFull: 'drop',
};

/** Releases as complete designs, oldest first: what server.md's release matrix says each line does. */
export const releases: Readonly<Record<string, Behaviours>> = {
  'nomad-1.9.7': before,
  'nomad-1.10.0': fixed,
  'nomad-2.0.5': { ...fixed, pastClaimWhen: 'clientTerminal', claimCollectionWithoutAcls: 'denied' },
};
