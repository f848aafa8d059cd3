import { explore } from '#checker/explore.ts';
import { type Benchmark, replacement, timed } from './benchmark.ts';

/** How fast one thread finds states, and what a state and a step take. */
export const explorer: Benchmark = {
  name: 'explorer',
  says: 'One thread, from nothing: `replacement` of nomad-2.0.5 with one fault, parents kept, actions asked for the first time.',
  measure(rounds) {
    const rate: number[] = [];
    const state: number[] = [];
    const edge: number[] = [];
    let size = '';
    for (let round = 0; round < rounds; round++) {
      const { system } = replacement(1).composition;
      const { ms, result } = timed(() => explore(system));
      rate.push(result.states / (ms / 1000));
      state.push(result.bytes / result.states);
      const kept = explore(replacement(1).composition.system, { edges: true });
      edge.push((kept.bytes - result.bytes) / kept.transitions);
      size = `${result.states.toLocaleString('en')} states`;
    }
    return [
      { what: size, unit: 'states/s', values: rate, goal: { atLeast: 2_000_000 } },
      { what: 'arrays and memos, steps not kept', unit: 'bytes/state', values: state, goal: { atMost: 24 } },
      { what: 'what keeping the steps adds', unit: 'bytes/edge', values: edge, goal: { atMost: 8 } },
    ];
  },
};
