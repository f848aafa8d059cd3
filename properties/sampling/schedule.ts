import fc from 'fast-check';

/**
 * One schedule of a world: an adversarial prefix, then a fair drain. Everything in it is a small number, and smaller is
 * simpler, so that it shrinks.
 */
export interface Schedule {
  /** The prefix: each number says how long everybody goes on as owed, and what happens then; see `moveOf`. */
  readonly moves: readonly number[];
  /** Which fair drain follows; see `drainOf`. */
  readonly drain: number;
}

/** What one number of a schedule stands for. */
export interface Move {
  /** So many steps are taken first by those who owe them. */
  readonly wait: number;
  /**
   * Everybody in turn; or always the first who can, in an order that begins at `choice`, so that the others are kept waiting
   * as long as those have anything to do.
   */
  readonly manner: 'in turn' | 'first';
  /** Then one step of this kind, if any is enabled; otherwise one that is owed. */
  readonly kind: 'owed' | 'adversary' | 'tick';
  /** Where among the actions of that kind the search for an enabled one begins. */
  readonly choice: number;
}

/** Mostly short: what goes wrong, goes wrong between one step and the next. */
const WAITS = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 5, 8, 13, 21];
const KINDS = ['owed', 'adversary', 'owed', 'adversary', 'owed', 'tick', 'owed', 'adversary'] as const;
const MANNERS = ['in turn', 'first'] as const;
const CHOICES = 1024;

/** The largest number of a schedule. */
const moveMax = WAITS.length * KINDS.length * MANNERS.length * CHOICES - 1;

/** Reads one number of a schedule. */
export function moveOf(number: number): Move {
  const [afterWait, wait] = split(number, WAITS.length);
  const [afterKind, kind] = split(afterWait, KINDS.length);
  const [choice, manner] = split(afterKind, MANNERS.length);
  return { wait: WAITS[wait] ?? 0, kind: KINDS[kind] ?? 'owed', manner: MANNERS[manner] ?? 'in turn', choice };
}

function split(number: number, by: number): readonly [rest: number, part: number] {
  return [Math.floor(number / by), number % by];
}

/** How a fair drain goes. */
export interface Drain {
  /** Time passes when nothing else is owed, or after every round. */
  readonly ticks: 'when idle' | 'every round';
  /** Which sets of actions may be left out, as some promises allow: 0 for none. */
  readonly without: number;
}

/** Reads the drain of a schedule, where so many sets of actions may be left out. */
export function drainOf(number: number, sets: number): Drain {
  return { ticks: number % 2 === 0 ? 'when idle' : 'every round', without: Math.floor(number / 2) % (sets + 1) };
}

/** Schedules with up to so many numbers in their prefix. */
export function schedules(movesMax: number): fc.Arbitrary<Schedule> {
  return fc.record({
    moves: fc.array(fc.nat({ max: moveMax }), { maxLength: movesMax, size: 'max' }),
    drain: fc.nat({ max: 7 }),
  });
}
