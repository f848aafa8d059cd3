import type { ScopeInput } from '#models/scopes/scope.ts';

/** What operators do about a claim that is stuck behind a node without a row, as data. */
export interface Workaround {
  /** Its kebab name. */
  readonly name: string;
  /** In words, as an operator would do it. */
  readonly says: string;
  /** What must happen in this order, by rule. */
  readonly steps: readonly string[];
  /** What may happen for it beside the faults that lead there. */
  readonly allows: Pick<ScopeInput, 'events' | 'commands'>;
}

/** What was tried in the field or in Nomad's server code (executed.md X14 to X17). */
export const workarounds: readonly Workaround[] = [
  {
    name: 'register-again',
    says: 'register the volume again',
    steps: ['operator registers the volume', 'server writes the registration'],
    allows: { events: ['volumeRegistered'], commands: 1 },
  },
  {
    name: 'deregister',
    says: 'deregister the volume without force',
    steps: ['operator deregisters the volume'],
    allows: { events: ['volumeDeregistered'], commands: 1 },
  },
  {
    name: 'deregister-by-force',
    says: 'deregister the volume by force and register it again',
    steps: [
      'operator deregisters the volume by force',
      'operator registers the volume',
      'server writes the registration',
    ],
    allows: { events: ['volumeDeregisteredByForce', 'volumeRegistered'], commands: 2 },
  },
  {
    name: 'node-back',
    says: "make the claim's node ID resolvable again: the machine comes back and registers under its old ID, with its plugin",
    steps: ['client registers a collected node anew'],
    allows: { events: ['nodeBack'], commands: 0 },
  },
];
