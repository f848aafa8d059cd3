import { InputError } from '#models/input.ts';
import type { RecordedWorld } from '#models/recorded.ts';
import { eventAt, type RecordedEvent, type Recording } from './recording.ts';

/**
 * The world of a recording: the machines that registered, the volumes that somebody claims, the allocations that claim
 * them. A volume that nobody claims is left out; that its row is written is all that is noticed of it.
 */
export function worldOf({ events, acls }: Recording, where: string): RecordedWorld {
  const nodes = new Set<string>();
  const registered = new Set<string>();
  const access = new Map<string, string>();
  const allocations = new Map<string, RecordedWorld['allocations'][number]>();
  const nodeOf = new Map<string, string>();
  let controllerNode: string | null = null;
  for (const [i, event] of events.entries()) {
    if (event.what === 'allocation') nodeOf.set(event.alloc, event.node);
    if (event.what === 'write' && event.type === 'NodeRegister') {
      nodes.add(event.node);
      if (event.controllerPlugin) controllerNode ??= event.node;
    }
    if (event.what === 'write' && event.type === 'CSIVolumeRegister') registered.add(event.vol);
    for (const use of usesIn(event)) {
      const node = use.node ?? nodeOf.get(use.alloc);
      if (node === undefined) continue;
      const known = allocations.get(use.alloc);
      if (known && known.volume !== use.vol) {
        throw new InputError(`allocation "${use.alloc}" uses volumes "${known.volume}" and "${use.vol}"`, {
          where: eventAt(where, i),
          expected: 'one volume for each allocation, which is all that the model knows',
        });
      }
      allocations.set(use.alloc, known ?? { name: use.alloc, volume: use.vol, node });
      if (!access.get(use.vol)) access.set(use.vol, use.access ?? '');
    }
  }
  const [first] = registered;
  if (access.size === 0 && first !== undefined) access.set(first, '');
  return {
    volumes: [...access].map(([name, mode]) => ({ name, access: mode === '' ? 'single-node-writer' : mode })),
    nodes: [...nodes],
    allocations: [...allocations.values()],
    acls,
    controllerNode,
  };
}

interface Use {
  readonly vol: string;
  readonly alloc: string;
  readonly node: string | null;
  readonly access: string | null;
}

function usesIn(event: RecordedEvent): Use[] {
  if (event.what === 'write' && event.type === 'CSIVolumeClaim') {
    return event.alloc === null ? [] : [{ ...event, alloc: event.alloc }];
  }
  if (
    event.what === 'request' &&
    (event.op === 'Claim' || event.op === 'Unpublish') &&
    event.alloc !== null &&
    event.vol !== null
  ) {
    return [{ vol: event.vol, alloc: event.alloc, node: event.node, access: null }];
  }
  if ((event.what === 'row' || (event.what === 'write' && event.type === 'CSIVolumeRegister')) && event.row) {
    const { read, write, past } = event.row;
    return [...read, ...write, ...past].map((one) => ({ ...one, vol: event.vol }));
  }
  return [];
}
