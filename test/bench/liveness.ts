import { explore } from '#checker/explore.ts';
import { judge } from '#checker/judge.ts';
import { findPromise } from '#properties/promises.ts';
import { type Benchmark, ratios, replacement, timed } from './benchmark.ts';

const asked = ['everyClaimIsReleased', 'clusterFallsQuiet', 'retriesAreBounded', 'releaseIsAlwaysPossible'];

/** What one promise costs beside the exploration that it judges. */
export const liveness: Benchmark = {
  name: 'liveness',
  says: '`replacement` of nomad-2.0.5 with one fault: one promise with all its obligations, beside the exploration with steps kept.',
  measure(rounds) {
    const explored: number[] = [];
    const judged = asked.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      const model = replacement(1);
      const { ms, result } = timed(() => explore(model.composition.system, { edges: true }));
      explored.push(ms);
      for (const [at, name] of asked.entries()) {
        const formulas = findPromise(name)
          .obligations(model)
          .map((one) => one.formula);
        judged[at]?.push(timed(() => judge(result, formulas)).ms);
      }
    }
    return [
      { what: 'exploration, steps kept', unit: 'ms', values: explored },
      ...asked.map((what, at) => ({
        what,
        unit: 'times',
        values: ratios(judged[at] ?? [], explored),
        goal: { atMost: 2 },
      })),
    ];
  },
};
