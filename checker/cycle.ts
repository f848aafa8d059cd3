import type { Edges } from './edges.ts';

/** Where a cycle may go: the states with this number, by steps of these actions. */
export interface Ground {
  readonly edges: Edges;
  readonly components: Int32Array;
  readonly number: number;
  readonly repeatable: Uint8Array;
}

/** What a cycle must do besides coming back. */
export interface Duties {
  /** Each is to be taken, or some state visited that does not enable it. */
  readonly weak: readonly number[];
  /** Each is to be taken, or no state visited that enables it. */
  readonly strong: readonly number[];
  /** One of these is to be visited. */
  readonly visit: Uint8Array | null;
  /** One of these is to be taken. */
  readonly take: ReadonlySet<number> | null;
}

/** A cycle from a state back to it, and whether it is known to be a shortest one. */
export interface Cycle {
  readonly at: number;
  readonly actions: readonly number[];
  readonly isShortest: boolean;
}

/** Nodes of the exact search in one call; beyond it the search goes from duty to duty instead. */
const NODES_MAX = 2 ** 19;

/** Bits of what was done that still make a small integer together. */
const DUTY_BITS_MAX = 20;

/** A state to start from, where its cycle may go, and what it owes. */
export interface Start {
  readonly at: number;
  readonly ground: Ground;
  readonly duties: Duties;
}

/** The shortest cycle that does its duties through one of the states, each of which must lie on some such cycle. */
export function shortestCycle(starts: readonly Start[]): Cycle | null {
  let best: Cycle | null = null;
  let left = NODES_MAX;
  for (const start of starts) {
    const search = exactCycle(start, best?.actions.length ?? Number.POSITIVE_INFINITY, left);
    left -= search.nodes;
    if (search.actions) best = { at: start.at, actions: search.actions, isShortest: true };
    if (search.gaveUp) {
      best ??= { at: start.at, actions: dutyByDuty(start), isShortest: false };
      return { ...best, isShortest: false };
    }
  }
  return best;
}

/**
 * What was done so far, as bits. For a weak action: it was taken or disabled. For a strong one two: it was enabled, it was
 * taken. Bits are only ever added.
 */
interface Ledger {
  readonly bits: number;
  visit(done: number, state: number): number;
  take(done: number, action: number): number;
  isPaid(done: number): boolean;
}

function ledgerFor({ at: start, ground, duties }: Start): Ledger {
  const { rows, labels } = ground.edges;
  const enabledAt = (state: number) => labels.subarray(rows[state] as number, rows[state + 1] as number);
  const { visit, take } = duties;
  // A weak action that is disabled at the start is paid by the start.
  const weak = duties.weak.filter((action) => enabledAt(start).includes(action));
  const enabledBit = new Map(duties.strong.map((action, at) => [action, 1 << (weak.length + 2 * at)]));
  const weakBit = new Map(weak.map((action, at) => [action, 1 << at]));
  const bits = weak.length + 2 * duties.strong.length + 2;
  const visited = 1 << (bits - 2);
  const taken = 1 << (bits - 1);
  return {
    bits,
    visit(done, state) {
      let now = visit === null || visit[state] === 1 ? done | visited : done;
      const enabled = enabledAt(state);
      for (const [action, bit] of weakBit) if (!enabled.includes(action)) now |= bit;
      for (const [action, bit] of enabledBit) if (enabled.includes(action)) now |= bit;
      return now;
    },
    take(done, action) {
      const strong = (enabledBit.get(action) ?? 0) << 1;
      const counted = take === null || take.has(action) ? taken : 0;
      return done | (weakBit.get(action) ?? 0) | strong | counted;
    },
    isPaid(done) {
      if ((done & visited) === 0 || (done & taken) === 0) return false;
      for (const bit of weakBit.values()) if ((done & bit) === 0) return false;
      for (const bit of enabledBit.values()) if ((done & bit) !== 0 && (done & (bit << 1)) === 0) return false;
      return true;
    },
  };
}

