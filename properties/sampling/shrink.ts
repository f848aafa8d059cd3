import type { Run } from '#checker/formula.ts';
import type { Design } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { type Scope, scopes, usualScopeNames } from '#models/scopes/scope.ts';
import { scopeOfWorld } from '#models/scopes/world.ts';
import type { Obligation, PromiseSpec } from '#properties/promise.ts';
import { type Broken, Course } from './course.ts';
import { shortestIn } from './exact.ts';
import { fewest } from './fewest.ts';
import { type Labelled, labelled, modelIn, numbered, sizeOf, smaller } from './labelled.ts';
import type { World } from './world.ts';

/** A run that breaks a promise, in the smallest world that was found for it. */
export interface Shrunk {
  readonly model: Model;
  readonly run: Run;
  readonly obligation: Obligation;
}

/** A run in words that outlive its world: the names of its actions, and its cycle's. */
interface Story {
  readonly stem: readonly string[];
  readonly cycle: readonly string[] | null;
}

/** A world and a run in it that breaks the promise. */
interface Case {
  readonly world: Labelled;
  readonly model: Model;
  readonly course: Course;
  readonly broken: Broken;
}

/** The drains that a cycle is looked for with, where the one that was found does not close any more. */
const DRAINS = [0, 1, 2, 3, 4, 5];

/**
 * Shrinks a run that breaks a promise: the world first, thing by thing, then the actions by delta debugging, until neither
 * gets any smaller. Everything that names a thing names it in all actions of a run at once, so linked identities shrink
 * together. If one of the default scopes will do, the run is told in that. Where the world has become small enough for the
 * explorer, its shortest run is told.
 */
export function shrink(design: Design, { world, budget }: World, promise: PromiseSpec, run: Run): Shrunk {
  const start = open(design, labelled(world, budget), promise);
  const broken = retold(start, storyOf(start.model, run));
  if (!broken) throw new Error(`a run that broke ${promise.name} does not break it when it is replayed`);
  let best: Case = { ...start, broken };
  for (;;) {
    const before = best;
    best = shorter(inSmallerWorld(best, design, promise));
    if (sizeOf(best.world) === sizeOf(before.world) && lengthOf(best) >= lengthOf(before)) break;
  }
  const shrunk = told(best, design, promise);
  const shortest = shortestIn(shrunk.model, promise);
  return shortest && shortest.run.actions.length < shrunk.run.actions.length ? { ...shrunk, ...shortest } : shrunk;
}

function inSmallerWorld(from: Case, design: Design, promise: PromiseSpec): Case {
  let best = from;
  for (let found: Case | null = best; found; ) {
    best = found;
    found = null;
    const story = storyOf(best.model, best.broken.run);
    for (const world of smaller(best.world)) {
      const opened = open(design, world, promise);
      const broken = retold(opened, story, best.model);
      if (broken) {
        found = { ...opened, broken };
        break;
      }
    }
  }
  return best;
}

/** Leaves out every action that can be left out. */
function shorter(from: Case): Case {
  const { course } = from;
  let best = from.broken;
  const tries = (stem: readonly number[], cycle: readonly number[] | null): boolean => {
    const found = course.follow(stem, { cycle: cycle ?? [] });
    if (!found || found.run.actions.length > best.run.actions.length) return false;
    if ((found.run.loopsTo === null) !== (best.run.loopsTo === null)) return false;
    best = found;
    return true;
  };
  for (let length = Number.POSITIVE_INFINITY; best.run.actions.length < length; ) {
    length = best.run.actions.length;
    fewest(partsOf(best.run).stem, (stem) => tries(stem, partsOf(best.run).cycle));
    if (best.run.loopsTo !== null) {
      const { stem } = partsOf(best.run);
      fewest(partsOf(best.run).cycle ?? [], (cycle) => cycle.length > 0 && tries(stem, cycle));
    }
  }
  return { ...from, broken: best };
}

function open(design: Design, world: Labelled, promise: PromiseSpec): Omit<Case, 'broken'> {
  const model = modelIn(design, world);
  return { world, model, course: new Course(model, [promise]) };
}

