import type { Stop } from '#checker/explore.ts';
import type { Answer, Supremum } from '#checker/formula.ts';
import type { Model } from '#models/model.ts';
import { type FaultKind, faultKinds } from '#models/scopes/fault.ts';
import { fairness } from './fairness.ts';
import type { Obligation, PromiseSpec } from './promise.ts';

/** The verdict as one sentence in Nomad's words. */
export function sentenceOf(
  { cluster, composition }: Model,
  promise: PromiseSpec,
  verdict: 'holds' | 'violated' | 'unknown',
  obligation: Obligation | undefined,
  answer: Answer | undefined,
  stopped: Stop | null,
  bounds: Readonly<Record<string, { readonly perTick: Supremum; readonly total: Supremum }>> | undefined,
): string {
  const { design, scope, faults } = cluster;
  const where = `${promise.name} ${verdict === 'unknown' ? 'is unknown' : verdict === 'violated' ? 'is violated' : 'holds'} by ${design.name} in scope ${scope.name} with ${count(faults.input?.left ?? 0, 'fault')}`;
  if (verdict === 'unknown')
    return `${where}: the search stopped at ${stopped === 'maxMemory' ? 'the memory' : stopped === 'maxStates' ? 'the state' : 'a'} limit before an answer was found.`;
  if (verdict === 'holds') {
    const counts = Object.entries(bounds ?? {}).map(
      ([name, { perTick, total }]) => `${spaced(name)} ${perTick} a tick and ${total} in all`,
    );
    return counts.length > 0 ? `${where}: at most ${counts.join(', ')}.` : `${where}: ${promise.words}.`;
  }
  const run = answer?.bound
    ? answer.bound.perTick === 'unbounded'
      ? answer.bound.perTickRun
      : answer.bound.totalRun
    : answer?.run;
  const after = run ? shape(run.actions.length, run.loopsTo) : '';
  const cycle = run && run.loopsTo !== null ? rulesOf(run.actions.slice(run.loopsTo), composition.actions) : '';
  const tick = answer?.bound
    ? answer.bound.perTick === 'unbounded'
      ? ', even between two ticks'
      : ', though few between two ticks'
    : '';
  return `${where}: ${obligation?.broken ?? promise.words}${tick}${after}${cycle}.`;
}

/** What a verdict rests on: who is taken to do what, what may go wrong, what the scope cannot show. */
export function assumptionsOf(
  { cluster, composition }: Model,
  faults: number,
  notes: readonly string[],
  vacuous: readonly string[],
): string[] {
  const rules = new Set(composition.actions.map((one) => one.note.rule));
  const kinds = (Object.keys(cluster.scope.faults) as FaultKind[]).map((kind) => {
    const cap = cluster.scope.faults[kind];
    return `${faultKinds[kind]}${typeof cap === 'number' ? ` (${cap} at most)` : ''}`;
  });
  return [
    ...fairness.filter((owed) => owed.rules.some((rule) => rules.has(rule))).map((owed) => owed.owes),
    faults === 0 || kinds.length === 0
      ? 'nothing fails'
      : `no more than ${count(faults, 'fault')}: ${kinds.join('; ')}`,
    ...(cluster.scope.cannotShow === '' ? [] : [`the scope cannot show ${cluster.scope.cannotShow}`]),
    ...vacuous.map((what) => `vacuous in part: ${what}`),
    ...notes,
  ];
}

function shape(length: number, loopsTo: number | null): string {
  return loopsTo === null
    ? `, after ${count(length, 'step')}`
    : `: after ${count(loopsTo, 'step')}, ${count(length - loopsTo, 'step')} that ${length - loopsTo === 1 ? 'repeats' : 'repeat'} for ever`;
}

/** The rules of a cycle, each once, the failing ones first told as they come. */
function rulesOf(cycle: readonly number[], actions: Model['composition']['actions']): string {
  const rules = [...new Set(cycle.flatMap((index) => actions[index]?.note.rule ?? []))];
  const shown = rules.slice(0, 6);
  return ` (${shown.join('; ')}${rules.length > shown.length ? '; ...' : ''})`;
}

const spaced = (name: string): string => name.replace(/([A-Z])/g, ' $1').toLowerCase();

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
