import { type Layout, localAt } from './layout.ts';
import type { States } from './states.ts';
import type { Predicate } from './system.ts';
import { Tuples } from './tuples.ts';

/** A view of so many bits is its own number; wider ones are numbered in order of first sight. */
const DIRECT_BITS_MAX = 22;

/** What some fields look like in a state, as a small number: the same number for the same local states. */
export function viewOf({ layout, words }: Readonly<States>, fields: readonly number[]): (id: number) => number {
  const { width } = layout;
  const wide = fields.reduce((sum, field) => sum + (layout.bits[field] as number), 0) > DIRECT_BITS_MAX;
  if (wide) {
    const tuples = new Tuples();
    const locals = fields.map(() => 0);
    return (id) => {
      for (let at = 0; at < fields.length; at++) locals[at] = localAt(layout, words, id * width, fields[at] as number);
      return tuples.number(locals);
    };
  }
  return direct(layout, words, fields);
}

/** Whether a predicate holds, by state id: 1 or 0. It is asked once for every different view of its participants. */
export function truthOf(states: Readonly<States>, predicate: Predicate): Uint8Array {
  const view = viewOf(states, predicate.participants);
  const known: (0 | 1 | undefined)[] = [];
  const truth = new Uint8Array(states.count);
  for (let id = 0; id < truth.length; id++) {
    const seen = view(id);
    let holds = known[seen];
    if (holds === undefined) {
      holds = predicate.holds(localsOf(states, predicate.participants, id)) ? 1 : 0;
      known[seen] = holds;
    }
    truth[id] = holds;
  }
  return truth;
}

/** The locals of some fields in a state. */
export function localsOf({ layout, words }: Readonly<States>, fields: readonly number[], id: number): number[] {
  return fields.map((field) => localAt(layout, words, id * layout.width, field));
}

function direct(layout: Layout, words: Int32Array, fields: readonly number[]): (id: number) => number {
  const { width } = layout;
  const word = Int32Array.from(fields, (field) => layout.word[field] as number);
  const shift = Int32Array.from(fields, (field) => layout.shift[field] as number);
  const mask = Int32Array.from(fields, (field) => layout.mask[field] as number);
  let used = 0;
  const to = Int32Array.from(fields, (field) => {
    used += layout.bits[field] as number;
    return used - (layout.bits[field] as number);
  });
  return (id) => {
    let view = 0;
    for (let at = 0; at < word.length; at++) {
      const held = words[id * width + (word[at] as number)] as number;
      view |= ((held >>> (shift[at] as number)) & (mask[at] as number)) << (to[at] as number);
    }
    return view;
  };
}