/** The same story in another world, as far as its actions are there. */
function retold({ model, course }: Pick<Case, 'model' | 'course'>, story: Story, from = model): Broken | null {
  const find = finder(model, from);
  const stem = story.stem.flatMap(find);
  const cycle = story.cycle?.flatMap(find) ?? [];
  const asIs = course.follow(stem, { cycle });
  if (asIs || story.cycle === null) return asIs;
  for (const drain of DRAINS) {
    const drained = course.follow(stem, { drain });
    if (drained) return drained;
  }
  return null;
}

/**
 * Finds actions by name; one that is alone of its kind in both worlds may be named after all that is in them. A fault that
 * the other world does not have is told as another one that befalls the same thing: a machine that goes down for an agent
 * that is cut off.
 */
function finder(model: Model, from: Model): (name: string) => readonly number[] {
  const byName = new Map(model.composition.actions.map(({ name }, id) => [name, id]));
  const [here, there] = [onlyOnes(model), onlyOnes(from)];
  const ruleOf = new Map(from.composition.actions.map(({ name, note }) => [name, note.rule]));
  const befalls = (name: string) => name.slice(name.lastIndexOf('('));
  const faults = new Set(from.composition.actions.flatMap(({ name, note }) => (note.fault ? [name] : [])));
  const faultOn = new Map(
    model.composition.actions
      .flatMap(({ name, note }, id) => (note.fault ? [[befalls(name), id] as const] : []))
      .reverse(),
  );
  return (name) => {
    const rule = ruleOf.get(name);
    const id =
      byName.get(name) ??
      (rule !== undefined && there.has(rule) ? here.get(rule) : undefined) ??
      (faults.has(name) ? faultOn.get(befalls(name)) : undefined);
    return id === undefined ? [] : [id];
  };
}

function onlyOnes({ composition: { actions } }: Model): Map<string, number> {
  const ids = new Map<string, number[]>();
  for (const [id, { note }] of actions.entries()) ids.set(note.rule, [...(ids.get(note.rule) ?? []), id]);
  return new Map([...ids].flatMap(([rule, all]) => (all.length === 1 ? [[rule, all[0] as number]] : [])));
}

function storyOf({ composition: { actions } }: Model, run: Run): Story {
  const name = (id: number) => actions[id]?.name ?? '';
  const { stem, cycle } = partsOf(run);
  return { stem: stem.map(name), cycle: cycle?.map(name) ?? null };
}

function partsOf({ actions, loopsTo }: Run): { stem: readonly number[]; cycle: readonly number[] | null } {
  return loopsTo === null
    ? { stem: actions, cycle: null }
    : { stem: actions.slice(0, loopsTo), cycle: actions.slice(loopsTo) };
}

/**
 * In the first default scope, no larger, in which it can be told without a step more, else in the numbered world. The scope of
 * everything says least about what matters, so nothing is told there.
 */
function told(best: Case, design: Design, promise: PromiseSpec): Shrunk {
  const world = numbered(best.world);
  const model = buildModel(design, scopeOfWorld(world), best.world.budget);
  const { run } = best.broken;
  const story = storyOf(model, run);
  const tell = (model: Model, from: Model): Shrunk | null => {
    const course = new Course(model, [promise]);
    const retelling = retold({ model, course }, story, from);
    if (!retelling || retelling.run.actions.length > run.actions.length) return null;
    // Another world may ask for fewer steps of the story.
    const { broken } = shorter({ world: best.world, model, course, broken: retelling });
    return { model, run: broken.run, obligation: broken.watched.obligation };
  };
  for (const scope of scopes) {
    if (!usualScopeNames.includes(scope.name) || isLarger(scope, model.cluster.scope)) continue;
    if (scope.topFaults < best.world.budget) continue;
    const known = tell(buildModel(design, scope, best.world.budget), model);
    if (known) return known;
  }
  return tell(model, model) ?? { model, run, obligation: best.broken.watched.obligation };
}

const isLarger = (one: Scope, other: Scope): boolean =>
  one.volumes.length > other.volumes.length ||
  one.nodes.length > other.nodes.length ||
  one.allocations.length > other.allocations.length;

const lengthOf = ({ broken }: Case): number => broken.run.actions.length;
