import type { RecordedUse, RecordedWorld } from '#models/recorded.ts';
import { accessModes } from '#models/scopes/scope.ts';
import type { RecordedEvent, Recording } from './recording.ts';

/** The worlds in which a recording is followed. */
export interface Worlds {
  /** All volumes that somebody claims, side by side. */
  readonly whole: RecordedWorld;
  /** One for each volume that nobody claims, and where several are claimed, for each of them: the others are noticed as far as they are seen. */
  readonly parts: readonly RecordedWorld[];
}

/**
 * The worlds of a recording: the machines that registered, the volumes that somebody claims, the allocations that claim
 * them. Of a volume that a world leaves out it notices that its row is written, and that the controller is asked about it.
 */
export function worldsOf({ events, acls }: Recording): Worlds {
  const nodes = new Set<string>();
  const controllers = new Set<string>();
  const registered = new Set<string>();
  const access = new Map<string, string>();
  const uses = new Map<string, RecordedUse>();
  const modes = modesIn(events);
  const nodeOf = nodesIn(events);
  let leaders = false;
  for (const event of events) {
    if (event.what === 'leader steps down' || event.what === 'leader elected') leaders = true;
    if (event.what === 'write' && event.type === 'NodeRegister') {
      nodes.add(event.node);
      if (event.controllerPlugin) controllers.add(event.node);
    }
    if (event.what === 'write' && event.type === 'CSIVolumeRegister') registered.add(event.vol);
    for (const use of usesIn(event)) {
      const node = nodeOf.get(use.alloc);
      if (node === undefined) continue;
      const key = `${use.vol} ${use.alloc}`;
      uses.set(key, { name: use.alloc, volume: use.vol, node, mode: modes.get(key) ?? 'write' });
      if (!access.get(use.vol)) access.set(use.vol, use.access ?? '');
    }
  }
  const [first] = registered;
  if (access.size === 0 && first !== undefined) access.set(first, '');
  const volumes = [...access.keys()];
  const common = { nodes: [...nodes], acls, controllers: [...controllers], leaders };
  const world = (followed: readonly string[]): RecordedWorld => {
    const allocations = [...uses.values()].filter(({ volume }) => followed.includes(volume));
    const isOurs = (alloc: string) => allocations.some(({ name }) => name === alloc);
    return {
      ...common,
      volumes: followed.map((name) => ({
        name,
        access: accessModes.find((mode) => mode === access.get(name)) ?? 'single-node-writer',
      })),
      allocations,
      bystanders: [...nodeOf]
        .filter(([alloc, node]) => !isOurs(alloc) && nodes.has(node))
        .map(([name, node]) => ({ name, node })),
      elsewhere: volumes.some((name) => !followed.includes(name)),
    };
  };
  const idle = [...registered].filter((name) => !access.has(name));
  const apart = volumes.length > 1 ? [...volumes, ...idle] : idle;
  return { whole: world(volumes), parts: apart.map((name) => world([name])) };
}

interface Use {
  readonly vol: string;
  readonly alloc: string;
  readonly node: string | null;
  readonly mode: string | null;
  readonly access: string | null;
}

/** Where each allocation runs, by the first that is told of it. */
function nodesIn(events: readonly RecordedEvent[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const event of events) {
    const told = [...usesIn(event), ...(event.what === 'allocation' ? [event] : [])];
    for (const { alloc, node } of told) if (node !== null && !found.has(alloc)) found.set(alloc, node);
  }
  return found;
}

/** How each allocation claims each volume, by the first that is told of it. */
function modesIn(events: readonly RecordedEvent[]): Map<string, 'read' | 'write'> {
  const found = new Map<string, 'read' | 'write'>();
  for (const { vol, alloc, mode } of events.flatMap(usesIn)) {
    const key = `${vol} ${alloc}`;
    if ((mode === 'read' || mode === 'write') && !found.has(key)) found.set(key, mode);
  }
  return found;
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
    return [{ vol: event.vol, alloc: event.alloc, node: event.node, mode: event.mode, access: null }];
  }
  if ((event.what === 'row' || (event.what === 'write' && event.type === 'CSIVolumeRegister')) && event.row) {
    const { read, write, past } = event.row;
    return [...read, ...write, ...past].map((one) => ({ ...one, vol: event.vol }));
  }
  return [];
}
