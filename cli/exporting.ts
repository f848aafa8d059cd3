import type { Edges } from '#checker/edges.ts';
import { type Exploration, explore } from '#checker/explore.ts';
import type { Verdict } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { disabled } from '#checker/system.ts';
import { type Tables, tablesOf } from '#checker/tables.ts';
import { showLocal } from '#composition/show.ts';
import { InputError } from '#models/input.ts';
import { buildModel, type Model } from '#models/model.ts';
import { findPromise } from '#properties/promises.ts';
import { renderAldebaran } from '#report/aldebaran.ts';
import { questionOf, weakened } from '#report/promela/asking.ts';
import { panForRuns, panForStates } from '#report/promela/pan.ts';
import { renderPromela } from '#report/promela/promela.ts';
import type { SystemDocument } from '#report/system-document.ts';
import { faultsInWords, grouped } from '#report/words.ts';
import type { Progress, World } from './engine.ts';
import type { Exported, ExportForm, OwnAnswer } from './export-thread.ts';

/**
 * Writes a design in a scope with a budget of faults as text for other tools, with what our own checker says about it. The
 * budget is `world.limits.faults`, else the scope's own top. Throws an `InputError` if a limit ends the search.
 */
export function exportWorld(world: World, form: ExportForm, { now, heard }: Follow): Exported {
  const { design, scope, limits } = world;
  const faults = limits.faults ?? scope.topFaults;
  const model = buildModel(design, scope, faults);
  const { maxStates, maxMemory } = limits;
  const exploration = explore(model.composition.system, {
    edges: form !== 'json',
    now,
    ...(maxStates !== undefined && { maxStates }),
    ...(maxMemory !== undefined && { maxMemory }),
    onProgress: ({ states, transitions, frontier, elapsed }) =>
      heard({ design: design.name, scope: scope.name, faults, states, transitions, frontier, elapsedMs: elapsed }),
  });
  if (exploration.stopped !== null) throw tooLarge(`the search ended after ${grouped(exploration.states)} states`);
  const subject = { world, faults, model, exploration, tables: tablesOf(exploration.system, exploration.found) };
  const { states, transitions } = exploration;
  const none = { states, transitions, answers: [] };
  switch (form) {
    case 'json':
      return { ...none, text: `${JSON.stringify(systemDocument(subject), null, 2)}\n` };
    case 'aut':
      return {
        ...none,
        text: renderAldebaran({ states, initial: 0, steps: stepsOf(exploration, edgesOf(exploration)) }),
      };
    case 'promela':
      return promela(subject);
  }
}

/** A clock in milliseconds, and who wants to know how far the search has come. */
export interface Follow {
  readonly now: () => number;
  readonly heard: (progress: Progress) => void;
}

interface Subject {
  readonly world: World;
  readonly faults: number;
  readonly model: Model;
  readonly exploration: Exploration;
  readonly tables: Tables;
}

function promela({ world, faults, model, exploration, tables }: Subject): Exported {
  const { states, transitions, found } = exploration;
  const edges = edgesOf(exploration);
  const put = world.promises.map(findPromise).flatMap((promise) =>
    promise.appliesTo(world.scope)
      ? promise.obligations(model).flatMap(({ formula }) => {
          const question = questionOf(found, edges, formula);
          return question ? [{ question, promise: promise.name, formula }] : [];
        })
      : [],
  );
  const { composition } = model;
  return {
    text: renderPromela({
      title: [
        `${world.design.name} in scope ${world.scope.name}, ${faultsInWords(faults)}, by claimcheck export --to promela.`,
        `Claimcheck's own search found ${states} states and ${transitions} steps between them. With Spin:`,
        `spin -a FILE; cc -O2 ${panForStates.join(' ')} -o pan pan.c; ./pan -E -c0`,
        'Its transitions are one more than the steps, for the initial state, and one more for each broken promise about states.',
        'Fair runs, one question after the other:',
        `spin -DFAIR -a FILE; cc -O2 ${panForRuns.join(' ')} -o pan pan.c; ./pan -a -N formula_0`,
      ],
      tables,
      questions: put.map(({ question }) => question),
      says: (field, local) => wordsOf(model, field, local),
    }),
    states,
    transitions,
    answers: put.map(({ question, promise, formula }): OwnAnswer => {
      const [declared, weakly] = [formula, weakened(formula, composition.system.actions)].map(
        (one): Verdict => judge(exploration, [one])[0]?.verdict ?? 'unknown',
      );
      return {
        promise,
        name: question.name,
        kind: question.kind,
        verdict: weakly ?? 'unknown',
        declared: declared ?? 'unknown',
      };
    }),
  };
}

/** The steps of a search, by the names of their actions. */
export function* stepsOf({ states, system }: Exploration, { rows, targets, labels }: Edges) {
  for (let from = 0; from < states; from++) {
    for (let edge = rows[from] ?? 0; edge < (rows[from + 1] ?? 0); edge++) {
      yield { from, name: system.actions[labels[edge] ?? 0]?.name ?? '', to: targets[edge] ?? 0 };
    }
  }
}

function systemDocument({ world, faults, model, exploration, tables }: Subject): SystemDocument {
  const { states, transitions } = exploration;
  return {
    schema: 'claimcheck/system@1',
    design: world.design.name,
    scope: world.scope.name,
    faults,
    states,
    transitions,
    instances: tables.fields.map(({ name, initial, size }, field) => ({
      name,
      initial,
      states: Array.from({ length: size }, (_, local) => wordsOf(model, field, local)),
    })),
    actions: tables.actions.map(({ action, rows, hearers }, at) => ({
      name: action.name,
      who: model.composition.actions[at]?.who ?? '',
      source: model.composition.actions[at]?.source ?? '',
      fairness: action.fairness,
      participants: [...action.participants],
      rows: rows.flatMap(({ locals, next }) => (next === disabled ? [] : [{ from: [...locals], to: [...next] }])),
      hearers: hearers.map(({ field, next }) => ({ instance: field, to: Array.from(next, (local) => local ?? null) })),
    })),
  };
}

function wordsOf({ composition }: Model, field: number, local: number): string {
  const one = composition.instances[field];
  return one ? showLocal(composition.localStates(one).snapshot(local)) : '';
}

function edgesOf(exploration: Exploration): Edges {
  const edges = exploration.edges();
  if (!edges) throw tooLarge('the steps between the states take more memory than is allowed');
  return edges;
}

function tooLarge(what: string): InputError {
  return new InputError(what, { expected: 'a smaller scope, fewer faults, or a higher --max-states or --max-memory' });
}
