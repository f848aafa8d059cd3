import { explore } from '#checker/explore.ts';
import { exportWorld } from '#cli/exporting.ts';
import { spinHere, timeSpin } from '#cli/spin.ts';
import type { Model } from '#models/model.ts';
import { type Benchmark, type Goal, type Row, ratios, replacement, tenMillion, timed, today } from './benchmark.ts';

/** The explorer beside Spin at its fastest on the same system, written out as Promela. */
export const spin: Benchmark = {
  name: 'spin',
  says: 'Worlds of nomad-2.0.5, exported as Promela and searched by Spin (`-O3 -DSAFETY -DNOREDUCE`), beside the explorer with one thread; both find the same states. The time of the C compiler is not counted, that of the explorer begins with nothing asked yet, which weighs more in a small world.',
  async measure(rounds) {
    const missing = await spinHere.missing();
    if (missing.length > 0)
      throw new Error(`not on this machine: ${missing.join(', ')} (Debian: apt-get install spin gcc)`);
    const rows: Row[] = [];
    rows.push(...(await beside(() => replacement(0), 0, rounds)));
    rows.push(...(await beside(() => replacement(1), 1, rounds)));
    rows.push(...(await beside(tenMillion, 2, rounds, { atLeast: 3 })));
    return rows;
  },
};

async function beside(world: () => Model, faults: number, rounds: number, goal?: Goal): Promise<Row[]> {
  const { scope } = world().cluster;
  const asked = { design: today, scope, promises: [], limits: { faults } };
  const { text, states } = exportWorld(asked, 'promela', { now: () => performance.now(), heard: () => undefined });
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { elapsedMs, states: found } = await timeSpin(text, states);
    if (found !== states) throw new Error(`Spin found ${found} states, the explorer ${states}`);
    theirs.push(elapsedMs);
    const { system } = world().composition;
    ours.push(timed(() => explore(system)).ms);
  }
  return [
    { what: `Spin, ${states.toLocaleString('en')} states`, unit: 'ms', values: theirs },
    { what: 'the explorer, one thread', unit: 'ms', values: ours },
    { what: 'Spin : explorer', unit: 'times', values: ratios(theirs, ours), ...(goal && { goal }) },
  ];
}