interface Search {
  readonly actions: readonly number[] | null;
  readonly nodes: number;
  readonly gaveUp: boolean;
}

/** Breadth first over (state, what was done): the first way back to the start with everything done is a shortest one. */
function exactCycle(from: Start, below: number, nodesMax: number): Search {
  const { at: start, ground } = from;
  const ledger = ledgerFor(from);
  if (ledger.bits > DUTY_BITS_MAX) return { actions: null, nodes: 0, gaveUp: true };
  const { rows, targets, labels } = ground.edges;
  const span = 2 ** ledger.bits;
  const first = start * span + ledger.visit(0, start);
  const seen = new Set([first]);
  const order = [first];
  const before = [-1];
  const via = [-1];
  const depth = [0];
  for (let at = 0; at < order.length; at++) {
    if ((depth[at] as number) + 1 >= below) break;
    if (order.length > nodesMax) return { actions: null, nodes: order.length, gaveUp: true };
    const node = order[at] as number;
    const done = node % span;
    const state = (node - done) / span;
    for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
      const action = labels[edge] as number;
      const target = targets[edge] as number;
      if (ground.repeatable[action] === 0 || ground.components[target] !== ground.number) continue;
      const next = ledger.visit(ledger.take(done, action), target);
      if (target === start && ledger.isPaid(next)) {
        const actions = [action];
        for (let back = at; back > 0; back = before[back] as number) actions.push(via[back] as number);
        return { actions: actions.reverse(), nodes: order.length, gaveUp: false };
      }
      const entered = target * span + next;
      if (seen.has(entered)) continue;
      seen.add(entered);
      order.push(entered);
      before.push(at);
      via.push(action);
      depth.push((depth[at] as number) + 1);
    }
  }
  return { actions: null, nodes: order.length, gaveUp: false };
}

/** From one duty to the nearest state or step that does it, until all are done back at the start. */
function dutyByDuty({ at: start, ground, duties }: Start): readonly number[] {
  const { rows, targets, labels } = ground.edges;
  const actions: number[] = [];
  const states = [start];
  const enables = (state: number, action: number) =>
    labels.subarray(rows[state] as number, rows[state + 1] as number).includes(action);
  for (let arrives = nextDuty(); arrives; arrives = nextDuty()) walk(arrives);
  return actions;

  function nextDuty(): Arrives | null {
    const { visit, take } = duties;
    if (visit && !states.some((state) => visit[state] === 1)) return (_, target) => visit[target] === 1;
    if (take && !actions.some((action) => take.has(action))) return (action) => take.has(action);
    const weak = duties.weak.find(
      (action) => !actions.includes(action) && states.every((state) => enables(state, action)),
    );
    if (weak !== undefined) return (action, target) => action === weak || !enables(target, weak);
    const strong = duties.strong.find(
      (action) => !actions.includes(action) && states.some((at) => enables(at, action)),
    );
    if (strong !== undefined) return (action) => action === strong;
    return actions.length === 0 || states.at(-1) !== start ? (_, target) => target === start : null;
  }

  function walk(arrives: Arrives): void {
    const here = states.at(-1) as number;
    const order = [here];
    const steps = new Map<number, { from: number; action: number }>();
    for (const state of order) {
      for (let edge = rows[state] as number; edge < (rows[state + 1] as number); edge++) {
        const action = labels[edge] as number;
        const target = targets[edge] as number;
        if (ground.repeatable[action] === 0 || ground.components[target] !== ground.number) continue;
        if (arrives(action, target)) {
          const way = [{ action, target }];
          for (let back = state; back !== here; back = (steps.get(back) as { from: number }).from) {
            way.push({ action: (steps.get(back) as { action: number }).action, target: back });
          }
          for (const step of way.reverse()) {
            actions.push(step.action);
            states.push(step.target);
          }
          return;
        }
        if (!steps.has(target)) {
          steps.set(target, { from: state, action });
          order.push(target);
        }
      }
    }
    throw new Error('A component was taken for fair, but a duty cannot be done in it.');
  }
}

type Arrives = (action: number, target: number) => boolean;
