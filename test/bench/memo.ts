import { explore } from '#checker/explore.ts';
import { type Benchmark, inTurn, ratios, replacement } from './benchmark.ts';

/** What it saves to remember what XState answered. */
export const memo: Benchmark = {
  name: 'memo',
  says: 'Every remembered transition of a local state, asked of the memo and of XState itself.',
  measure(rounds) {
    const { composition } = replacement(0);
    explore(composition.system, { maxStates: 100_000 });
    const machines = [...new Set(composition.instances.map((one) => composition.localStates(one)))];
    const asked = machines.flatMap((states) =>
      [...states.memo()].map(([from, event]) => ({ states, from, event: JSON.parse(event) as { type: string } })),
    );
    const [xstate = [], remembered = []] = inTurn(
      rounds,
      () => {
        for (const { states, from, event } of asked) states.ask(states.snapshot(from), event);
      },
      () => {
        for (const { states, from, event } of asked) states.next(from, event);
      },
    );
    const each = (all: readonly number[]) => all.map((ms) => (ms * 1e6) / asked.length);
    return [
      { what: `XState, ${asked.length} transitions`, unit: 'ns each', values: each(xstate) },
      { what: 'the memo of local states, event as its key', unit: 'ns each', values: each(remembered) },
      { what: 'XState : memo', unit: 'times', values: ratios(xstate, remembered) },
    ];
  },
};
