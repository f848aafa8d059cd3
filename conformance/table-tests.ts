import { coverSteps } from '#checker/cover.ts';
import { disabled } from '#checker/system.ts';
import { canonical } from '#composition/canonical.ts';
import { advance } from '#composition/trace.ts';
import type { UnpublishPart } from '#models/cluster.ts';
import { type Entry, type Explored, entriesOf, hasEnded, nextAlone, ownActions } from './alone.ts';
import { initialOf, startOf } from './rows.ts';
import { situationsOf } from './situations.ts';
import { type Followed, named, written } from './table-case.ts';
import type { TableCase, TableDocument } from './table-document.ts';

/** The table's own part of its document: cases, situations, and what no case shows. */
export type Table = Pick<TableDocument, 'cases' | 'situations' | 'alone'>;

/**
 * Tests for an Unpublish: every way in which one starts in the explored worlds, as far as it can look, and everything that it
 * can do by itself from there. The cases are a smallest cover of those steps; of cases that agree in what is stored, asked
 * and seen, one is kept.
 */
export function tableOf(worlds: readonly Explored[]): Table {
  const graph = new Alone();
  const rules = new Set<string>();
  for (const explored of worlds) {
    const { model } = explored;
    const tell = (locals: readonly number[], one: UnpublishPart) => [
      startOf(initialOf(model, one.of, locals)),
      ...[one.unpublish, model.cluster.faults].map((other) => locals[model.composition.fieldOf(other)]),
    ];
    for (const part of model.cluster.claims) {
      for (const one of part.unpublishes)
        for (const action of ownActions(model, one)) rules.add(ruleOf(explored, action));
    }
    for (const entry of entriesOf(explored, tell)) graph.enter(entry);
  }
  const cases = graph.cases();
  const taken = new Set(cases.flatMap(({ steps }) => steps.map(({ who, does }) => `${who} ${does}`)));
  return { cases, situations: situationsOf(cases), alone: [...rules].filter((rule) => !taken.has(rule)).sort() };
}

/** What a test can set up or see of a state: rows, truths, and how far the Unpublish is. */
function keyOf({ model }: Explored, one: UnpublishPart, locals: readonly number[]): string {
  const { composition } = model;
  const snapshot = composition.localStates(one.unpublish).snapshot(locals[composition.fieldOf(one.unpublish)] ?? 0);
  return canonical([one.caller, initialOf(model, one.of, locals), snapshot.value, snapshot.context]);
}

function ruleOf({ model }: Explored, action: number): string {
  return model.composition.actions[action]?.note.rule ?? '';
}

/** A step in the graph below, from one text for a state to another; `shown` is what of it the table shows. */
interface Taken {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly shown: string;
}

/** A way to start, and all that the Unpublish can do from there. */
interface Start {
  readonly entry: Entry;
  readonly key: string;
  readonly steps: readonly Taken[];
  readonly shown: ReadonlySet<string>;
}

/** The steps that Unpublishes take alone, as one graph: from nowhere to each start, and from there to the ends. */
class Alone {
  readonly #starts = new Map<string, readonly Start[]>();
  readonly #ends = new Set<string>();

  /** Adds a way to start, unless one that looks the same can do all that this one can: with a fault left it can do more. */
  enter(entry: Entry): void {
    const { explored, one, state } = entry;
    const locals = explored.exploration.locals(state);
    const steps = this.#walk(entry, locals);
    if (steps.length === 0) return;
    const shown = new Set(steps.map((step) => step.shown));
    const looks = keyOf(explored, one, locals);
    const others = (this.#starts.get(looks) ?? []).filter(
      (other) => ![...other.shown].every((step) => shown.has(step)),
    );
    if (others.some((other) => [...shown].every((step) => other.shown.has(step)))) return;
    this.#starts.set(looks, [...others, { entry, key: stateKey(explored, one, locals), steps, shown }]);
  }

