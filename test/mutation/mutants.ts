import type { AnyStateMachine } from 'xstate';
import { explore } from '#checker/explore.ts';
import { transitionsTaken } from '#composition/guards.ts';
import type { Instance } from '#composition/instance.ts';
import { instancesOf } from '#models/cluster.ts';
import type { Behaviours } from '#models/designs/behaviour.ts';
import { findDesign } from '#models/designs/design.ts';
import { actionMutants, type RuleSeen, watched } from './action-mutants.ts';
import { machineMutants } from './machine-mutants.ts';
import { build, type Change, type World } from './worlds.ts';

/** One change of the model, and where it may be noticed. */
export interface Mutant {
  readonly name: string;
  readonly change: Change;
  /** Whether the world has what is changed. */
  in(world: World): boolean;
}

/** Every mutant of the machines, actions and limits that some of the worlds exercise. */
export function mutantsIn(worlds: readonly World[]): Mutant[] {
  const machines = new Set<AnyStateMachine>();
  const takenIn = new Map<World, Map<AnyStateMachine, ReadonlySet<string>>>();
  const seenIn = new Map<World, Map<string, RuleSeen>>();
  for (const world of worlds) {
    const seen = new Map<string, RuleSeen>();
    const model = build(world, { actions: (actions) => watched(actions, seen) });
    explore(model.composition.system);
    seenIn.set(world, seen);
    const taken = new Map<AnyStateMachine, ReadonlySet<string>>();
    for (const one of instancesOf(model.cluster)) {
      machines.add(one.machine);
      taken.set(one.machine, transitionsTaken(model.composition.localStates(one)));
    }
    takenIn.set(world, taken);
  }
  return [...ofMachines(machines, takenIn), ...ofActions(seenIn), ...ofLimits(worlds)];
}

/** What no world takes is no mutant here: the coverage of the scopes tells of it. */
function ofMachines(
  machines: ReadonlySet<AnyStateMachine>,
  takenIn: ReadonlyMap<World, ReadonlyMap<AnyStateMachine, ReadonlySet<string>>>,
): Mutant[] {
  const isTaken = (world: World, machine: AnyStateMachine, transition: string) =>
    takenIn.get(world)?.get(machine)?.has(transition) ?? false;
  return [...machines].flatMap((machine) =>
    machineMutants(machine)
      .filter(({ transition }) => [...takenIn.keys()].some((world) => isTaken(world, machine, transition)))
      .map(({ name, transition, mutated }) => ({
        name,
        in: (world) => isTaken(world, machine, transition),
        change: {
          cluster: (cluster) => {
            for (const one of instancesOf(cluster))
              if (one.machine === machine) (one as Exchangeable).machine = mutated;
          },
        },
      })),
  );
}

/** The instances of a freshly built cluster are nobody else's, so that their machine can be exchanged in place. */
type Exchangeable = { -readonly [K in keyof Instance]: Instance[K] };

function ofActions(seenIn: ReadonlyMap<World, ReadonlyMap<string, RuleSeen>>): Mutant[] {
  const found = new Map<string, Mutant & { readonly worlds: Set<World> }>();
  for (const [world, seen] of seenIn) {
    for (const [rule, what] of seen) {
      for (const mutant of actionMutants(rule, what)) {
        const worlds = found.get(mutant.name)?.worlds ?? new Set();
        worlds.add(world);
        found.set(mutant.name, {
          name: mutant.name,
          worlds,
          in: (one) => worlds.has(one),
          change: { actions: (all) => all.map((one) => (one.note.rule === rule ? mutant.change(one) : one)) },
        });
      }
    }
  }
  return [...found.values()];
}

/** Limits a step higher or lower. What a behaviour taken back breaks is a law of its own, over all of them. */
function ofLimits(worlds: readonly World[]): Mutant[] {
  const limiters: readonly Behaviours['watcherLimiter'][] = [
    { burst: 2, perTick: 1 },
    { burst: 4, perTick: 1 },
    { burst: 3, perTick: 2 },
    null,
  ];
  return [...new Set(worlds.map(({ design }) => design))]
    .filter((design) => findDesign(design).behaviours.watcherLimiter !== null)
    .flatMap((design) =>
      limiters.map((watcherLimiter) => ({
        name: `${design}: its watchers have ${watcherLimiter ? `${watcherLimiter.burst} tokens and ${watcherLimiter.perTick} a tick` : 'no limiter'}`,
        in: (world: World) => world.design === design,
        change: { behaviours: { watcherLimiter } },
      })),
    );
}
