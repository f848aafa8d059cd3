import { disabled } from '#checker/system.ts';
import { advance } from '#composition/trace.ts';
import type { Design } from '#models/designs/design.ts';
import type { Model } from '#models/model.ts';
import type { Observation } from '#models/note.ts';
import { buildRecordedModel, type RecordedWorld } from '#models/recorded.ts';

/** How often each rule is chosen where a person, a client or a timer decides; 1 unless it is named here. */
export type Weights = Readonly<Record<string, number>>;

/** A run that spins is cut short: so many steps, seen or not. */
const stepsMax = 2_000;

/** How long the servers are watched after the last deed, in ms. */
const overMs = 4_000;

/** What is to be played. */
export interface Play {
  readonly design: Design;
  readonly nomad: string;
  readonly world: RecordedWorld;
  readonly seed: number;
  /** How many things people, clients and timers do. */
  readonly deeds: number;
  readonly weights: Weights;
  /** How long a call takes at most, in ms. */
  readonly callMs: number;
  /** How long nobody does anything at most, in ms. */
  readonly pauseMs: number;
}

/** An event as it stands in a file. */
export type PlayedEvent = Record<string, unknown> & { ms: number; what: string };

/** A recording as it stands in a file. */
export interface Played {
  readonly recording: string;
  readonly nomad: string;
  readonly scenario: string;
  readonly acls: boolean;
  readonly events: PlayedEvent[];
}

/**
 * Plays a design's servers at random, clients and operators by hand, and records them as Nomad's were recorded: what
 * waits for nobody comes within a millisecond or so, a limiter gives its tokens by the clock, calls take their time.
 */
