import type { Observation } from '#models/note.ts';
import type { RecordedWorld } from '#models/recorded.ts';
import type { RecordedEvent } from './recording.ts';

/** One thing that a recorder saw, with one name in each field, as an observation is matched against it. */
export interface Fact {
  readonly what: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * What an event says of the world, one fact for each allocation, machine or volume that it names. A write to a volume
 * that is left out wakes every watcher all the same, and a controller call for it holds the plugin's lock; whatever else
 * is about it, and what no part of the model reads, says nothing.
 */
export function factsOf(event: RecordedEvent, world: RecordedWorld): readonly Fact[] {
  const { ms: _, what, ...fields } = event;
  const isLeftOut = (vol: string) => !world.volumes.some(({ name }) => name === vol);
  const isKnown = (alloc: string) => [...world.allocations, ...world.bystanders].some(({ name }) => name === alloc);
  if (event.what === 'write') {
    switch (event.type) {
      case 'Other':
        return [];
      case 'ApplyPlanResults':
        return event.stopped
          .filter(({ alloc }) => isKnown(alloc))
          .map((one) => ({ what, fields: { ...fields, ...one } }));
      case 'EvalDelete':
        return event.allocs.filter(isKnown).map((alloc) => ({ what, fields: { ...fields, alloc } }));
      case 'NodeBatchDeregister':
        return event.nodes.map((node) => ({ what, fields: { ...fields, node } }));
      case 'CSIVolumeDeregister':
        return event.vols.map((vol) => ({ what, fields: isLeftOut(vol) ? anotherVolume : { ...fields, vol } }));
    }
  }
  if (event.what === 'allocation' && !isKnown(event.alloc)) return [];
  if (event.what === 'write' && event.type === 'AllocClientUpdate' && !isKnown(event.alloc)) return [];
  if (!('vol' in event) || event.vol === null || !isLeftOut(event.vol)) return [{ what, fields }];
  const isCall = event.what === 'call' || event.what === 'return';
  return event.what === 'write' || (isCall && locking.has(event.rpc)) ? [{ what, fields: anotherVolume }] : [];
}

/** The calls that the plugin's lock lets through one at a time. */
const locking: ReadonlySet<string> = new Set(['ControllerAttachVolume', 'ControllerDetachVolume']);

const anotherVolume = { type: 'another volume' };

/** Whether a fact is what an observation expects; a field that the observation leaves out does not matter. */
export function matches(expected: Observation, fact: Fact): boolean {
  return (
    expected.what === fact.what &&
    Object.entries(expected.fields).every(([name, value]) => fits(name, value, fact.fields[name]))
  );
}

function fits(name: string, expected: Observation['fields'][string], found: unknown): boolean {
  if (expected === null) return found === null || found === undefined || found === '';
  if (Array.isArray(expected)) {
    return Array.isArray(found) && found.length === expected.length && expected.every((item, i) => item === found[i]);
  }
  if (name === 'error' && typeof expected === 'string') return typeof found === 'string' && found.includes(expected);
  return expected === found;
}

/** The kinds that a cut leaves out, those seen of volumes that this world leaves out among them. */
export function kindsIn(leftOut: Readonly<Record<string, number>>): ReadonlySet<string> {
  const kinds = Object.keys(leftOut);
  return new Set([
    ...kinds,
    ...(kinds.some((kind) => kind.startsWith('CSIVolume')) ? [anotherVolume.type] : []),
    ...['call', 'return']
      .filter((what) => kinds.some((kind) => kind.startsWith(`${what} Controller`)))
      .map((what) => `${what} ${anotherVolume.type}`),
  ]);
}

/** The kind of an observation, as a cut counts what it left out: `CSIVolumeClaim`, `call ControllerDetachVolume`. */
export function kindOf({ what, fields }: Observation): string {
  const about = fields.type ?? fields.rpc ?? fields.op;
  return what === 'write' ? String(about) : about === undefined ? what : `${what} ${String(about)}`;
}

/** An observation or a fact in words: `write CSIVolumeClaim vol=v1 alloc=a1 state=node-detached`. */
export function inWords({ what, fields }: Observation | Fact): string {
  const { type, rpc, op, ...rest } = fields;
  const head = [what, type, rpc, op].filter((word) => word !== undefined && word !== null).join(' ');
  const told = Object.entries(rest).filter(
    ([name, value]) => value !== null && value !== undefined && !silent.has(name),
  );
  return [
    head,
    ...told.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ].join(' ');
}

const silent: ReadonlySet<string> = new Set(['index', 'id', 'row']);
