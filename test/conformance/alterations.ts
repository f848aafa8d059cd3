import { randomOf } from './recorder.ts';

/** An event as it stands in a file. */
export type RawEvent = Record<string, unknown> & { readonly ms: number; readonly what: string };

/** A recording with one write that is not as it was. */
export interface Alteration {
  readonly how: 'left out' | 'repeated' | 'exchanged';
  /** The place of the write, or of the first of the two. */
  readonly place: number;
  readonly events: readonly RawEvent[];
}

/**
 * Every write of a recording left out, repeated at once, and exchanged with its next neighbour; indexes are renumbered
 * and times stay where they were. Not: what no part of the model reads, an exchange within the allowed millisecond, and
 * an exchange of two events that say the same. At most `each` of a kind, drawn by the seed.
 */
export function alterations(events: readonly RawEvent[], each: number, seed: number): Alteration[] {
  const random = randomOf(seed);
  const draw = (of: readonly Alteration[]) =>
    of
      .map((one) => ({ one, by: random() }))
      .sort((a, b) => a.by - b.by)
      .slice(0, each)
      .map(({ one }) => one)
      .sort((a, b) => a.place - b.place);
  const writes = [...events.entries()]
    .filter(([, event]) => isWrite(event) && !isUnread(event))
    .map(([place]) => place);
  const leftOut = writes.map((place) => altered('left out', place, events.toSpliced(place, 1)));
  const repeated = writes.map((place) =>
    altered('repeated', place, events.toSpliced(place, 0, events[place] as RawEvent)),
  );
  const exchanged = events.flatMap((one, place) => {
    const other = events[place + 1];
    if (!other || ![one, other].some(isWrite) || isUnread(one) || isUnread(other) || saysTheSame(one, other)) return [];
    const bothWrites = one.what === 'write' && other.what === 'write';
    if (!bothWrites && other.ms - one.ms < 1) return [];
    const pair = [
      { ...other, ms: one.ms },
      { ...one, ms: other.ms },
    ] as RawEvent[];
    return [altered('exchanged', place, events.toSpliced(place, 2, ...pair))];
  });
  return [...draw(leftOut), ...draw(repeated), ...draw(exchanged)];
}

function altered(how: Alteration['how'], place: number, events: readonly RawEvent[]): Alteration {
  let index: number | null = null;
  let isCut = false;
  const renumbered = events.map((event) => {
    if (event.what === 'cut') isCut = true;
    if (typeof event.index !== 'number') return event;
    index = index === null ? event.index : isCut ? Math.max(index + 1, event.index) : index + 1;
    isCut = false;
    return { ...event, index };
  });
  return { how, place, events: renumbered };
}

const isWrite = ({ what }: RawEvent): boolean => what === 'write';

/** What no part of the model reads, and what stands where it stands. */
const isUnread = ({ what, type, stopped }: RawEvent): boolean =>
  what === 'cut' ||
  what === 'end' ||
  type === 'Other' ||
  (type === 'ApplyPlanResults' && (stopped as readonly unknown[]).length === 0);

function saysTheSame(one: RawEvent, other: RawEvent): boolean {
  const told = ({ ms: _, index: __, ...rest }: RawEvent) => JSON.stringify(Object.entries(rest).sort());
  return told(one) === told(other);
}
