import {
  type Action,
  type Disabled,
  disabled,
  type Field,
  type Hearer,
  type Predicate,
  type StepPredicate,
  type System,
} from '#checker/system.ts';
import { type ComposedAction, flatten, nameViews, type Participants, type Views } from './action.ts';
import { ModelError } from './admission.ts';
import { type Instance, lookingView, type Sending, type View, viewOf } from './instance.ts';
import { LocalStates, UNTAKEN } from './local.ts';
import { showLocal } from './show.ts';

/** Machines put together into one system: what the checker explores, and the way back to the machines' own words. */
export interface Composition<N = unknown> {
  readonly system: System;
  readonly instances: readonly Instance[];
  /** In the order of `system.actions`. */
  readonly actions: readonly ComposedAction<N>[];
  readonly localStates: (instance: Instance) => LocalStates;
  /** The number of an instance's field. Throws a `ModelError` if it is not of this world. */
  fieldOf(instance: Instance): number;
  /** What an action sends in a state given by all local states; `disabled` if it cannot happen there. */
  sendings(action: number, locals: readonly number[]): readonly Sending[] | Disabled;
  /** A question about some instances, in the machines' own words, as the checker asks it. */
  predicate<P extends Participants>(about: P, holds: (views: Views<P>) => boolean): Predicate;
  /** A question about what a step did to some instances. */
  stepPredicate<P extends Participants>(about: P, holds: (before: Views<P>, after: Views<P>) => boolean): StepPredicate;
  /** The views of named instances in a state given by all local states. */
  views<P extends Participants>(about: P, locals: readonly number[]): Views<P>;
}

/** Composes instances and actions. Throws a `ModelError` for a machine that cannot be tabulated or names that clash. */
export function compose<N>(instances: readonly Instance[], actions: readonly ComposedAction<N>[]): Composition<N> {
  refuseClashes(
    'instance',
    instances.map((one) => one.name),
  );
  refuseClashes(
    'action',
    actions.map((one) => one.name),
  );
  const world = new World(instances);
  const system: System = { fields: world.fields, actions: actions.map((one) => world.compile(one)) };
  return {
    system,
    instances,
    actions,
    localStates: (one) => world.statesAt(world.fieldOf(one)),
    fieldOf: (one) => world.fieldOf(one),
    sendings(index, locals) {
      const asked = actions[index];
      if (!asked) throw new RangeError(`there is no action ${index}`);
      const outcome = asked.outcome(asked.participants.map((one) => world.viewIn(one, locals)));
      if (outcome === disabled) return disabled;
      const heard = asked.announcements.flatMap(({ to, event }) =>
        to
          .filter((one) => world.hears(one, event)(at(locals, world.fieldOf(one))) !== at(locals, world.fieldOf(one)))
          .map((one) => ({ to: one, event })),
      );
      return [...outcome, ...heard];
    },
    predicate(about, holds) {
      const over = new Footprint(world, flatten(about));
      return { participants: over.fields, holds: (locals) => holds(nameViews(about, over.views(locals))) };
    },
    stepPredicate(about, holds) {
      const over = new Footprint(world, flatten(about));
      return {
        participants: over.fields,
        holds: (before, after) => holds(nameViews(about, over.views(before)), nameViews(about, over.views(after))),
      };
    },
    views: (about, locals) =>
      nameViews(
        about,
        flatten(about).map((one) => world.viewIn(one, locals)),
      ),
  };
}

/** The instances as fields; machines are shared, so that equal local states have equal numbers. */
class World {
  readonly fields: readonly Field[];
  readonly #states: readonly LocalStates[];
  readonly #index: ReadonlyMap<Instance, number>;
  readonly #instances: readonly Instance[];
  readonly #views: View[][];

