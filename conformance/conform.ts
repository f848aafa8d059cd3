import type { Design } from '#models/designs/design.ts';
import type { Model } from '#models/model.ts';
import { buildRecordedModel, type RecordedWorld } from '#models/recorded.ts';
import { mayBeExchanged } from './consistency.ts';
import { type Bounds, OutOfBounds, widest } from './graph.ts';
import { type Fact, factsOf, kindsIn } from './observation.ts';
import type { RecordedEvent, Recording } from './recording.ts';
import { holdsRow } from './row.ts';
import { type Subject, Tracker } from './tracker.ts';
import { worldsOf } from './world.ts';

/** The first event that no hypothesis explains, by its place in the file from 0, and what was possible instead. */
export interface Unexplained {
  readonly event: number;
  readonly possible: readonly string[];
}

/** What came of holding a model against a recording. */
export interface Conformance {
  /** `null`: a limit was reached, which is never taken for acceptance. */
  readonly accepted: boolean | null;
  readonly events: number;
  readonly unexplained: Unexplained | null;
  /** Pairs of neighbours, by the place of the first, that had to be taken in the other order. */
  readonly exchanged: readonly number[];
  /** Which limit was reached. */
  readonly limit: string | null;
  /** The most hypotheses that were followed at a time, and the states of the model that they went through. */
  readonly most: number;
  readonly states: number;
}

/** How many of what was possible instead are told. */
const possibleMax = 10;

/** How many events back an exchange of neighbours may be what a refusal is owed to. */
const exchangeReach = 12;

/**
 * Whether a recorded run is a run of the design. Several volumes are followed one by one first, each with what is seen of
 * the others: what one of them refuses, no run of all explains. Then they are followed together, as far as that is within
 * bounds; where it is not, that each by itself is explained is the answer.
 */
export function conform(recording: Recording, design: Design): Conformance {
  const { whole, parts } = worldsOf(recording);
  if (parts.length === 0) return followIn(whole, recording, design);
  const apart = parts.map((world) => followIn(world, recording, design));
  const each = {
    events: recording.events.length,
    exchanged: [...new Set(apart.flatMap(({ exchanged }) => exchanged))].sort((a, b) => a - b),
    most: Math.max(...apart.map(({ most }) => most)),
    states: apart.reduce((sum, { states }) => sum + states, 0),
  };
  const refusals = apart.filter(({ accepted }) => accepted === false);
  const [first] = refusals.sort((a, b) => (a.unexplained?.event ?? 0) - (b.unexplained?.event ?? 0));
  if (first) return { ...first, ...each };
  const unknown = apart.find(({ accepted }) => accepted === null);
  if (unknown) return { ...unknown, ...each };
  const together = followIn(whole, recording, design, whole.volumes.length > 1 ? boundsTogether : widest);
  if (together.accepted === null && whole.volumes.length === 1) return together;
  return {
    ...(together.accepted === null ? { accepted: true, unexplained: null, limit: null } : together),
    ...each,
    exchanged: together.accepted === null ? each.exchanged : together.exchanged,
    most: Math.max(each.most, together.most),
    states: each.states + together.states,
  };
}

/** How far all volumes are followed together. */
const boundsTogether: Bounds = { hypotheses: 2_500, states: 50_000 };

function followIn(world: RecordedWorld, recording: Recording, design: Design, bounds = widest): Conformance {
  const model = buildRecordedModel(design, world);
  return follow(recording.events, subjectOf(model, design, bounds), {
    holds: (event) => holdsRow(model, event),
    facts: (event) => factsOf(event, world),
  });
}

/** How the events of a recording are read in a world. */
export interface Reading {
  facts(event: RecordedEvent): readonly Fact[];
  holds(event: Extract<RecordedEvent, { what: 'row' }>): (locals: readonly number[]) => boolean;
}

