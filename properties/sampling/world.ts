import fc from 'fast-check';
import { type FaultKind, type FreeEvent, faultKinds, freeEvents } from '#models/scopes/fault.ts';
import type { NumberedWorld } from '#models/scopes/world.ts';

/** How large the worlds are: a name, or a number of volumes. */
export type Size = 'small' | 'medium' | 'large' | number;

/** A world and how many faults may happen in it. */
export interface World {
  readonly world: NumberedWorld;
  readonly budget: number;
}

/** The names of sizes, smallest first. */
export const sizeNames = ['small', 'medium', 'large'] as const;

/** The largest worlds there are. */
export const worldMax = { volumes: 20, nodes: 10, allocations: 40, budget: 4 } as const;

interface Limits {
  readonly volumes: readonly [least: number, most: number];
  readonly nodes: number;
  readonly allocations: readonly [least: number, most: number];
  readonly budget: number;
}

function limitsOf(size: Size): Limits {
  if (size === 'small') return { volumes: [1, 2], nodes: 2, allocations: [1, 3], budget: 2 };
  if (size === 'medium') return { volumes: [2, 6], nodes: 4, allocations: [2, 10], budget: 3 };
  if (size === 'large') return { volumes: [6, 20], nodes: 10, allocations: [8, 40], budget: 4 };
  const allocations = Math.min(2 * size, worldMax.allocations);
  return {
    volumes: [size, size],
    nodes: Math.min(size + 1, worldMax.nodes),
    allocations: [size, allocations],
    budget: 3,
  };
}

/**
 * Worlds of a size: how many volumes and nodes, which allocation uses which volume where and in place of which other, access
 * modes, what may fail and how often, what else may happen. Every part shrinks to fewer and to the first.
 */
export function worlds(size: Size): fc.Arbitrary<World> {
  const limits = limitsOf(size);
  const [least, most] = limits.volumes;
  return fc
    .record({
      volumes: fc.array(fc.constantFrom('single-node-writer', 'multi-node-multi-writer'), {
        minLength: least,
        maxLength: most,
        size: 'max',
      }),
      nodes: fc.integer({ min: 1, max: limits.nodes }),
      allocations: fc.array(
        fc.record({ volume: fc.nat(), node: fc.nat(), replaces: fc.option(fc.nat(), { freq: 2 }) }),
        { minLength: limits.allocations[0], maxLength: limits.allocations[1], size: 'max' },
      ),
      controllerRequired: mostly(true),
      acls: mostly(true),
      faults: fc.subarray(Object.keys(faultKinds) as FaultKind[]),
      events: fc.subarray(Object.keys(freeEvents) as FreeEvent[]),
      budget: fc.nat({ max: limits.budget }),
    })
    .map(({ budget, allocations, volumes, ...rest }) => ({
      world: {
        ...rest,
        volumes: volumes.map((access) => ({ access, neverDetaches: false })),
        allocations: placed(allocations, volumes.length, rest.nodes),
      },
      budget,
    }));
}

/** Places each allocation; one replaces another only where that is an earlier one of the same volume, and each only once. */
function placed(
  wanted: readonly { readonly volume: number; readonly node: number; readonly replaces: number | null }[],
  volumes: number,
  nodes: number,
): NumberedWorld['allocations'] {
  const replaced = new Set<number>();
  const there: NumberedWorld['allocations'][number][] = [];
  for (const [i, one] of wanted.entries()) {
    // The first of them go round, so that most volumes are used.
    const volume = i < volumes ? i : one.volume % volumes;
    const earlier = there.flatMap((other, j) => (other.volume === volume && !replaced.has(j) ? [j] : []));
    const replaces = one.replaces === null ? undefined : earlier[one.replaces % earlier.length];
    if (replaces !== undefined) replaced.add(replaces);
    there.push({ volume, node: one.node % nodes, replaces: replaces ?? null });
  }
  return there;
}

function mostly(usual: boolean): fc.Arbitrary<boolean> {
  return fc.nat({ max: 3 }).map((drawn) => (drawn === 3 ? !usual : usual));
}
