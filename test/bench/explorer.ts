import { explore } from '#checker/explore.ts';
import type { Model } from '#models/model.ts';
import { type Benchmark, type Row, replacement, tenMillion, timed } from './benchmark.ts';

/** How fast one thread finds states, and what a state and a step take. */
export const explorer: Benchmark = {
  name: 'explorer',
  says: 'One thread, from nothing: `replacement` of nomad-2.0.5 with one fault, and with two that are calls which fail; parents kept, actions asked for the first time.',
  measure(rounds) {
    const large = speed(tenMillion, rounds);
    const kept = explore(replacement(1).composition.system, { edges: true });
    const dropped = explore(replacement(1).composition.system, { pagesFrom: Number.POSITIVE_INFINITY });
    return [
      ...speed(() => replacement(1), rounds),
      ...large.map((row) => ({ ...row, goal: row.unit === 'states/s' ? { atLeast: 2_000_000 } : { atMost: 24 } })),
      {
        what: 'what keeping the steps adds',
        unit: 'bytes/edge',
        values: [(kept.bytes - dropped.bytes) / kept.transitions],
        goal: { atMost: 8 },
      },
    ];
  },
};

function speed(world: () => Model, rounds: number): Row[] {
  const rates: number[] = [];
  const bytes: number[] = [];
  let size = '';
  for (let round = 0; round < rounds; round++) {
    const { system } = world().composition;
    const { ms, result } = timed(() => explore(system));
    rates.push(result.states / (ms / 1000));
    bytes.push(result.bytes / result.states);
    size = `${result.states.toLocaleString('en')} states`;
  }
  return [
    { what: size, unit: 'states/s', values: rates },
    { what: 'arrays and memos, steps not kept', unit: 'bytes/state', values: bytes },
  ];
}
