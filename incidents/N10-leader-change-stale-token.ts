import type { Incident } from './incident.ts';

/** A permanent refusal that is retried and told to nobody. */
export const N10: Incident = {
  key: 'N10',
  name: 'leader-change-stale-token',
  title: "after a change of leader the watchers' requests are denied",
  references: ['#11891 (2022-01-24, fix)', '#8607', '#8373', '#11162 (2021-09, open)'],
  story:
    'With ACLs a leader makes a token of its own. The watchers keep the token of the leader before, and every release of theirs is denied from then on.',
  affected: ['nomad-1.2.4'],
  scope: 'failover',
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: ['world takes the leader away', 'server elects a leader', 'watcher starts a pass'],
  fixed: ['nomad-1.2.6'],
  workaround: 'Restart the leader.',
};
