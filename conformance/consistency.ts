import { InputError, unknownName } from '#models/input.ts';
import { eventAt, parseRecording, type RecordedEvent, type Recording } from './recording.ts';

/** How far apart in time, in ms, a write and an event of another kind may stand in either order. */
export const orderSlackMs = 1;

/**
 * A recording that is well-formed as a whole: events in time, the log without a gap, calls and returns paired, every name
 * introduced somewhere, `end` at the end. Throws an `InputError` that names the first event that breaks this.
 */
export function readRecording(json: unknown, where: string): Recording {
  const recording = parseRecording(json, where);
  const { events } = recording;
  checkEnd(events, where);
  checkClock(events, where);
  checkLog(events, where);
  checkCalls(events, where);
  checkNames(events, where);
  return recording;
}

function checkEnd(events: readonly RecordedEvent[], where: string): void {
  const end = events.findIndex(({ what }) => what === 'end');
  if (end !== events.length - 1) {
    throw new InputError(end < 0 ? 'the recording has no end' : 'the recording goes on after its end', {
      where: eventAt(where, end < 0 ? events.length - 1 : end),
      expected: 'one event "end", the last',
    });
  }
}

/** Whether two neighbours may stand in either order: one is a write, the other is not, and hardly any time is between. */
export function mayBeExchanged(one: RecordedEvent, other: RecordedEvent): boolean {
  const still = (event: RecordedEvent) => event.what === 'cut' || event.what === 'end';
  return (
    (one.what === 'write') !== (other.what === 'write') &&
    Math.abs(one.ms - other.ms) < orderSlackMs &&
    !still(one) &&
    !still(other)
  );
}

function checkClock(events: readonly RecordedEvent[], where: string): void {
  for (const [i, event] of events.entries()) {
    const before = events[i - 1];
    if (before && event.ms < before.ms && !mayBeExchanged(before, event)) {
      throw new InputError(`time runs backwards, from ${before.ms} to ${event.ms} ms`, {
        where: eventAt(where, i),
        expected: `${before.ms} ms or later`,
      });
    }
  }
}

function checkLog(events: readonly RecordedEvent[], where: string): void {
  let last: number | null = null;
  let isCut = false;
  for (const [i, event] of events.entries()) {
    if (event.what === 'cut') isCut = true;
    if (event.what !== 'write') continue;
    const fits = last === null || (isCut ? event.index > last : event.index === last + 1);
    if (!fits && last !== null) {
      throw new InputError(`the log goes from index ${last} to ${event.index}`, {
        where: eventAt(where, i),
        expected: isCut ? `an index above ${last}` : `index ${last + 1}`,
      });
    }
    last = event.index;
    isCut = false;
  }
}

type Call = Extract<RecordedEvent, { what: 'call' | 'return' }>;

function checkCalls(events: readonly RecordedEvent[], where: string): void {
  const open = new Map<number, Call>();
  const used = new Set<number>();
  let missedCalls = 0;
  for (const [i, event] of events.entries()) {
    const fail = (what: string, expected: string): never => {
      throw new InputError(what, { where: eventAt(where, i), expected });
    };
    if (event.what === 'cut') {
      missedCalls += Object.entries(event.leftOut).reduce(
        (n, [kind, count]) => n + (/^call\b/.test(kind) ? count : 0),
        0,
      );
    } else if (event.what === 'call') {
      if (used.has(event.id)) fail(`call ${event.id} was made before`, 'an id of its own');
      used.add(event.id);
      open.set(event.id, event);
    } else if (event.what === 'return') {
      const call = open.get(event.id);
      if (call) {
        const differs = (['rpc', 'vol', 'at', 'target', 'alloc'] as const).find(
          (field) => call[field] !== event[field],
        );
        if (differs) fail(`return ${event.id} has another ${differs} than its call`, `"${call[differs]}"`);
        open.delete(event.id);
      } else if (used.has(event.id)) {
        fail(`call ${event.id} returned before`, 'one return a call');
      } else {
        // A call inside a cut may return after it.
        if (missedCalls === 0) fail(`return ${event.id} has no call`, 'the id of a call before it');
        missedCalls--;
        used.add(event.id);
      }
    }
  }
}

/** Names are introduced by registering a machine or a volume, and by an allocation's own status or request. */
function checkNames(events: readonly RecordedEvent[], where: string): void {
  const nodes = new Set<string>();
  const vols = new Set<string>();
  const allocs = new Set<string>();
  for (const event of events) {
    if (event.what === 'write' && event.type === 'NodeRegister') nodes.add(event.node);
    if (event.what === 'write' && event.type === 'CSIVolumeRegister') vols.add(event.vol);
    if (event.what === 'request' && event.op === 'Register' && event.vol !== null) vols.add(event.vol);
    if (event.what === 'allocation') allocs.add(event.alloc);
    if (event.what === 'write' && event.type === 'AllocClientUpdate') allocs.add(event.alloc);
    if (event.what === 'request' && event.alloc !== null) allocs.add(event.alloc);
  }
  for (const [i, event] of events.entries()) {
    const check = (kind: string, known: ReadonlySet<string>, given: readonly (string | null)[]) => {
      const wrong = given.find((name) => name !== null && !known.has(name));
      if (typeof wrong === 'string') throw unknownName(kind, wrong, [...known], eventAt(where, i));
    };
    const { nodes: ofNodes, vols: ofVols, allocs: ofAllocs } = namesIn(event);
    check('machine', nodes, ofNodes);
    check('volume', vols, ofVols);
    check('allocation', allocs, ofAllocs);
  }
}

interface Names {
  readonly nodes: readonly (string | null)[];
  readonly vols: readonly (string | null)[];
  readonly allocs: readonly (string | null)[];
}

function namesIn(event: RecordedEvent): Names {
  const none: Names = { nodes: [], vols: [], allocs: [] };
  const claims = 'row' in event && event.row ? [...event.row.read, ...event.row.write, ...event.row.past] : [];
  return {
    nodes: [
      ...('node' in event ? [event.node] : []),
      ...('nodes' in event ? event.nodes : []),
      ...('at' in event ? [event.at] : []),
      ...('target' in event && event.target !== null ? [event.target.replace(/^i-/, '')] : []),
      ...claims.map((one) => one.node),
    ],
    vols: [...('vol' in event ? [event.vol] : []), ...('vols' in event ? event.vols : none.vols)],
    allocs: [
      ...('alloc' in event ? [event.alloc] : []),
      ...('allocs' in event ? event.allocs : []),
      ...('stopped' in event ? event.stopped.map((one) => one.alloc) : []),
      ...claims.map((one) => one.alloc),
    ],
  };
}