  /** One case for each path of the smallest cover, led to its end. */
  cases(): TableCase[] {
    const starts = new Map([...this.#starts.values()].flat().map((start) => [start.key, start]));
    const all = [...starts.values()].flatMap(({ key, steps }) => [
      { from: '', to: key, rule: '', shown: '' },
      ...steps,
    ]);
    const steps = [...new Map(all.map((step) => [canonical([step.from, step.rule, step.to]), step])).values()];
    const ids = new Map(['', ...steps.map(({ to }) => to)].map((key): [string, number] => [key, 0]));
    for (const [id, key] of [...ids.keys()].entries()) ids.set(key, id);
    const numbered = steps.map(({ from, to }) => ({ from: ids.get(from) ?? 0, to: ids.get(to) ?? 0 }));
    const cases = coverSteps({ states: ids.size, initial: 0, steps: numbered }).map((path) => {
      const [first, ...taken] = path.flatMap((at) => steps[at] ?? []);
      for (let last = taken.at(-1) ?? first; last && !this.#ends.has(last.to); last = taken.at(-1)) {
        const on = steps.find(({ from }) => from === last?.to);
        if (!on) break;
        taken.push(on);
      }
      const start = starts.get(first?.to ?? '');
      if (!start) throw new Error('a case starts nowhere');
      return written(start.entry, followed(start.entry, taken));
    });
    return named(cases);
  }

  /** Every step that can follow the entry and leads to an end: what waits for somebody else leads to none. */
  #walk({ explored, one, action }: Entry, before: readonly number[]): Taken[] {
    const { model } = explored;
    const own = ownActions(model, one);
    const known = new Map<string, Taken[] | null>();
    const step = (from: readonly number[], to: readonly number[], taken: number): Taken => {
      const rule = ruleOf(explored, taken);
      return {
        from: stateKey(explored, one, from),
        to: stateKey(explored, one, to),
        rule,
        shown: canonical([keyOf(explored, one, from), rule, keyOf(explored, one, to)]),
      };
    };
    const after = (locals: readonly number[]): Taken[] | null => {
      const key = stateKey(explored, one, locals);
      if (hasEnded(model, one, locals)) {
        this.#ends.add(key);
        return [];
      }
      let found = known.get(key);
      if (found === undefined) {
        const all = nextAlone(model, one, own, locals).flatMap(({ action: taken, next }) => {
          const rest = after(next);
          return rest === null ? [] : [step(locals, next, taken), ...rest];
        });
        found = all.length === 0 ? null : all;
        known.set(key, found);
      }
      return found;
    };
    const entered = advance(model.composition, action, before);
    const rest = entered === disabled ? null : after(entered);
    return entered === disabled || rest === null ? [] : [step(before, entered, action), ...rest];
  }
}

/** A state as far as an Unpublish alone depends on it: what the table shows, and which faults its world has left. */
function stateKey(explored: Explored, one: UnpublishPart, locals: readonly number[]): string {
  const { cluster, composition } = explored.model;
  return canonical([keyOf(explored, one, locals), cluster.scope.name, locals[composition.fieldOf(cluster.faults)]]);
}

/** The actions and states of a case. */
function followed({ explored, one, state, action: entry }: Entry, taken: readonly Taken[]): Followed {
  const { model, exploration } = explored;
  const own = ownActions(model, one);
  const actions: number[] = [];
  const locals: (readonly number[])[] = [exploration.locals(state)];
  for (const [at, { to, rule }] of taken.entries()) {
    const here = locals[at] ?? [];
    const entered = at === 0 ? advance(model.composition, entry, here) : disabled;
    const next = entered === disabled ? nextAlone(model, one, own, here) : [{ action: entry, next: entered }];
    const step = next.find(
      ({ action, next }) => ruleOf(explored, action) === rule && stateKey(explored, one, next) === to,
    );
    if (!step) throw new Error(`the table shows too little of a state: "${rule}" does not follow from it`);
    actions.push(step.action);
    locals.push(step.next);
  }
  return { actions, locals };
}
