import { createHash } from 'node:crypto';
import { coverage } from '#checker/coverage.ts';
import { type Exploration, explore } from '#checker/explore.ts';
import type { Answer } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { compose } from '#composition/compose.ts';
import { activePaths } from '#composition/instance.ts';
import { buildCluster, type Cluster, instancesOf } from '#models/cluster.ts';
import type { Behaviours } from '#models/designs/behaviour.ts';
import { findDesign } from '#models/designs/design.ts';
import { actionsOf, type Model } from '#models/model.ts';
import type { ModelAction } from '#models/note.ts';
import { findScope } from '#models/scopes/scope.ts';
import { promises } from '#properties/promises.ts';

/** A design in a scope on one rung: where mutants are looked at. */
export interface World {
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
}

/** What is found of each promise, answer by answer; null where a limit left an answer open. */
export interface Finding {
  readonly verdicts: readonly (string | null)[];
  /** Apart from the verdicts: exact bounds, and the lengths of the shortest runs. */
  readonly numbers: readonly (string | null)[];
}

/** All that is found in a world: of each promise, and a digest of its states, steps and fairness. */
export interface Findings {
  readonly promises: ReadonlyMap<string, Finding>;
  readonly digest: string;
  readonly states: number;
  /** The rules that are taken and the states of machines that are reached: what `check --coverage` would miss. */
  readonly covered: ReadonlySet<string>;
}

/** What tells two worlds apart: promises by a verdict, promises by a number only, and what is no longer exercised. */
export interface Differences {
  readonly verdict: readonly string[];
  readonly number: readonly string[];
  readonly missed: readonly string[];
}

/** The promises that tell two worlds apart: by a verdict, and by a number only. */
export function differences(before: Findings, after: Findings): Differences {
  const apart = (one: readonly (string | null)[], other: readonly (string | null)[]) =>
    one.some((answer, i) => answer !== null && other[i] != null && answer !== other[i]);
  const verdict: string[] = [];
  const number: string[] = [];
  for (const [promise, one] of before.promises) {
    const other = after.promises.get(promise);
    if (!other) continue;
    if (apart(one.verdicts, other.verdicts)) verdict.push(promise);
    else if (apart(one.numbers, other.numbers)) number.push(promise);
  }
  return { verdict, number, missed: [...before.covered].filter((one) => !after.covered.has(one)) };
}

/** How a mutant changes a world before it is composed. */
export interface Change {
  readonly behaviours?: Partial<Behaviours>;
  readonly cluster?: (cluster: Cluster) => void;
  readonly actions?: (actions: ModelAction[]) => ModelAction[];
}

/** Builds a world with a change in it. Machines are exchanged in the instances of this one world. */
export function build({ design, scope, faults }: World, change: Change = {}): Model {
  const found = findDesign(design);
  const changed = { ...found, behaviours: { ...found.behaviours, ...change.behaviours } };
  const cluster = buildCluster(changed, findScope(scope), faults);
  change.cluster?.(cluster);
  const actions = actionsOf(cluster);
  return { cluster, composition: compose(instancesOf(cluster), change.actions?.(actions) ?? actions) };
}

/** Explores and judges a world; throws what the composition throws at a model that makes no sense. */
export function look(model: Model, maxStates: number): Findings {
  const exploration: Exploration = explore(model.composition.system, { edges: true, maxStates });
  const found = new Map(
    promises
      .filter((one) => one.appliesTo(model.cluster.scope))
      .map((promise) => {
        const asked = [...promise.obligations(model), ...promise.witnesses(model)];
        const answers = judge(
          exploration,
          asked.map((one) => one.formula),
        );
        const known = (of: (answer: Answer) => unknown) =>
          answers.map((answer) => (answer.verdict === 'unknown' ? null : JSON.stringify(of(answer))));
        return [
          promise.name,
          {
            verdicts: known(({ verdict }) => verdict),
            numbers: known(({ run, bound }) => [run?.actions.length, bound?.perTick, bound?.total]),
          },
        ];
      }),
  );
  return {
    promises: found,
    digest: digestOf(exploration),
    states: exploration.states,
    covered: coveredIn(model, exploration),
  };
}

/** Nothing counts as missed where a limit ended the search. */
function coveredIn({ composition }: Model, exploration: Exploration): Set<string> {
  const covered = new Set<string>();
  const seen = coverage(exploration);
  if (!seen) return covered;
  for (const [i, one] of composition.actions.entries()) if (seen.taken[i]) covered.add(one.note.rule);
  for (const [field, one] of composition.instances.entries()) {
    for (const [local, reached] of (seen.locals[field] ?? []).entries()) {
      if (!reached) continue;
      for (const path of activePaths(composition.localStates(one).snapshot(local).value)) {
        covered.add(`${one.machine.id}: ${path}`);
      }
    }
  }
  return covered;
}

/** Two worlds of one digest have the same states and steps in the same order, owed alike: nothing can tell them apart. */
function digestOf(exploration: Exploration): string {
  const hash = createHash('sha256');
  const edges = exploration.edges();
  hash.update(exploration.system.actions.map(({ name, fairness }) => `${name} ${fairness}`).join('\n'));
  if (edges && exploration.stopped === null) {
    const { count, rows, targets, labels } = edges;
    hash
      .update(rows.subarray(0, exploration.states + 1))
      .update(targets.subarray(0, count))
      .update(labels.subarray(0, count));
  } else {
    hash.update(`stopped after ${exploration.states}`);
  }
  return hash.digest('hex');
}
