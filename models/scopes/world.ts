import { InputError } from '#models/input.ts';
import type { FaultKind, FreeEvent } from './fault.ts';
import type { Scope, ScopeInput } from './scope.ts';

/** A world whose things are numbered: volume `v1`, node `n1`, allocation `a1` are the first of each. */
export interface NumberedWorld {
  readonly volumes: readonly { readonly access: keyof typeof volumeLetters; readonly neverDetaches: boolean }[];
  readonly nodes: number;
  /** By number, from 0; `replaces` is an earlier allocation. */
  readonly allocations: readonly { readonly volume: number; readonly node: number; readonly replaces: number | null }[];
  readonly controllerRequired: boolean;
  readonly acls: boolean;
  /** Kinds of fault that may happen, each as often as the budget allows. */
  readonly faults: readonly FaultKind[];
  readonly events: readonly FreeEvent[];
}

/** The first part of the name of a scope that spells itself out. */
const FORMAT = 'world';

const volumeLetters = { 'single-node-writer': 's', 'multi-node-multi-writer': 'm' } as const;

/**
 * The name that spells a world out, so that a token of a run in it needs no file:
 * `world~sm~2~00.11r0~ca~nodeDown~jobStopped` has a single-writer and a multi-writer volume, two nodes, `a1` of `v1` on
 * `n1` and `a2` of `v2` on `n2` in place of `a1`, a controller and ACLs, one kind of fault and one free event. A volume
 * whose provider refuses every detach is a capital letter.
 */
export function spellWorld(world: NumberedWorld): string {
  const volumes = world.volumes.map(({ access, neverDetaches }) => {
    const letter = volumeLetters[access];
    return neverDetaches ? letter.toUpperCase() : letter;
  });
  const allocations = world.allocations.map(
    ({ volume, node, replaces }) =>
      `${volume.toString(36)}${node.toString(36)}${replaces === null ? '' : `r${replaces.toString(36)}`}`,
  );
  const flags = `${world.controllerRequired ? 'c' : ''}${world.acls ? 'a' : ''}`;
  return [
    FORMAT,
    volumes.join(''),
    world.nodes,
    allocations.join('.'),
    flags || '-',
    world.faults.join('.') || '-',
    world.events.join('.') || '-',
  ].join('~');
}

/** A numbered world as a scope, which has the name that spells it out. */
export function scopeOfWorld(world: NumberedWorld): Scope {
  return {
    name: spellWorld(world),
    says: `${count(world.volumes.length, 'volume')}, ${count(world.nodes, 'node')}, ${count(world.allocations.length, 'allocation')}`,
    cannotShow: '',
    topFaults: 0,
    volumes: world.volumes.map((one, i) => ({ name: `v${i + 1}`, ...one })),
    nodes: Array.from({ length: world.nodes }, (_, i) => `n${i + 1}`),
    allocations: world.allocations.map(({ volume, node, replaces }, i) => ({
      name: `a${i + 1}`,
      volume: `v${volume + 1}`,
      node: `n${node + 1}`,
      ...(replaces !== null && { replaces: `a${replaces + 1}` }),
    })),
    controllerRequired: world.controllerRequired,
    acls: world.acls,
    faults: Object.fromEntries(world.faults.map((kind) => [kind, true])),
    events: [...world.events],
  };
}

/** What a name spells out, not yet validated; `null` if it is the name of something else. */
export function spelledWorld(name: string): Omit<ScopeInput, 'name'> | null {
  const parts = name.split('~');
  if (parts[0] !== FORMAT) return null;
  const [, volumes = '', nodes = '', allocations = '', flags = '', faults = '', events = ''] = parts;
  const wrong = (what: string, expected: string) => new InputError(what, { where: name, expected });
  if (parts.length !== 7) throw wrong(`the world has ${parts.length} parts`, '7 parts with ~ between them');
  if (!/^[smSM]+$/.test(volumes)) throw wrong(`no volumes are "${volumes}"`, 'letters s and m, or S and M');
  if (!/^\d{1,2}$/.test(nodes)) throw wrong(`"${nodes}" is no number of nodes`, 'a number');
  return {
    says: 'a world that its name spells out',
    cannotShow: '',
    topFaults: 0,
    volumes: [...volumes].map((letter, i) => ({
      name: `v${i + 1}`,
      access: letter.toLowerCase() === 's' ? 'single-node-writer' : 'multi-node-multi-writer',
      neverDetaches: letter !== letter.toLowerCase(),
    })),
    nodes: Array.from({ length: Number(nodes) }, (_, i) => `n${i + 1}`),
    allocations: allocations.split('.').map((text, i) => {
      const [, volume, node, replaces] = /^([0-9a-j])([0-9])(?:r([0-9a-z]{1,2}))?$/.exec(text) ?? [];
      if (volume === undefined || node === undefined) {
        throw wrong(`allocation ${i + 1} is "${text}"`, 'a volume and a node by number');
      }
      return {
        name: `a${i + 1}`,
        volume: `v${Number.parseInt(volume, 36) + 1}`,
        node: `n${Number.parseInt(node, 36) + 1}`,
        ...(replaces !== undefined && { replaces: `a${Number.parseInt(replaces, 36) + 1}` }),
      };
    }),
    controllerRequired: flags.includes('c'),
    acls: flags.includes('a'),
    // Names that are none are refused with everything else when the scope is validated.
    faults: Object.fromEntries(listed(faults).map((kind) => [kind, true])),
    events: listed(events) as FreeEvent[],
  };
}

const listed = (text: string): string[] => (text === '-' || text === '' ? [] : text.split('.'));

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
