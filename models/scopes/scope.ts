import * as v from 'valibot';
import { unknownName } from '#models/input.ts';
import { validated } from '#models/validated.ts';
import { defaults } from './defaults.ts';
import { type FaultKind, type FreeEvent, faultKinds, freeEvents } from './fault.ts';
import { narrow } from './narrow.ts';
import { spelledWorld } from './world.ts';

const Name = v.pipe(
  v.string(),
  v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, 'expected a name of letters, digits, ".", "_" or "-"'),
  v.maxLength(40, 'expected at most 40 characters'),
);

const Rung = v.pipe(
  v.number(),
  v.integer('expected a whole number'),
  v.minValue(0, 'expected 0 or more'),
  v.maxValue(20, 'expected 20 or less'),
);

/** Nomad's access modes of a volume (server.md 1.3). */
export const accessModes = [
  'single-node-reader-only',
  'single-node-writer',
  'multi-node-reader-only',
  'multi-node-single-writer',
  'multi-node-multi-writer',
] as const;

const kinds = Object.keys(faultKinds) as FaultKind[];
const events = Object.keys(freeEvents) as FreeEvent[];

/** A scope as data: which world is checked, and what may happen in it. Lives outside the model; every bound is here. */
export const ScopeSchema = v.strictObject({
  name: Name,
  /** The world in a sentence. */
  says: v.optional(v.string(), ''),
  /** What this bound cannot show. */
  cannotShow: v.optional(v.string(), 'whatever needs more volumes, nodes, allocations or faults than it has'),
  /** The default top of its ladder of faults. */
  topFaults: v.optional(Rung, 1),
  volumes: v.pipe(
    v.array(
      v.strictObject({
        name: Name,
        access: v.optional(v.picklist(accessModes), 'single-node-writer'),
        /** Its provider refuses every detach. */
        neverDetaches: v.optional(v.boolean(), false),
        /** Its provider never answers a detach. */
        neverAnswers: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1, 'expected at least one volume'),
    v.maxLength(20, 'expected at most 20 volumes'),
  ),
  nodes: v.pipe(
    v.array(Name),
    v.minLength(1, 'expected at least one node'),
    v.maxLength(10, 'expected at most 10 nodes'),
  ),
  allocations: v.pipe(
    v.array(
      v.strictObject({
        name: Name,
        volume: Name,
        node: Name,
        /** It starts only when the servers hold that allocation for over: its replacement. */
        replaces: v.optional(Name),
        /** How it claims the volume; to write, unless told otherwise. */
        mode: v.optional(v.picklist(['read', 'write'])),
        /**
         * Where the world finds it, waiting to start unless it says so: running on its volume, told to stop while it
         * runs, or over with its claim left behind.
         */
        begins: v.optional(v.picklist(['running', 'stopping', 'over'])),
        /** Nobody stops it, and its task does not end by itself. */
        stays: v.optional(v.boolean()),
        /** It is a canary: it starts beside that allocation, which is stopped once it runs. */
        canaryOf: v.exactOptional(Name),
        /** Its group has `disconnect.lost_after`. */
        mayBeUnknown: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1, 'expected at least one allocation'),
    v.maxLength(40, 'expected at most 40 allocations'),
  ),
  /** A cap on the tokens of a watcher's limiter: a smaller burst than the design's, for a smaller world. */
  burst: v.optional(v.pipe(Rung, v.minValue(1, 'expected 1 or more'))),
  /** A cap on the commands that operators give in all, the stops of jobs apart; none unless it says so. */
  commands: v.optional(Rung),
  controllerRequired: v.optional(v.boolean(), true),
  acls: v.optional(v.boolean(), true),
  /** Two attaches to one machine at once, or two operations on one volume there, get in each other's way. */
  callsCollide: v.exactOptional(v.boolean()),
  /** No watcher's timer runs out: there is always something else that keeps it from being idle for five minutes. */
  watchersStay: v.exactOptional(v.boolean()),
  /** Kinds of fault that may happen, each with a cap of its own or `true` for as many as the budget allows. */
  faults: v.optional(
    v.partial(
      v.strictObject(
        Object.fromEntries(kinds.map((kind) => [kind, v.union([v.literal(true), Rung])])) as Record<
          FaultKind,
          v.UnionSchema<[v.LiteralSchema<true, undefined>, typeof Rung], undefined>
        >,
      ),
    ),
    {},
  ),
  /** What else may happen. */
  events: v.optional(v.array(v.picklist(events)), []),
});

/** A scope as a user may write it: what has a default may be left out. */
export type ScopeInput = v.InferInput<typeof ScopeSchema>;

/** A complete scope. */
export type Scope = v.InferOutput<typeof ScopeSchema>;

/** The default scopes, smallest first. */
export const scopes: readonly Scope[] = defaults.map((one) => v.parse(ScopeSchema, one));

/** Their names, smallest first. */
export const scopeNames: readonly string[] = scopes.map(({ name }) => name);

/** The names of those that are judged unless all are asked for: all but the largest, which takes as long as many others. */
export const usualScopeNames: readonly string[] = scopeNames.filter((name) => name !== 'everything');

/** Small scopes beside the default ones, judged only when they are named. */
export const narrowScopes: readonly Scope[] = narrow.map((one) => v.parse(ScopeSchema, one));

/** The default or narrow scope of that name, or the world that the name spells out. Throws an `InputError` that names the nearest one. */
export function findScope(name: string): Scope {
  const spelled = spelledWorld(name);
  if (spelled) return { ...readScope({ ...spelled, name: 'spelled' }, name), name };
  const found = [...scopes, ...narrowScopes].find((one) => one.name === name);
  if (!found) throw unknownName('scope', name, [...scopeNames, ...narrowScopes.map((one) => one.name)]);
  return found;
}

/** A user's own scope. Throws an `InputError` that says which field is wrong; `where` names the file. */
export function readScope(json: unknown, where: string): Scope {
  const scope = validated(ScopeSchema, json, where);
  const known = {
    volume: scope.volumes.map((one) => one.name),
    node: scope.nodes,
    allocation: scope.allocations.map((one) => one.name),
  };
  for (const [i, one] of scope.allocations.entries()) {
    const at = `${where}: allocations[${i}]`;
    if (!known.volume.includes(one.volume)) throw unknownName('volume', one.volume, known.volume, `${at}.volume`);
    if (!known.node.includes(one.node)) throw unknownName('node', one.node, known.node, `${at}.node`);
    if (one.replaces !== undefined && !known.allocation.slice(0, i).includes(one.replaces)) {
      throw unknownName('earlier allocation', one.replaces, known.allocation.slice(0, i), `${at}.replaces`);
    }
  }
  for (const [kind, names] of Object.entries(known)) refuseTwice(kind, names, where);
  return scope;
}

function refuseTwice(kind: string, names: readonly string[], where: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw unknownName(`second ${kind}`, twice, [], where);
}
