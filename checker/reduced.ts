import { ampleSets } from './ample.ts';
import { askHearer } from './footprint.ts';
import type { Always, AlwaysStep, Answer, Formula, Run, Sometimes } from './formula.ts';
import { ARRAY_BYTES_MAX } from './grow.ts';
import { fits, layoutFor, unpack } from './layout.ts';
import { type Reply, repliesOf } from './replies.ts';
import { bytesOf, enter, idOf, initialStates, makeRoom, repack } from './states.ts';
import { type Exchange, exchanged, heldAlike } from './symmetry.ts';
import type { System } from './system.ts';

/** What a reduced search can answer: questions about states and steps. What repeats for ever it cannot tell. */
export type Reducible = Always | AlwaysStep | Sometimes;

/** A way to search fewer states. */
export type Reduction =
  /** Of states that differ only in who is who, one is searched. The exchanges must be all of them but the one that changes nothing. */
  | { readonly kind: 'symmetry'; readonly exchanges: readonly Exchange[] }
  /** Of actions that commute, not every order is searched. */
  | { readonly kind: 'ample' };

/** What a reduced search found. */
export interface Reduced {
  readonly answers: readonly Answer[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly stopped: 'maxStates' | 'maxMemory' | null;
  /** Steps that were enabled and not taken, or states that were exchanged for another. */
  readonly saved: number;
}

/** Whether a reduced search answers such a formula. */
export const isReducible = (formula: Formula): formula is Reducible =>
  formula.kind === 'always' || formula.kind === 'alwaysStep' || formula.kind === 'sometimes';

/**
 * Searches breadth first and answers on the way. Under symmetry the formulas together must say the same of every exchange
 * of a state, so that whoever breaks one of them in a state that is not searched breaks one in the state that is; the run
 * that is given leads to the very state that was searched. Throws `NotAlike` where an exchange is none.
 */
export function searchReduced(
  given: System,
  formulas: readonly Reducible[],
  reduction: Reduction,
  limits: { readonly maxStates?: number; readonly maxMemory?: number } = {},
): Reduced {
  const { maxStates = Number.POSITIVE_INFINITY, maxMemory = Number.POSITIVE_INFINITY } = limits;
  const exchanges = reduction.kind === 'symmetry' ? reduction.exchanges : [];
  const system = exchanges.length > 0 ? heldAlike(given, exchanges) : given;
  const ample =
    reduction.kind === 'ample'
      ? ampleSets(
          system,
          formulas.flatMap((one) => [...one.holds.participants]),
        )
      : null;
  let nodes = 0;
  const replies = system.actions.map((_, id) =>
    repliesOf(system, id, (more) => {
      nodes += more;
    }),
  );
  const initial = system.fields.map((field) => field.initial);
  const sizes = () => system.fields.map((field) => Math.max(field.size(), field.initial + 1));
  const states = initialStates(layoutFor(sizes()), initial);
  const allowed = (more: number) => more <= ARRAY_BYTES_MAX && bytesOf(states) + nodes * 16 + more <= maxMemory;
  const open = new Map<Reducible, number | readonly [number, number]>();
  const locals = new Int32Array(system.fields.length);
  let transitions = 0;
  let saved = 0;
  let depth = 0;
  let levelEnd = 1;
  let stopped: Reduced['stopped'] = null;
  meetState(0, initial);

  let id = 0;
  for (; id < states.count; id++) {
    if (states.count > maxStates) stopped = 'maxStates';
    if (!makeRoom(states, states.count + system.actions.length + 1, allowed)) stopped = 'maxMemory';
    if (stopped) break;
    if (id === levelEnd) {
      depth++;
      levelEnd = states.count;
    }
    const here = unpack(states.layout, states.words, id * states.layout.width);
    locals.set(here);
    const said = replies.map((one) => one.reply(locals));
    const enabled = said.filter((reply) => reply.changes !== null).map((reply) => reply.action);
    const after = new Map(enabled.map((action) => [action, successor(here, said[action] as Reply)]));
    const chosen = chooseFrom(said, enabled, after);
    saved += enabled.length - chosen.length;
    for (const action of chosen) {
      const next = after.get(action) as number[];
      transitions++;
      meetStep(id, action, here, next);
      const image = representative(next);
      if (image !== next) saved++;
      meet(image, action);
    }
  }
  return {
    answers: formulas.map((formula) => answer(formula)),
    states: states.count,
    transitions,
    depth,
    stopped,
    saved,
  };

  function successor(here: readonly number[], { action, changes }: Reply): number[] {
    const next = [...here];
    for (const { field, change } of changes ?? []) next[field] = (here[field] as number) ^ change;
    system.actions[action]?.broadcast?.forEach(({ field }, hearer) => {
      next[field] = askHearer(system, action, hearer, here[field] as number);
    });
    return next;
  }

  /** All that is enabled, or fewer, of which at least one step leads to a state that was not there before. */
  function chooseFrom(
    said: readonly Reply[],
    enabled: readonly number[],
    after: ReadonlyMap<number, readonly number[]>,
  ) {
    const fewer = ample?.choose(said, enabled) ?? enabled;
    if (fewer.length === enabled.length) return enabled;
    return fewer.some((action) => lookUp(after.get(action) as number[]) < 0) ? fewer : enabled;
  }

  function representative(next: number[]): number[] {
    let least = next;
    for (const exchange of exchanges) {
      const image = exchanged(exchange, next);
      if (isLess(image, least)) least = image;
    }
    return least;
  }

  function lookUp(next: readonly number[]): number {
    if (!fits(states.layout, sizes())) widen();
    return idOf(states, next);
  }

  function meet(next: readonly number[], action: number): void {
    const known = lookUp(next);
    if (known < 0) meetState(enter(states, next, -1 - known, id, action), next);
  }

  function widen(): void {
    if (!repack(states, layoutFor(sizes()), () => true)) throw new Error('a layout without a limit is never refused');
  }

  function meetState(at: number, here: readonly number[]): void {
    for (const formula of formulas) {
      if (formula.kind === 'alwaysStep' || open.has(formula)) continue;
      const holds = formula.holds.holds(formula.holds.participants.map((field) => here[field] as number));
      if (holds === (formula.kind === 'sometimes')) open.set(formula, at);
    }
  }

  function meetStep(from: number, action: number, before: readonly number[], after: readonly number[]): void {
    for (const formula of formulas) {
      if (formula.kind !== 'alwaysStep' || open.has(formula)) continue;
      const { participants, holds } = formula.holds;
      const of = (all: readonly number[]) => participants.map((field) => all[field] as number);
      if (!holds(of(before), of(after))) open.set(formula, [from, action]);
    }
  }

  function answer(formula: Reducible): Answer {
    const seen = open.get(formula);
    const [yes, no] =
      formula.kind === 'sometimes' ? (['holds', 'violated'] as const) : (['violated', 'holds'] as const);
    if (seen === undefined) return { formula, verdict: stopped ? 'unknown' : no, run: null, notes: [] };
    return { formula, verdict: yes, run: typeof seen === 'number' ? runTo(seen) : runTo(...seen), notes: [] };
  }

  /** The steps of a run to a searched state, and one more: whoever acted under an exchange is called by the name that it has at the end. */
  function runTo(at: number, last?: number): Run {
    const taken: number[] = [];
    for (let state = at; state > 0; state = states.parents[state] as number) taken.push(states.via[state] as number);
    taken.reverse();
    if (last !== undefined) taken.push(last);
    if (exchanges.length === 0) return { actions: taken, loopsTo: null };
    // Walks the real run beside the searched one, noting after each step which exchange leads from the one to the other.
    let searched = initial;
    const exchangedBy: (Exchange | null)[] = [];
    for (const action of taken) {
      exchangedBy.push(null);
      locals.set(searched);
      const next = successor(searched, (replies[action] as { reply(at: Int32Array): Reply }).reply(locals));
      searched = representative(next);
      if (searched !== next) {
        const by =
          exchanges.find((one) => exchanged(one, next).every((local, field) => local === searched[field])) ?? null;
        exchangedBy[exchangedBy.length - 1] = by;
      }
    }
    // An exchange after step k renames all steps up to k; the last step of a broken step is taken as it is.
    const end = last === undefined ? taken.length : taken.length - 1;
    for (let step = 0; step < end; step++) {
      const by = exchangedBy[step];
      if (by)
        for (let before = 0; before <= step; before++) taken[before] = by.actions[taken[before] as number] as number;
    }
    return { actions: taken, loopsTo: null };
  }
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  for (let at = 0; at < one.length; at++) {
    if (one[at] !== other[at]) return (one[at] as number) < (other[at] as number);
  }
  return false;
}