/** Follows the events in their order; where that is refused, neighbours that may be exchanged are. */
export function follow(events: readonly RecordedEvent[], subject: Subject, reading: Reading): Conformance {
  const tracker = new Tracker(subject, events[0]?.ms ?? 0);
  const exchanged: number[] = [];
  const order = [...events.keys()];
  const before: (() => void)[] = [];
  const done = (rest: Pick<Conformance, 'accepted' | 'unexplained'> & { limit?: string }): Conformance => ({
    events: events.length,
    exchanged: exchanged.toSorted((a, b) => a - b),
    limit: null,
    most: tracker.most,
    states: tracker.graph.size,
    ...rest,
  });
  const step = (place: number): boolean => {
    const event = events[order[place] ?? place];
    return event !== undefined && takeEvent(tracker, event, reading);
  };
  /** Goes on from a place; the place of the refusal, or the end. */
  const run = (from: number, to: number): number => {
    for (let place = from; place < to; place++) {
      before[place] = tracker.save();
      delete before[place - exchangeReach - 2];
      if (!step(place)) return place;
    }
    return to;
  };
  try {
    let place = run(0, events.length);
    while (place < events.length) {
      const possible = tracker.possible();
      const better = exchange({ order, events, exchanged, before, run, place });
      if (better === null)
        return done({
          accepted: false,
          unexplained: {
            event: order[place] ?? place,
            possible: nearestFirst(possible, events[order[place] ?? place]),
          },
        });
      place = run(better, events.length);
    }
    return done({ accepted: true, unexplained: null });
  } catch (error) {
    if (!(error instanceof OutOfBounds)) throw error;
    return done({ accepted: null, unexplained: null, limit: error.message });
  }
}

interface Refused {
  readonly order: number[];
  readonly events: readonly RecordedEvent[];
  readonly exchanged: number[];
  readonly before: readonly (() => void)[];
  readonly run: (from: number, to: number) => number;
  readonly place: number;
}

/** Exchanges the latest pair that gets the recording past the refusal; the place to go on from, or `null` if none does. */
function exchange({ order, events, exchanged, before, run, place }: Refused): number | null {
  for (let first = Math.min(place, events.length - 2); first >= 0 && first >= place - exchangeReach; first--) {
    const [a, b] = [order[first], order[first + 1]];
    const [one, other, back] = [events[a ?? -1], events[b ?? -1], before[first]];
    if (a === undefined || b === undefined || !one || !other || !back) continue;
    if (exchanged.includes(a) || a > b || !mayBeExchanged(one, other)) continue;
    order[first] = b;
    order[first + 1] = a;
    back();
    const goal = Math.max(place, first + 1) + 1;
    if (run(first, goal) === goal) {
      exchanged.push(a);
      return goal;
    }
    order[first] = a;
    order[first + 1] = b;
  }
  return null;
}

function takeEvent(tracker: Tracker, event: RecordedEvent, reading: Reading): boolean {
  if (event.what === 'cut') {
    tracker.skip(event.ms, kindsIn(event.leftOut));
    return tracker.size > 0;
  }
  if (!tracker.advance(event.ms)) return false;
  if (event.what === 'end') return true;
  if (event.what === 'row') return tracker.keep(reading.holds(event));
  return reading.facts(event).every((fact) => tracker.take(fact));
}

/** The model as it is followed: the machines' limiters are the recording's clock's business. */
function subjectOf({ cluster, composition }: Model, { behaviours }: Design, bounds: Bounds): Subject {
  const limiter = behaviours.watcherLimiter;
  return {
    composition,
    bounds,
    rate: { burst: limiter?.burst ?? 1, perSecond: limiter?.perTick ?? 1 },
    limited: limiter
      ? cluster.volumes.map(({ name, watcher }) => ({
          volume: name,
          isOff: (locals) => composition.views({ watcher }, locals).watcher.at('off'),
        }))
      : [],
  };
}

/** The overdue first, then what is of the event's own sort; what clients and operators may do at any time says least. */
function nearestFirst(possible: readonly string[], event: RecordedEvent | undefined): string[] {
  const sort = event === undefined ? '' : event.what === 'write' ? `write ${event.type}` : event.what;
  const rank = (told: string) =>
    / was due by |^nothing came of /.test(told)
      ? 0
      : told.startsWith(sort)
        ? 1
        : told.startsWith('write CSIVolume') || /^(call|return|reply)/.test(told)
          ? 2
          : 3;
  return [...possible].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, possibleMax);
}