  constructor(instances: readonly Instance[]) {
    const shared = new Map<Instance['machine'], LocalStates>();
    this.#states = instances.map(({ machine }) => {
      const known = shared.get(machine) ?? new LocalStates(machine);
      shared.set(machine, known);
      return known;
    });
    this.#instances = instances;
    this.#index = new Map(instances.map((one, index) => [one, index]));
    this.#views = instances.map(() => []);
    this.fields = instances.map((one, index) => {
      const states = this.statesAt(index);
      return { name: one.name, initial: begun(one, states), size: () => states.size };
    });
  }

  statesAt(field: number): LocalStates {
    return at(this.#states, field);
  }

  fieldOf(one: Instance): number {
    const field = this.#index.get(one);
    if (field === undefined) throw new ModelError(`${one.name} is not an instance of this world`);
    return field;
  }

  instance(field: number): Instance {
    return at(this.#instances, field);
  }

  view(field: number, local: number): View {
    const views = at(this.#views, field);
    const known = views[local];
    if (known) return known;
    const made = viewOf(at(this.#instances, field), this.statesAt(field), local);
    views[local] = made;
    return made;
  }

  viewIn(one: Instance, locals: readonly number[]): View {
    const field = this.fieldOf(one);
    return this.view(field, at(locals, field));
  }

  /** The total function by which an instance hears an announcement. */
  hears(one: Instance, event: Sending['event']): (local: number) => number {
    const states = this.statesAt(this.fieldOf(one));
    return (local) => {
      const next = states.next(local, event);
      return next === UNTAKEN ? local : next;
    };
  }

  compile(declared: ComposedAction): Action {
    const over = new Footprint(this, declared.participants);
    const broadcast: Hearer[] = declared.announcements.flatMap(({ to, event }) =>
      to.map((one) => {
        const field = this.fieldOf(one);
        if (over.fields.includes(field)) {
          throw new ModelError(
            `"${declared.name}" announces "${event.type}" to ${one.name}, which already takes part. Send it instead.`,
          );
        }
        return { field, next: this.hears(one, event) };
      }),
    );
    refuseClashes(
      `hearer of "${declared.name}"`,
      broadcast.map(({ field }) => at(this.#instances, field).name),
    );
    const looking = over.lookingViews();
    return {
      name: declared.name,
      fairness: declared.fairness,
      participants: over.fields,
      step: (locals) => {
        const outcome = declared.outcome(over.views(locals));
        return outcome === disabled ? disabled : this.#apply(declared, over, locals, outcome, () => {});
      },
      look: (locals) => {
        const { views, looked } = looking(locals);
        const outcome = declared.outcome(views);
        const next =
          outcome === disabled
            ? disabled
            : this.#apply(declared, over, locals, outcome, (place) => {
                looked.add(place);
              });
        return { next, places: [...looked] };
      },
      ...(broadcast.length > 0 && { broadcast }),
    };
  }

  // What is sent to an instance moves it on from where it is, so its sender has looked at it.
  #apply(
    declared: ComposedAction,
    over: Footprint,
    locals: readonly number[],
    sendings: readonly Sending[],
    look: (place: number) => void,
  ): number[] {
    const next = [...locals];
    const reached = new Set<number>();
    for (const { to, event } of sendings) {
      const field = this.fieldOf(to);
      const slot = over.fields.indexOf(field);
      if (slot < 0)
        throw new ModelError(
          `"${declared.name}" sends "${event.type}" to ${to.name}, which is not among its participants`,
        );
      if (reached.has(slot))
        throw new ModelError(`"${declared.name}" sends two events to ${to.name}; one action, one event for each`);
      reached.add(slot);
      look(slot);
      const states = this.statesAt(field);
      const moved = states.next(at(locals, slot), event);
      if (moved === UNTAKEN) {
        throw new ModelError(
          `"${declared.name}" sends "${event.type}" to ${to.name}, which cannot take it in ${showLocal(states.snapshot(at(locals, slot)))}`,
        );
      }
      next[slot] = moved;
    }
    return next;
  }
}

/** The local state in which an instance is when the world begins. */
function begun(one: Instance, states: LocalStates): number {
  return one.before.reduce((local, event) => {
    const next = states.next(local, event);
    if (next === UNTAKEN) {
      throw new ModelError(
        `${one.name} is to take "${event.type}" before the world begins, and cannot in ${showLocal(states.snapshot(local))}`,
      );
    }
    return next;
  }, states.initial(one.input));
}

/** The fields that some instances occupy, ascending and each once, and their views in the instances' own order. */
class Footprint {
  readonly fields: readonly number[];
  readonly #order: readonly { readonly field: number; readonly slot: number }[];
  readonly #world: World;

  constructor(world: World, instances: readonly Instance[]) {
    this.#world = world;
    const fields = [...new Set(instances.map((one) => world.fieldOf(one)))].sort((a, b) => a - b);
    this.fields = fields;
    this.#order = instances.map((one) => {
      const field = world.fieldOf(one);
      return { field, slot: fields.indexOf(field) };
    });
  }

  views(locals: readonly number[]): View[] {
    return this.#order.map(({ field, slot }) => this.#world.view(field, at(locals, slot)));
  }

  /** Views that note which instances were looked at, as places in `fields`. They hold until the next call. */
  lookingViews(): (locals: readonly number[]) => { readonly views: readonly View[]; readonly looked: Set<number> } {
    let here: readonly number[] = [];
    let looked = new Set<number>();
    const views = this.#order.map(({ field, slot }) =>
      lookingView(this.#world.instance(field), () => {
        looked.add(slot);
        return this.#world.view(field, at(here, slot));
      }),
    );
    return (locals) => {
      here = locals;
      looked = new Set();
      return { views, looked };
    };
  }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`nothing at ${index} of ${list.length}`);
  return found;
}

function refuseClashes(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new ModelError(`two of kind ${kind} are named "${name}"`);
    seen.add(name);
  }
}
