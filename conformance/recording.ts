import * as v from 'valibot';
import { InputError, nearest } from '#models/input.ts';
import { validated } from '#models/validated.ts';

const Text = v.pipe(v.string(), v.maxLength(2000, 'expected at most 2000 characters'));
const Name = v.pipe(Text, v.minLength(1, 'expected a name'));
const Absent = v.optional(v.nullable(Text), null);
const Whole = v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(0, 'expected 0 or more'));
const ms = v.pipe(v.number(), v.finite('expected a finite number'), v.minValue(0, 'expected 0 or more'));

const HeldClaim = v.strictObject({
  alloc: Name,
  node: Name,
  mode: Absent,
  state: v.picklist(['taken', 'unpublishing', 'node-detached', 'controller-detached', 'ready-to-free']),
  access: Absent,
  externalNode: Absent,
});

const Row = v.strictObject({
  missing: v.optional(v.boolean(), false),
  access: Absent,
  modify: v.optional(Whole),
  read: v.optional(v.array(HeldClaim), []),
  write: v.optional(v.array(HeldClaim), []),
  past: v.optional(v.array(HeldClaim), []),
});

/** The kinds of entries of the Raft log that a recording knows, and their fields. */
const writes = {
  CSIVolumeRegister: { vol: Name, row: v.optional(Row) },
  CSIVolumeClaim: {
    vol: Name,
    alloc: Absent,
    node: Absent,
    mode: Name,
    state: Name,
    access: Absent,
    externalNode: Absent,
  },
  CSIVolumeDeregister: { vols: v.array(Name), force: v.optional(v.boolean(), false) },
  NodeRegister: { node: Name, status: Absent, nodePlugin: v.boolean(), controllerPlugin: v.boolean() },
  NodeUpdateStatus: { node: Name, status: Name },
  NodeBatchDeregister: { nodes: v.array(Name) },
  AllocClientUpdate: { alloc: Name, client: Name },
  ApplyPlanResults: { stopped: v.array(v.strictObject({ alloc: Name, client: Name })) },
  EvalDelete: { allocs: v.array(Name) },
  Other: {},
} satisfies Record<string, v.ObjectEntries>;

const call = { id: Whole, rpc: Name, vol: Name, at: Name, target: Absent, alloc: Absent };
const ask = {
  op: v.picklist([
    'Claim',
    'Unpublish',
    'Register',
    'Deregister',
    'Detach',
    'Node.BatchDeregister',
    'claim gc',
    'system gc',
  ]),
  vol: Absent,
  alloc: Absent,
  node: Absent,
  mode: Absent,
  state: Absent,
  force: v.optional(v.boolean()),
};

/** The kinds of events beside the entries of the log, and their fields. */
const others = {
  call,
  return: { ...call, ok: v.boolean(), error: Absent },
  request: ask,
  reply: { ...ask, ok: v.boolean(), error: Absent },
  allocation: { alloc: Name, node: Name, desired: Name, client: Name },
  'machine stops': { node: Name },
  plugin: { node: Name, registered: v.boolean() },
  'leader steps down': {},
  'leader elected': {},
  row: { vol: Name, row: Row },
  cut: { leftOut: v.record(Name, Whole) },
  end: {},
} satisfies Record<string, v.ObjectEntries>;

type Fields<E extends v.ObjectEntries> = v.InferOutput<v.StrictObjectSchema<E, undefined>>;
type Flat<T> = { readonly [K in keyof T]: T[K] };

/** An entry of the Raft log. */
export type WriteEvent = {
  [K in keyof typeof writes]: Flat<{ ms: number; what: 'write'; index: number; type: K } & Fields<(typeof writes)[K]>>;
}[keyof typeof writes];

/** Anything that the recorder saw. */
export type RecordedEvent =
  | WriteEvent
  | { [K in keyof typeof others]: Flat<{ ms: number; what: K } & Fields<(typeof others)[K]>> }[keyof typeof others];

/** One recorded run of Nomad's servers. */
export interface Recording {
  readonly recording: 'claimcheck/recording@1';
  /** The release that was run. */
  readonly nomad: string;
  readonly scenario: string;
  readonly acls: boolean;
  readonly events: readonly RecordedEvent[];
}

const RecordingSchema = v.strictObject({
  recording: v.literal('claimcheck/recording@1'),
  nomad: Name,
  scenario: v.optional(Text, ''),
  acls: v.boolean(),
  events: v.pipe(
    v.array(v.unknown()),
    v.minLength(2, 'expected events'),
    v.maxLength(100_000, 'expected at most 100000 events'),
  ),
});

const schemas = new Map<string, v.GenericSchema<unknown, RecordedEvent>>();
for (const [type, fields] of Object.entries(writes)) {
  schemas.set(`write ${type}`, schemaOf({ what: v.literal('write'), type: v.literal(type), index: Whole, ...fields }));
}
for (const [what, fields] of Object.entries(others)) schemas.set(what, schemaOf({ what: v.literal(what), ...fields }));

/** A recording in this format, each event by itself. Throws an `InputError` that names the first event that is not. */
export function parseRecording(json: unknown, where: string): Recording {
  const { events, ...head } = validated(RecordingSchema, json, where);
  return { ...head, events: events.map((event, i) => parseEvent(event, eventAt(where, i))) };
}

/** Where an event stands, as mistakes name it: by its place in the file's array, counted from 0. */
export function eventAt(where: string, index: number): string {
  return `${where}: events[${index}]`;
}

function parseEvent(event: unknown, where: string): RecordedEvent {
  const { what } = validated(v.looseObject({ what: v.string() }), event, where);
  const kind = what === 'write' ? `write ${validated(v.looseObject({ type: v.string() }), event, where).type}` : what;
  const schema = schemas.get(kind);
  if (schema) return validated(schema, event, where);
  const [field, given] = what === 'write' ? (['type', kind.slice(6)] as const) : (['what', what] as const);
  const known = what === 'write' ? Object.keys(writes) : ['write', ...Object.keys(others)];
  throw new InputError(`there is no event of ${field} "${given.slice(0, 80)}"`, {
    where,
    expected: `one of ${known.join(', ')}`,
    nearest: given.length <= 80 ? nearest(given, known) : undefined,
  });
}

function schemaOf(entries: v.ObjectEntries): v.GenericSchema<unknown, RecordedEvent> {
  // The maps above give each kind its fields, and `RecordedEvent` is read off the same maps.
  return v.strictObject({ ms, ...entries }) as unknown as v.GenericSchema<unknown, RecordedEvent>;
}
