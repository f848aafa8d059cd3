import { distinctDesigns, findDesign } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { buildRecordedModel } from '#models/recorded.ts';
import { faultKinds, freeEvents } from '#models/scopes/fault.ts';
import { readScope, type Scope } from '#models/scopes/scope.ts';

/** Every fault and every free event at once, in a world with two of everything. */
export const everything: Scope = readScope(
  {
    name: 'all-at-once',
    volumes: [
      { name: 'v1', neverDetaches: true },
      { name: 'v2', access: 'multi-node-multi-writer' },
    ],
    nodes: ['n1', 'n2'],
    allocations: [
      { name: 'a1', volume: 'v1', node: 'n1', mayBeUnknown: true },
      { name: 'a2', volume: 'v2', node: 'n1' },
      { name: 'a3', volume: 'v2', node: 'n2', mode: 'read' },
      { name: 'a4', volume: 'v1', node: 'n2', canaryOf: 'a1' },
      { name: 'a5', volume: 'v2', node: 'n2' },
    ],
    callsCollide: true,
    faults: Object.fromEntries(Object.keys(faultKinds).map((kind) => [kind, true])),
    events: Object.keys(freeEvents),
  },
  'all-at-once',
);

/** A design of each kind, and those that have an action which no release has. */
export const everyDesign = [
  ...distinctDesigns,
  'nomad-1.9.7+abandon-unknown-node',
  'nomad-2.0.5~abandon-unknown-node',
  'nomad-2.0.5~retry-full-volume',
  'nomad-2.0.5+refuse-canary',
].map(findDesign);

/** The world of a recording in which everything is played by hand that can be. */
export const recorded = {
  volumes: [{ name: 'v1', access: 'single-node-writer' }],
  nodes: ['n1'],
  allocations: [{ name: 'a1', volume: 'v1', node: 'n1', mode: 'write' }],
  bystanders: [{ name: 'a2', node: 'n1' }],
  elsewhere: true,
  controllers: ['n1'],
  leaders: true,
} as const;

/** Every design in the world of everything, with ACLs and without. */
export function modelsOfScopes(): Model[] {
  return everyDesign.flatMap((design) => [true, false].map((acls) => buildModel(design, { ...everything, acls }, 2)));
}

/** Every design in the world of a recording, with ACLs and without. */
function modelsOfRecordings(): Model[] {
  return everyDesign.flatMap((design) =>
    [true, false].map((acls) => buildRecordedModel(design, { ...recorded, acls })),
  );
}

/** Every rule of any design, there and in the world of a recording, with its places in Nomad's code. */
export function placesByRule(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { composition } of [...modelsOfScopes(), ...modelsOfRecordings()]) {
    for (const { note, source } of composition.actions) {
      found.set(note.rule, (found.get(note.rule) ?? new Set()).add(source));
    }
  }
  return found;
}
