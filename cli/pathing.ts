import { coverSteps } from '#checker/cover.ts';
import { type Exploration, explore } from '#checker/explore.ts';
import { heardIn } from '#composition/heard.ts';
import type { Instance } from '#composition/instance.ts';
import { eventsTo, graphOfMachine, graphOfSystem, type PathGraph } from '#composition/path-graph.ts';
import { type Paths, shortestPaths, simplePaths } from '#composition/paths.ts';
import { project } from '#composition/projected.ts';
import { walkMachine, walkSystem } from '#composition/walk.ts';
import type { Design } from '#models/designs/design.ts';
import { InputError, unknownName } from '#models/input.ts';
import { buildModel, type Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { fingerprintOf, writeToken } from '#properties/token.ts';
import type { PathsDocument } from '#report/paths-document.ts';
import { grouped } from '#report/words.ts';
import { memoryMb } from './judging-options.ts';

/** Which paths are asked for, of what, in which world. */
export interface PathsAsked {
  /** A machine, an instance, or `cluster`. */
  readonly of: string;
  readonly kind: PathsDocument['kind'];
  /** One or two machines or instances through which the cluster is seen; not there if it is walked as it is. */
  readonly project?: string;
  readonly design: Design;
  readonly scope: Scope;
  readonly faults: number;
  readonly limit?: number;
}

/** What was found: the graph, the paths through it, and which limit ended the search. */
export type PathsFound = Omit<PathsDocument, 'schema' | 'model'> & { readonly graph: PathGraph };

/** A clock in milliseconds, and who wants to know how many states were found so far. */
export interface PathsFollow {
  readonly now: () => number;
  readonly heard: (states: number) => void;
}

/** How far a search goes unless told otherwise: states of a machine, of the system by `@xstate/graph` (slow), by the explorer; simple paths. */
const limits = { machine: 10_000, system: 10_000, projection: 5_000_000, simple: 1_000 } as const;

/** The whole system's name among the machines. */
const CLUSTER = 'cluster';

/** Finds the paths. Throws an `InputError` for a name that is not in the scope; a limit is no error, and what it left out is said. */
export function findPaths(asked: PathsAsked, follow: PathsFollow): PathsFound {
  const model = buildModel(asked.design, asked.scope, asked.faults);
  if (asked.of !== CLUSTER) return ofMachine(asked, model, follow);
  return asked.project === undefined
    ? ofSystem(asked, model, follow)
    : ofProjection(asked, asked.project, model, follow);
}

function ofMachine(asked: PathsAsked, model: Model, follow: PathsFollow): PathsFound {
  const { composition } = model;
  const instance = instanceNamed(asked.of, model, [CLUSTER]);
  const exploration = exploreFor(model, limits.projection, follow);
  const isNamed = instance.name === asked.of;
  const heard = heardIn(composition, exploration).filter(({ instance: to }) =>
    isNamed ? to === instance : to.machine === instance.machine,
  );
  const limit = asked.limit ?? limits.machine;
  const walked = walkMachine(instance.machine, instance.input, eventsTo(heard, instance.machine), limit);
  const graph = graphOfMachine(composition, instance, walked, heard, (action) => ruleOf(model, action));
  const unheard = exploration.stopped === null ? [] : ['what the system sends was not explored to the end'];
  return documented(asked, graph, [...unheard, ...leftOut(graph, limit)], () => null);
}

function ofSystem(asked: PathsAsked, model: Model, { heard }: PathsFollow): PathsFound {
  const limit = asked.limit ?? limits.system;
  const walked = walkSystem(model.composition, limit, heard);
  const graph = graphOfSystem(model.composition, walked, (action) => ruleOf(model, action));
  const more = leftOut(graph, limit).map(
    (one) => `${one}; --project CLAIM,WATCHER finds shortest paths in large scopes`,
  );
  return documented(asked, graph, more, (steps) =>
    tokenOf(
      asked,
      model,
      steps.map((step) => walked.steps[step]?.event.action ?? 0),
    ),
  );
}

function ofProjection(asked: PathsAsked, through: string, model: Model, follow: PathsFollow): PathsFound {
  const limit = asked.limit ?? limits.projection;
  const exploration = exploreFor(model, limit, follow);
  const { actions } = model.composition;
  const tell = (action: number) => actions[action]?.name ?? '';
  const { graph, runs } = project(model.composition, exploration, instancesNamed(through, model), (action) =>
    ruleOf(model, action),
  );
  const stopped =
    exploration.stopped === null
      ? null
      : `the search ended at ${grouped(exploration.states)} states of the system (${exploration.stopped === 'maxStates' ? '--limit' : 'memory'}); local states beyond are missing`;
  return {
    ...head(asked, graph, stopped),
    paths: runs.map((run, to) => ({
      to,
      length: run.actions.length,
      steps: run.actions.map((action, at) => ({ event: tell(action), to: run.through[at] ?? 0 })),
      token: tokenOf(asked, model, run.actions),
    })),
  };
}

function documented(
  asked: PathsAsked,
  graph: PathGraph,
  missing: readonly string[],
  token: (steps: readonly number[]) => string | null,
): PathsFound {
  const { paths, stopped } = pathsOf(asked, graph);
  const all = [...missing, ...(stopped ? [`only the first ${grouped(paths.length)} paths (--limit)`] : [])];
  return {
    ...head(asked, graph, all.length === 0 ? null : all.join('; ')),
    paths: paths.map(({ to, steps }) => ({
      to,
      length: steps.length,
      steps: steps.map((step) => ({ event: graph.steps[step]?.event ?? '', to: graph.steps[step]?.to ?? 0 })),
      token: token(steps),
    })),
  };
}

function pathsOf({ kind, limit }: PathsAsked, graph: PathGraph): Paths {
  switch (kind) {
    case 'shortest':
      return shortestPaths(graph);
    case 'simple':
      return simplePaths(graph, limit ?? limits.simple);
    case 'cover': {
      const paths = coverSteps({ states: graph.states.length, initial: 0, steps: graph.steps });
      return {
        paths: paths.map((steps) => ({ to: graph.steps[steps.at(-1) ?? -1]?.to ?? 0, steps })),
        stopped: false,
      };
    }
  }
}

function ruleOf({ composition }: Model, action: number): string {
  return composition.actions[action]?.note.rule ?? '';
}

function head({ design, scope, faults, kind }: PathsAsked, graph: PathGraph, stopped: string | null) {
  return {
    design: design.name,
    scope: scope.name,
    faults,
    of: graph.name,
    kind,
    stopped,
    initial: 0,
    states: graph.states.map((places) => places.map(({ region, path, holds }) => ({ region, path: [...path], holds }))),
    steps: graph.steps.map(({ by, ...step }) => ({ ...step, by: [...by] })),
    graph,
  };
}

function leftOut({ states, left }: PathGraph, limit: number): string[] {
  return left === 0
    ? []
    : [
        `the walk ended after ${grouped(limit)} states (--limit): ${grouped(left)} of the ${grouped(states.length)} that were found were not walked on from`,
      ];
}

function exploreFor({ composition }: Model, maxStates: number, { now, heard }: PathsFollow): Exploration {
  const exploration = explore(composition.system, {
    edges: true,
    maxStates,
    maxMemory: memoryMb * 1024 * 1024,
    now,
    onProgress: ({ states }) => heard(states),
  });
  if (exploration.edges() === null) {
    throw new InputError('the steps between the states take more memory than is allowed', {
      expected: 'a smaller scope, fewer faults, or a lower --limit',
    });
  }
  return exploration;
}

function tokenOf({ design, scope, faults }: PathsAsked, model: Model, actions: readonly number[]): string {
  const run = { actions, loopsTo: null };
  return writeToken({ fingerprint: fingerprintOf(model), design: design.name, scope: scope.name, faults, run });
}

/** The instance of that name, or the first of the machine of that name. */
function instanceNamed(name: string, { composition: { instances } }: Model, others: readonly string[] = []): Instance {
  const found = instances.find((one) => one.name === name) ?? instances.find(({ machine }) => machine.id === name);
  if (found) return found;
  const machines = [...new Set(instances.map(({ machine }) => machine.id)), ...others];
  throw unknownName(
    'machine',
    name,
    machines.length <= 12 ? machines : [...machines, ...instances.map((one) => one.name)],
  );
}

/** One name, or two with a comma between them; the name of an instance may have a comma of its own. */
function instancesNamed(names: string, model: Model): Instance[] {
  const parts = names.split(',').map((part) => part.trim());
  const isKnown = (name: string) =>
    model.composition.instances.some((one) => one.name === name || one.machine.id === name);
  for (let at = 1; at <= parts.length; at++) {
    const split = [parts.slice(0, at), parts.slice(at)]
      .filter((part) => part.length > 0)
      .map((part) => part.join(', '));
    if (split.every(isKnown)) return split.map((name) => instanceNamed(name, model));
  }
  if (parts.length > 2)
    throw new InputError(`"${names}" are ${parts.length} names`, { where: '--project', expected: 'one or two' });
  return parts.map((name) => instanceNamed(name, model));
}
