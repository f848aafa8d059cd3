import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Alone } from './alone.ts';
import type { Benchmark } from './benchmark.ts';

const promise = 'everyClaimIsReleased';

/** More than ten million states, each time in a process of its own. */
export const large: Benchmark = {
  name: 'large',
  says: '`replacement` of nomad-2.0.5 with two faults that are calls which fail: each round in a process of its own, so that peak memory is all that the process ever had.',
  measure(rounds) {
    const states = Array.from({ length: rounds }, () => alone());
    const steps = Array.from({ length: rounds }, () => alone(promise));
    const size = states[0]?.states.toLocaleString('en');
    const seconds = (of: readonly Alone[]) => of.map(({ searchMs }) => searchMs / 1000);
    const gib = (of: readonly Alone[]) => of.map(({ peakMiB }) => peakMiB / 1024);
    return [
      { what: `${size} states`, unit: 's', values: seconds(states), goal: { atMost: 15 } },
      { what: 'peak memory', unit: 'GiB', values: gib(states), goal: { atMost: 2 } },
      { what: `${steps[0]?.transitions.toLocaleString('en')} steps kept as well`, unit: 's', values: seconds(steps) },
      {
        what: `${promise} : search with steps kept`,
        unit: 'times',
        values: steps.map(({ judgeMs, searchMs }) => judgeMs / searchMs),
        goal: { atMost: 2 },
      },
      { what: 'peak memory with steps kept and judged', unit: 'GiB', values: gib(steps) },
    ];
  },
};

function alone(...asked: readonly string[]): Alone {
  const file = fileURLToPath(new URL('./alone.js', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [file, ...asked], { encoding: 'utf8' })) as Alone;
}
