import type { Design } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { type NumberedWorld, scopeOfWorld, spellWorld } from '#models/scopes/world.ts';

/**
 * A world whose things keep the names that they had before others were taken out of it, so that the actions of a run are
 * found again by name.
 */
export interface Labelled {
  readonly volumes: readonly (NumberedWorld['volumes'][number] & { readonly name: string })[];
  readonly nodes: readonly string[];
  readonly allocations: readonly {
    readonly name: string;
    readonly volume: string;
    readonly node: string;
    readonly replaces: string | null;
  }[];
  readonly controllerRequired: boolean;
  readonly acls: boolean;
  readonly faults: NumberedWorld['faults'];
  readonly events: NumberedWorld['events'];
  readonly budget: number;
}

/** Names the things of a world as its scope does. */
export function labelled(world: NumberedWorld, budget: number): Labelled {
  return {
    ...world,
    budget,
    volumes: world.volumes.map((one, i) => ({ ...one, name: `v${i + 1}` })),
    nodes: Array.from({ length: world.nodes }, (_, i) => `n${i + 1}`),
    allocations: world.allocations.map(({ volume, node, replaces }, i) => ({
      name: `a${i + 1}`,
      volume: `v${volume + 1}`,
      node: `n${node + 1}`,
      replaces: replaces === null ? null : `a${replaces + 1}`,
    })),
  };
}

/** The world with its things numbered anew, in the same order. */
export function numbered({ volumes, nodes, allocations, budget: _, ...rest }: Labelled): NumberedWorld {
  return {
    ...rest,
    volumes: volumes.map(({ access, neverDetaches }) => ({ access, neverDetaches })),
    nodes: nodes.length,
    allocations: allocations.map(({ volume, node, replaces }) => ({
      volume: volumes.findIndex(({ name }) => name === volume),
      node: nodes.indexOf(node),
      replaces: replaces === null ? null : allocations.findIndex(({ name }) => name === replaces),
    })),
  };
}

/** The model of a design in a world; its actions are in the order of the numbered world's. */
export function modelIn(design: Design, world: Labelled): Model {
  const scope: Scope = {
    ...scopeOfWorld(numbered(world)),
    volumes: world.volumes.map((one) => ({ ...one })),
    nodes: [...world.nodes],
    allocations: world.allocations.map(({ replaces, ...one }) => ({ ...one, ...(replaces !== null && { replaces }) })),
  };
  return buildModel(design, scope, world.budget);
}

/** Worlds that a run may also be possible in, each a little smaller, the largest cuts first. */
export function* smaller(world: Labelled): Generator<Labelled> {
  const { volumes, nodes, allocations } = world;
  for (const list of [halves(volumes), ones(volumes)].flat()) {
    if (list.length > 0) yield without(world, (one) => list.some(({ name }) => name === one.volume), { volumes: list });
  }
  for (const list of [halves(allocations), ones(allocations)].flat()) {
    const names = new Set(list.map(({ name }) => name));
    if (list.length > 0) yield without(world, ({ name }) => names.has(name), {});
  }
  for (const list of ones(nodes)) {
    if (list.length > 0) yield without(world, ({ node }) => list.includes(node), { nodes: list });
  }
  for (const one of allocations) {
    if (one.replaces !== null) {
      yield { ...world, allocations: allocations.map((other) => (other === one ? { ...one, replaces: null } : other)) };
    }
  }
  if (world.budget > 0) yield { ...world, budget: world.budget - 1 };
  for (const faults of ones(world.faults)) yield { ...world, faults };
  for (const events of [halves(world.events), ones(world.events)].flat()) yield { ...world, events };
  if (!world.controllerRequired) yield { ...world, controllerRequired: true };
  if (!world.acls) yield { ...world, acls: true };
  for (const one of volumes) {
    if (one.access === 'single-node-writer') continue;
    yield {
      ...world,
      volumes: volumes.map((other) => (other === one ? { ...one, access: 'single-node-writer' } : other)),
    };
  }
}

/** How large a world is; every world of `smaller` is smaller. */
export function sizeOf(world: Labelled): number {
  const { volumes, nodes, allocations, faults, events, budget } = world;
  return (
    1000 * (volumes.length + nodes.length + allocations.length) +
    100 * budget +
    10 * (faults.length + events.length + allocations.filter(({ replaces }) => replaces !== null).length) +
    volumes.filter(({ access }) => access !== 'single-node-writer').length +
    (world.controllerRequired ? 0 : 1) +
    (world.acls ? 0 : 1)
  );
}

/** The spelt name of a world. */
export const nameOf = (world: Labelled): string => spellWorld(numbered(world));

function without(
  world: Labelled,
  isKept: (one: Labelled['allocations'][number]) => boolean,
  changes: Partial<Labelled>,
): Labelled {
  const kept = world.allocations.filter(isKept);
  const names = new Set(kept.map(({ name }) => name));
  return {
    ...world,
    ...changes,
    allocations: kept.map((one) =>
      one.replaces !== null && !names.has(one.replaces) ? { ...one, replaces: null } : one,
    ),
  };
}

function halves<T>(list: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(list.length / 2);
  return list.length > 2 ? [list.slice(0, middle), list.slice(middle)] : [];
}

/** Each list with one item fewer. */
function ones<T>(list: readonly T[]): (readonly T[])[] {
  return list.map((_, i) => list.filter((_, j) => j !== i));
}