export function play({ design, nomad, world, seed, deeds, weights, callMs, pauseMs }: Play): Played {
  const model = buildRecordedModel(design, world);
  const { composition } = model;
  const random = randomOf(seed);
  const script = new Script(world);
  let locals: readonly number[] = composition.system.fields.map((field) => field.initial);
  let now = 100 + Math.round(random() * 3000) / 10;
  let done = 0;
  let over: number | null = null;
  const rate = design.behaviours.watcherLimiter;
  const buckets = new Map<string, { tokens: number; at: number }>();
  /** When each call that is under way is answered. */
  const answers = new Map<number, number>();
  /** What comes before anything else: machines and volumes are registered. */
  const first = [
    ...world.nodes.map(
      (name) =>
        `client registers with its node plugin${world.controllers.includes(name) ? ' and a controller' : ''} (${name})`,
    ),
    ...world.volumes.map(({ name }) => `operator registers the volume (${name})`),
  ];
  for (let steps = 0; steps < stepsMax; steps++) {
    const open = composition.actions.flatMap((declared, action) => {
      const { note } = declared;
      if (note.isTick) return [];
      const next = advance(composition, action, locals);
      if (next === disabled) return [];
      const views = composition.views({ all: declared.participants }, locals).all;
      const seen = note.seen(views);
      if (seen.length === 0 && next.every((one, i) => one === locals[i])) return [];
      return [{ action, note, next, seen }];
    });
    const mayBe = (one: (typeof open)[number]) =>
      one.note.fault === null || one.seen.some(({ what, fields }) => fields.ok === false || !/return|reply/.test(what));
    const tokenAt = (volume: string | null) => {
      if (volume === null || !rate) return now;
      const bucket = buckets.get(volume);
      if (!bucket) return now;
      const tokens = bucket.tokens + ((now - bucket.at) * rate.perTick) / 1000;
      return tokens >= 1 ? now : now + ((1 - tokens) * 1000) / rate.perTick;
    };
    const prompt = open.filter(({ note }) => note.fault === null && /^(nothing|lock|token)$/.test(note.waitsFor));
    const due = prompt.filter(({ note }) => tokenAt(note.token) <= now);
    const calls = open.filter(({ note }) => note.waitsFor === 'call');
    for (const one of calls)
      if (one.note.fault === null && !answers.has(one.action)) answers.set(one.action, now + random() * callMs);
    for (const action of [...answers.keys()]) if (!calls.some((one) => one.action === action)) answers.delete(action);
    const deedsLeft = first.length > 0 || done < deeds;
    if (!deedsLeft) {
      over ??= now + overMs;
      if (now > over) break;
    }
    let chosen: (typeof open)[number] | undefined;
    const ripe = calls.filter((one) => one.note.fault === null && (answers.get(one.action) ?? 0) <= now);
    if (due.length > 0 && (first.length > 0 || !(deedsLeft && random() < 0.03))) {
      chosen = due[Math.floor(random() * due.length)];
      now += random() * 0.4;
    } else if (ripe.length > 0) {
      const one = ripe[Math.floor(random() * ripe.length)];
      const failing = calls.filter(
        (other) => other.note.fault === 'rpcFailure' && one && namesOf(other.note.rule, other, one, model),
      );
      chosen = failing.length > 0 && random() < 0.15 ? failing[Math.floor(random() * failing.length)] : one;
      now += random() * 0.1;
    } else {
      const next = Math.min(
        ...prompt.map(({ note }) => tokenAt(note.token)),
        ...calls.map((one) => answers.get(one.action) ?? Number.POSITIVE_INFINITY),
      );
      const isSettingUp = first.length > 0 && calls.length > 0;
      const pause = deedsLeft && !isSettingUp ? now + random() * random() * pauseMs : Number.POSITIVE_INFINITY;
      if (next <= pause && Number.isFinite(next)) {
        now = next;
        continue;
      }
      if (!deedsLeft) break;
      const name = first.shift();
      now = due.length > 0 || name !== undefined ? now : pause;
      const free = open.filter(
        (one) => mayBe(one) && !/^(nothing|lock|token|call)$/.test(one.note.waitsFor) && one.seen.length > 0,
      );
      const forced = open.find((one) => composition.actions[one.action]?.name === name);
      const total = free.reduce((sum, one) => sum + (weights[one.note.rule] ?? 1), 0);
      let left = random() * total;
      chosen =
        forced ??
        free.find((one) => {
          left -= weights[one.note.rule] ?? 1;
          return left < 0;
        });
      if (!forced) done++;
    }
    if (!chosen) break;
    if (chosen.note.token !== null && rate) {
      const bucket = buckets.get(chosen.note.token) ?? { tokens: rate.burst, at: now };
      const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) * rate.perTick) / 1000);
      buckets.set(chosen.note.token, { tokens: tokens - 1, at: now });
    }
    for (const part of model.cluster.volumes) {
      const isOff = (at: readonly number[]) => composition.views({ watcher: part.watcher }, at).watcher.at('off');
      if (isOff(locals) && !isOff(chosen.next)) buckets.delete(part.name);
    }
    for (const one of chosen.seen) now = script.add(one, now, random);
    locals = chosen.next;
    if (random() < 0.02) script.row(model, locals, now);
  }
  for (const part of model.cluster.volumes) script.row(model, locals, now, part.name);
  script.events.push({ ms: rounded(now), what: 'end' });
  return {
    recording: 'claimcheck/recording@1',
    nomad,
    scenario: `played-${seed}`,
    acls: world.acls,
    events: script.events,
  };
}

/** A fault of the same call: both are about the same unpublish or claim. */
function namesOf(_: string, other: { action: number }, one: { action: number }, model: Model): boolean {
  const about = (action: number) => /\(.*\)$/.exec(model.composition.actions[action]?.name ?? '')?.[0];
  return about(other.action) === about(one.action);
}

/** Writes observations down as events. */
class Script {
  readonly events: PlayedEvent[] = [];
  readonly #world: RecordedWorld;
  #index = 7;
  #id = 0;
  readonly #calls: PlayedEvent[] = [];

  constructor(world: RecordedWorld) {
    this.#world = world;
  }

