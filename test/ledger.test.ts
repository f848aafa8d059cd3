import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { type Judgement, judgeScope } from '#properties/judge.ts';
import { promises } from '#properties/promises.ts';
import { replayToken } from '#properties/replay.ts';

/**
 * What every design does in every scope, failures included, as data. A changed number is explained in the commit that
 * changes it; `UPDATE=1` writes the file anew.
 */
const file = 'test/ledger.json';

const parts = ['abandon-unknown-node', 'limit-watcher', 'notify-drops'] as const;
const pairs = parts.flatMap((one, i) => parts.slice(i + 1).map((other) => `${one}+${other}`));
const releases = ['nomad-1.9.7', 'nomad-1.10.0', 'nomad-2.0.5'];
/** Whatever has two allocations is kept here without faults only. */
const plan: readonly (readonly [scope: string, designs: readonly string[], faults?: number])[] = [
  ['happy-path', releases],
  ['node-collected', [...releases, ...[...parts, ...pairs].map((name) => `nomad-1.9.7+${name}`)]],
  ['partition', releases],
  ['failover', releases],
  ['acls-disabled', releases],
  ['plugin-removed', releases],
  ...['replacement-same-node', 'replacement', 'shared-node', 'two-volumes', 'operator'].map(
    (scope) => [scope, releases, 0] as const,
  ),
];

type Entry = Readonly<Record<string, string>>;
const ledger: Record<string, Record<string, Entry>> = JSON.parse(readFileSync(file, 'utf8'));

describe('the ledger', () => {
  const found: Record<string, Record<string, Entry>> = {};
  for (const [scope, designs, faults] of plan) {
    found[scope] = {};
    for (const design of designs) {
      test(`${design} in ${scope} does what the ledger says`, { timeout: 120_000 }, () => {
        const results = judgeScope(findDesign(design), findScope(scope), promises, {
          now: () => 0,
          ...(faults !== undefined && { faults }),
        });
        const entry = Object.fromEntries(results.map((result) => [result.promise, inWords(result)]));
        for (const { trace } of results) if (trace) replayToken(trace.token, { design: findDesign, scope: findScope });
        const scopeFound = found[scope];
        if (scopeFound) scopeFound[design] = entry;
        if (process.env.UPDATE !== '1') expect(entry).toEqual(ledger[scope]?.[design]);
      });
    }
  }
  test('every entry is of a world that is judged', () => {
    if (process.env.UPDATE === '1') writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
    else
      expect(Object.entries(ledger).map(([scope, of]) => [scope, Object.keys(of)])).toEqual(
        plan.map(([scope, designs]) => [scope, designs]),
      );
  });
});

/** One line a promise: the verdict and its rung, the size of what was explored there, the trace's shape, the bound. */
function inWords({ verdict, faults, states, transitions, depth, bound, trace }: Judgement): string {
  const explored = `${states} states, ${transitions} steps, depth ${depth}`;
  const shape =
    trace === null ? '' : `; trace of ${trace.length}${trace.loopsTo === null ? '' : `, loops to ${trace.loopsTo}`}`;
  const count = bound ? `; ${bound.perTick} a tick, ${bound.total} in all` : '';
  return `${verdict} at ${faults} faults; ${explored}${shape}${count}`;
}
