import type { Verdict } from '#checker/formula.ts';
import type { PanFindings } from '#report/promela/pan.ts';
import type { ProvedQuestion, ProvedWorld } from '#report/proof-document.ts';
import { grouped } from '#report/words.ts';
import type { World } from './engine.ts';
import type { Exported, OwnAnswer } from './export-thread.ts';
import type { Spin, SpinAnswer } from './spin.ts';

/** Asks Spin about one exported world and holds its answers against our own. */
export async function proveWorld(world: World, faults: number, exported: Exported, spin: Spin): Promise<ProvedWorld> {
  const { text, states, transitions, answers } = exported;
  const aboutRuns = answers.flatMap(({ kind }, at) => (kind === 'leadsTo' ? [at] : []));
  const answer = await spin.search({
    text,
    formulas: aboutRuns,
    states,
    maxMemory: world.limits.maxMemory ?? 2 ** 31,
  });
  const questions = answers.map(({ promise, name, verdict, declared, kind }, at): ProvedQuestion => {
    const found =
      kind === 'leadsTo' ? runVerdict(answer.runs[aboutRuns.indexOf(at)]) : safetyVerdict(answer.states, at);
    return { promise, name, own: verdict, spin: found, declared };
  });
  const counted = {
    states: { own: states, spin: answer.states.states },
    transitions: { own: transitions, spin: stepsOf(answer, answers) },
  };
  const differences = [
    ...strangers(answer.states),
    ...unequal('states', counted.states),
    ...unequal('steps', counted.transitions),
    ...(answer.states.ended ? [] : ["Spin's search over all states ended early"]),
    ...questions.flatMap(({ name, own, spin: theirs }) => {
      if (own !== theirs) return [`"${name}" is ${own} for our own checker and ${theirs} for Spin`];
      return own === 'unknown' ? [`"${name}" is unknown to both`] : [];
    }),
  ];
  return {
    design: world.design.name,
    scope: world.scope.name,
    faults,
    ...counted,
    questions,
    agrees: differences.length === 0,
    differences,
  };
}

function safetyVerdict({ failed, ended }: PanFindings, question: number): Verdict {
  if (failed.some(({ array, at }) => array === 'kept' && at === question)) return 'violated';
  return ended ? 'holds' : 'unknown';
}

function runVerdict(found: PanFindings | undefined): Verdict {
  if (!found) return 'unknown';
  if (found.hasCycle) return 'violated';
  return found.ended && found.errors === 0 ? 'holds' : 'unknown';
}

/** Spin's transitions without the one into the initial state, and without those of the observers, one for each question about states that fails. */
function stepsOf({ states: { transitions, failed } }: SpinAnswer, answers: readonly OwnAnswer[]): number {
  const observed = new Set(
    failed.flatMap(({ array, at }) => (array === 'seen' || answers[at]?.kind === 'alwaysStep' ? [] : [at])),
  );
  return transitions - 1 - observed.size;
}

/** Combinations of local states that Spin reaches and that are in no table: our own search has not been there. */
function strangers({ failed }: PanFindings): string[] {
  return failed.flatMap(({ array, at }) => {
    if (array === 'seen') return [`Spin reaches local states for which our search never asked action ${at}`];
    return array === 'known' ? [`Spin reaches local states about which question ${at} was never asked`] : [];
  });
}

function unequal(what: string, { own, spin }: ProvedWorld['states']): string[] {
  return own === spin ? [] : [`our own explorer finds ${grouped(own)} ${what} and Spin ${grouped(spin)}`];
}
