import { type Action, disabled, type Field, type System } from '#checker/system.ts';

/**
 * Two-phase commit as Lamport specifies it (TwoPhase.tla): messages are a set that only grows, so each message that can
 * be sent is a field. Fields: a resource manager each, then the transaction manager, then who it knows to be prepared, then
 * the prepared messages, then the decision that was sent.
 */
export function twoPhaseCommit(managers: number): System {
  const tm = managers;
  const knows = (rm: number) => managers + 1 + rm;
  const sent = (rm: number) => 2 * managers + 1 + rm;
  const decision = 3 * managers + 1;
  const everyone = Array.from({ length: managers }, (_, rm) => rm);
  const field = (name: string, size: number): Field => ({ name, initial: 0, size: () => size });
  const action = (name: string, participants: number[], step: Action['step']): Action => ({
    name,
    fairness: 'none',
    participants,
    step,
  });
  const ofEach = everyone.flatMap((rm) => [
    action(`${rm} prepares`, [rm, sent(rm)], ([state]) => (state === working ? [prepared, 1] : disabled)),
    action(`${rm} aborts by itself`, [rm], ([state]) => (state === working ? [aborted] : disabled)),
    action(`${rm} hears commit`, [rm, decision], ([, word]) =>
      word === 1 || word === 3 ? [committed, word] : disabled,
    ),
    action(`${rm} hears abort`, [rm, decision], ([, word]) => (word === 2 || word === 3 ? [aborted, word] : disabled)),
    action(`hears ${rm} prepared`, [tm, knows(rm), sent(rm)], ([state, , message]) =>
      state === 0 && message === 1 ? [0, 1, 1] : disabled,
    ),
  ]);
  return {
    fields: [
      ...everyone.map((rm) => field(`rm ${rm}`, 4)),
      field('tm', 3),
      ...everyone.map((rm) => field(`tm knows ${rm}`, 2)),
      ...everyone.map((rm) => field(`prepared ${rm}`, 2)),
      field('decision', 4),
    ],
    actions: [
      action('commits', [tm, ...everyone.map(knows), decision], ([state, ...rest]) =>
        state === 0 && rest.slice(0, -1).every((known) => known === 1)
          ? [1, ...rest.slice(0, -1), (rest.at(-1) as number) | 1]
          : disabled,
      ),
      action('aborts', [tm, decision], ([state, word]) => (state === 0 ? [2, (word as number) | 2] : disabled)),
      ...ofEach,
    ],
  };
}

const working = 0;
const prepared = 1;
const committed = 2;
const aborted = 3;
