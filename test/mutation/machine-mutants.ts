import { type AnyStateMachine, StateMachine } from 'xstate';
import { transitionName } from '#composition/guards.ts';

/** One change of one machine, and the machine that has it. */
export interface MachineMutant {
  readonly machine: AnyStateMachine;
  /** The transition that is changed, as `transitionName` calls it. */
  readonly transition: string;
  readonly name: string;
  readonly mutated: AnyStateMachine;
}

type Transition = { readonly target?: unknown; readonly guard?: unknown; readonly actions?: unknown };
type Config = { states?: Record<string, Config>; on?: Record<string, unknown> };

/** Every one-change mutant of a machine: a transition or a guard dropped, a target swapped for a sibling. */
export function machineMutants(machine: AnyStateMachine): MachineMutant[] {
  const found: MachineMutant[] = [];
  const walk = (path: readonly string[]): void => {
    const here = at(machine.config as Config, path);
    const siblings = Object.keys(at(machine.config as Config, path.slice(0, -1)).states ?? {});
    for (const [event, given] of Object.entries(here.on ?? {})) {
      for (const [i, choice] of choicesOf(given).entries()) {
        const transition = transitionName(path, event, i);
        const add = (does: string, to: Transition | null) =>
          found.push({
            machine,
            transition,
            name: `${machine.id}: ${transition}: ${does}`,
            mutated: changed(path, event, i, to),
          });
        add('dropped', null);
        if (choice.guard !== undefined) add('guard dropped', without(choice, 'guard'));
        const other = otherTarget(choice.target, siblings);
        if (other !== null) add(`goes to ${other}`, { ...choice, target: other });
      }
    }
    for (const child of Object.keys(here.states ?? {})) walk([...path, child]);
  };
  const changed = (path: readonly string[], event: string, i: number, to: Transition | null): AnyStateMachine => {
    const config = copied(machine.config) as Config;
    const node = at(config, path);
    const choices = choicesOf(node.on?.[event]);
    const rest = choices.flatMap((one, k) => (k === i ? (to === null ? [] : [to]) : [one]));
    node.on = { ...node.on, [event]: rest };
    return new StateMachine(config as never, machine.implementations as never) as unknown as AnyStateMachine;
  };
  walk([]);
  return found;
}

function at(config: Config, path: readonly string[]): Config {
  return path.reduce((node, key) => node.states?.[key] ?? {}, config);
}

function choicesOf(given: unknown): Transition[] {
  const list = Array.isArray(given) ? given : [given];
  return list.map((one) => (typeof one === 'string' ? { target: one } : ((one ?? {}) as Transition)));
}

function without(choice: Transition, key: keyof Transition): Transition {
  return Object.fromEntries(Object.entries(choice).filter(([name]) => name !== key));
}

/** The next sibling of a target that is a plain name among them; null for targets by path or id. */
function otherTarget(target: unknown, siblings: readonly string[]): string | null {
  if (typeof target !== 'string' || siblings.length < 2) return null;
  const place = siblings.indexOf(target);
  return place < 0 ? null : (siblings[(place + 1) % siblings.length] ?? null);
}

/** A deep copy that keeps functions as they are. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}
