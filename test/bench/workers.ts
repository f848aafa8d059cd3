import { explore } from '#checker/explore.ts';
import { hire } from '#cli/hire.ts';
import { type Benchmark, inTurn, ratios, replacement } from './benchmark.ts';

/** What a second thread gains. */
export const workers: Benchmark = {
  name: 'workers',
  says: '`replacement` of nomad-2.0.5 with one fault, steps kept, by one thread and by two.',
  measure(rounds) {
    const states: number[] = [];
    const [one = [], two = []] = inTurn(
      rounds,
      () => states.push(explore(replacement(1).composition.system, { edges: true }).states),
      () => {
        const crew = hire(1);
        states.push(explore(replacement(1).composition.system, { edges: true, crew }).states);
        crew.dismiss();
      },
    );
    if (new Set(states).size > 1) throw new Error('One thread and two count different states.');
    return [
      { what: 'one thread', unit: 'ms', values: one },
      { what: 'two threads', unit: 'ms', values: two },
      { what: 'one : two', unit: 'times', values: ratios(one, two) },
    ];
  },
};