  add({ what, fields }: Observation, ms: number, random: () => number): number {
    const at = this.#event(what, { ...fields }, ms);
    if (at) this.events.push(at);
    return ms + random() * 0.2;
  }

  row(model: Model, locals: readonly number[], ms: number, name?: string): void {
    const part = model.cluster.volumes.find((one) => name === undefined || one.name === name);
    if (!part) return;
    const { volume, claims } = model.composition.views(
      { volume: part.volume, claims: part.claims.map((one) => one.claim) },
      locals,
    );
    if (volume.at('row.missing')) {
      this.events.push({ ms: rounded(ms), what: 'row', vol: part.name, row: { missing: true } });
      return;
    }
    const read: unknown[] = [];
    const write: unknown[] = [];
    const past: unknown[] = [];
    for (const [i, claim] of claims.entries()) {
      const of = part.claims[i];
      if (!of) continue;
      const entry = { alloc: of.alloc, node: of.node.name, mode: of.mode, externalNode: null };
      if (claim.context.held)
        (of.mode === 'read' ? read : write).push({ ...entry, state: 'taken', access: part.access });
      if (claim.at('past'))
        past.push({
          ...entry,
          state: claim.at('past.nodeDetached') ? 'node-detached' : 'unpublishing',
          access: claim.context.access ? part.access : null,
        });
    }
    this.events.push({
      ms: rounded(ms),
      what: 'row',
      vol: part.name,
      row: { access: write.length + past.length > 0 ? part.access : '', read, write, past },
    });
  }

  #accessOf(vol: unknown): string | undefined {
    return this.#world.volumes.find(({ name }) => name === vol)?.access;
  }

  #event(what: string, fields: Record<string, unknown>, ms: number): PlayedEvent | null {
    const base = { ms: rounded(ms), what };
    const nodeOf = (alloc: unknown) => this.#world.allocations.find(({ name }) => name === alloc)?.node;
    if (what === 'write') {
      const index = ++this.#index;
      const { type, ...rest } = fields;
      const write = (more: Record<string, unknown>) => ({ ...base, index, type, ...more });
      switch (type) {
        case 'another volume':
          return { ...base, index, type: 'Other' };
        case 'NodeRegister':
          return write({
            status: 'ready',
            controllerPlugin: this.#world.controllers.includes(String(rest.node)),
            ...rest,
          });
        case 'ApplyPlanResults':
          return write({ stopped: [{ alloc: rest.alloc, client: rest.client }] });
        case 'EvalDelete':
          return write({ allocs: rest.allocs ?? [rest.alloc] });
        case 'NodeBatchDeregister':
          return write({ nodes: [rest.node] });
        case 'CSIVolumeDeregister':
          return write({ vols: [rest.vol], force: rest.force });
        case 'CSIVolumeRegister':
          return write({ ...rest, row: { access: '', read: [], write: [], past: [] } });
        case 'CSIVolumeClaim':
          return write({
            ...rest,
            ...(rest.state === 'taken' && rest.alloc !== null && { access: this.#accessOf(rest.vol) }),
          });
        default:
          return write(rest);
      }
    }
    if (what === 'call') {
      const call: PlayedEvent = { ...base, id: ++this.#id, at: this.#world.controllers[0] ?? 'ctl', ...fields };
      this.#calls.push(call);
      return call;
    }
    if (what === 'return') {
      const { ok, ...about } = fields;
      const call = this.#calls.find((one) => Object.entries(about).every(([key, value]) => one[key] === value));
      if (!call) return null;
      this.#calls.splice(this.#calls.indexOf(call), 1);
      return { ...call, ...base, ok, ...(ok === false && { error: 'provider says no' }) };
    }
    if (what === 'allocation') {
      const { desired, client, alloc } = fields;
      return { ...base, alloc, node: nodeOf(alloc), desired: desired ?? 'stop', client };
    }
    if (what === 'request' && (fields.op === 'Claim' || fields.op === 'Unpublish'))
      return { ...base, ...fields, node: nodeOf(fields.alloc) };
    return { ...base, ...fields };
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
