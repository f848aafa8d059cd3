import type { Incident } from './incident.ts';

/** A row that names a row that is gone. */
export const N40: Incident = {
  key: 'N40',
  name: 'node-gc-blocked-by-missing-plugin',
  title: 'a dead node cannot be collected because its plugin is gone already',
  references: ['#8121 (2020-06-05, 0.11.2)', '#8057', '#8619 (fix)', '#9803'],
  story:
    "The last allocation of a plugin is collected and its row deleted at once, while the node's last fingerprint still names it. Deleting the node then fails for the missing plugin, and dead nodes pile up.",
  affected: ['nomad-0.11.3'],
  scope: {
    name: 'incident-N40',
    says: 'one volume, one node, one allocation; both plugins stop for good, the machine goes down',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 3,
    faults: { pluginStops: 2, nodeDown: 1 },
    events: ['nodeCollected'],
  },
  faults: 3,
  promise: 'collectionIsNeverBlocked',
  about: 'node n1 is collected',
  trigger: ['server collects the plugin', 'world takes a machine down', 'server marks an allocation lost'],
  fixed: ['nomad-0.12.5'],
  workaround: 'None named; lower thresholds only repeat the failure faster.',
};
