/** A world that shows what the model can do: a design in a scope with so many faults. */
export interface ShowingWorld {
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  /** Of a world that is no default scope's: why none of those shows what this one does. */
  readonly because?: string;
}

/**
 * Worlds that together show all of the model that a scope can show: default scopes first, and today's release before
 * older ones. What each is the first to show is in `actions.ts`, `states.ts` and `guards.ts`, by its name here.
 */
export const worlds = {
  'happy-path': { design: 'nomad-2.0.5', scope: 'happy-path', faults: 0 },
  'node-collected': { design: 'nomad-2.0.5', scope: 'node-collected', faults: 1 },
  partition: { design: 'nomad-2.0.5', scope: 'partition', faults: 1 },
  failover: { design: 'nomad-2.0.5', scope: 'failover', faults: 1 },
  'acls-disabled': { design: 'nomad-2.0.5', scope: 'acls-disabled', faults: 1 },
  'plugin-removed': { design: 'nomad-2.0.5', scope: 'plugin-removed', faults: 1 },
  'replacement-same-node': { design: 'nomad-2.0.5', scope: 'replacement-same-node', faults: 0 },
  'two-volumes': { design: 'nomad-2.0.5', scope: 'two-volumes', faults: 0 },
  operator: { design: 'nomad-2.0.5', scope: 'operator', faults: 0 },
  everything: { design: 'nomad-2.0.5', scope: 'everything', faults: 0 },
  'plugins removed': { design: 'nomad-1.9.7', scope: 'plugin-removed', faults: 2 },
  'node collected before 1.3.5': { design: 'nomad-1.3.0', scope: 'node-collected', faults: 1 },
  'failover before 1.3.0': { design: 'nomad-1.0.0', scope: 'failover', faults: 1 },
  'replacement in 0.11.2': { design: 'nomad-0.11.2', scope: 'replacement-same-node', faults: 0 },
  'operator in 0.11.3': { design: 'nomad-0.11.3', scope: 'operator', faults: 0 },
  'everything in 0.11.2': { design: 'nomad-0.11.2', scope: 'everything', faults: 0 },
  'plugin removed before 1.2.16': { design: 'nomad-1.2.6', scope: 'plugin-removed', faults: 1 },
  // Today's release shows the same, in three times as many states.
  'everything, one fault': { design: 'nomad-1.2.16', scope: 'everything', faults: 1 },
  'a full volume': { design: 'nomad-2.0.5~retry-full-volume', scope: 'replacement-same-node', faults: 0 },
  'plugin-forgotten': {
    design: 'nomad-0.11.3',
    scope: 'plugin-forgotten',
    faults: 3,
    because: 'both plugins and then the machine have to go, which are three faults',
  },
  'two-attaches': {
    design: 'nomad-1.4.4',
    scope: 'two-attaches',
    faults: 0,
    because: 'no default scope has two volumes on one node, or calls that get in each other’s way',
  },
  'mount-beside-unmount': {
    design: 'nomad-1.10.0',
    scope: 'mount-beside-unmount',
    faults: 0,
    because: 'no default scope has calls that get in each other’s way',
  },
  canary: { design: 'nomad-2.0.5', scope: 'canary', faults: 0, because: 'no default scope has a canary' },
  'a canary that is refused': {
    design: 'nomad-2.0.5+refuse-canary',
    scope: 'canary',
    faults: 0,
    because: 'no default scope has a canary, and no release refuses one',
  },
  'swept-without-acls': {
    design: 'nomad-2.0.5',
    scope: 'swept-without-acls',
    faults: 1,
    because: 'no default scope has an operator who collects everything where ACLs are disabled',
  },
  'mode-changes': {
    design: 'nomad-1.2.4',
    scope: 'mode-changes',
    faults: 0,
    because: 'no default scope has a volume that is claimed in two modes',
  },
  'shared-restart': {
    design: 'nomad-1.3.16',
    scope: 'shared-restart',
    faults: 1,
    because: 'no default scope has an agent that restarts under a mount that two allocations share',
  },
} as const satisfies Readonly<Record<string, ShowingWorld>>;

/** Why no scope shows something. */
export const reasons = {
  byHand: 'only the driver of a recording does that, by hand',
  asserted:
    'the actions ask the same before they send the event, so the guard never decides; one that forgot to ask would be stopped by it',
} as const satisfies Readonly<Record<string, string>>;

/** Where something is shown, or why it is not. */
export type Place = keyof typeof worlds | keyof typeof reasons;
