import { explore } from '#checker/explore.ts';
import { searchReduced } from '#checker/reduced.ts';
import { exchangeOf } from '#composition/exchange.ts';
import { buildModel } from '#models/model.ts';
import { exchangesOf } from '#models/scopes/alike.ts';
import { readScope } from '#models/scopes/scope.ts';
import { type Benchmark, ratios, timed, today } from './benchmark.ts';

/** What symmetry saves where two allocations are alike, and what its plain loop costs. */
export const symmetry: Benchmark = {
  name: 'symmetry',
  says: 'Two allocations of one multi-writer volume on one machine, nomad-2.0.5 without faults: all states by the explorer, one of each orbit by the reduced search.',
  measure(rounds) {
    const scope = readScope(
      {
        name: 'two-writers',
        volumes: [{ name: 'v1', access: 'multi-node-multi-writer' }],
        nodes: ['n1'],
        allocations: ['a1', 'a2'].map((name) => ({ name, volume: 'v1', node: 'n1' })),
      },
      'two-writers',
    );
    const states: number[] = [];
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const full = timed(() => explore(buildModel(today, scope, 0).composition.system));
      const { composition } = buildModel(today, scope, 0);
      const exchanges = exchangesOf(scope).map((one) => exchangeOf(composition, one));
      const found = timed(() => searchReduced(composition.system, [], { kind: 'symmetry', exchanges }));
      states.push(full.result.states / found.result.states);
      times.push(...ratios([found.ms], [full.ms]));
    }
    return [
      { what: 'states, all : by symmetry', unit: 'times', values: states },
      { what: 'time, by symmetry : all', unit: 'times', values: times },
    ];
  },
};
