import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Behaviours } from '#models/designs/behaviour.ts';
import { between } from '#models/designs/between.ts';
import { defaultDesigns, designNames, distinctDesigns, findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { type Judgement, judgeScope } from '#properties/judge.ts';
import { promises } from '#properties/promises.ts';

/**
 * What the older releases do in the scopes of one allocation, with no fault and with one, as data beside the ledger of the
 * default designs. A changed line is explained in the commit that changes it; `UPDATE=1` writes the file anew.
 */
const file = 'test/releases.json';
const scopes = ['happy-path', 'node-collected', 'partition', 'failover', 'acls-disabled', 'plugin-removed'];
const inLedger = defaultDesigns.map((name) => findDesign(name).behaviours);
const older = distinctDesigns.filter(
  (name) => name.startsWith('nomad-') && !inLedger.some((one) => alike(one, findDesign(name).behaviours)),
);

type Entry = Readonly<Record<string, string>>;
const kept: Record<string, Record<string, Entry>> = JSON.parse(readFileSync(file, 'utf8'));

describe('the ledger of the older releases', () => {
  const found: Record<string, Record<string, Entry>> = {};
  for (const scope of scopes) {
    const here: Record<string, Entry> = {};
    found[scope] = here;
    test.each(older)(`%s in ${scope} does what the ledger says`, { timeout: 120_000 }, (design) => {
      here[design] = entryOf(design, scope);
      if (process.env.UPDATE !== '1') expect(here[design]).toEqual(kept[scope]?.[design]);
    });
  }
  test('every entry is of a world that is judged', () => {
    if (process.env.UPDATE === '1') writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
    else
      expect(Object.entries(kept).map(([scope, of]) => [scope, Object.keys(of)])).toEqual(
        scopes.map((scope) => [scope, older]),
      );
  });
});

test('every release is in one ledger or the other, by itself or by one that behaves alike', () => {
  const judged = [...defaultDesigns, ...older].map((name) => findDesign(name).behaviours);
  for (const name of designNames.filter((one) => one.startsWith('nomad-'))) {
    expect(
      judged.some((one) => alike(one, findDesign(name).behaviours)),
      name,
    ).toBe(true);
  }
});

// Helpers

/** What is broken on each rung, or that all holds there, and how large the world was. */
function entryOf(design: string, name: string): Entry {
  const scope = findScope(name);
  const rungs = [0, 1].filter((rung) => rung <= scope.topFaults);
  const entries: Record<string, string> = {};
  let open = promises;
  for (const faults of rungs) {
    const results = judgeScope(findDesign(design), scope, open, { faults, now: () => 0 });
    for (const result of results) entries[result.promise] = inWords(result);
    open = open.filter((promise) => results.some((one) => one.promise === promise.name && one.verdict !== 'violated'));
  }
  return entries;
}

function inWords({ verdict, faults, states, transitions, bound, trace }: Judgement): string {
  const count = bound ? `; ${bound.perTick} a tick, ${bound.total} in all` : '';
  return `${verdict} at ${faults} faults; ${states} states, ${transitions} steps${verdict === 'violated' ? `; trace of ${trace?.length}` : ''}${count}`;
}

function alike(one: Behaviours, other: Behaviours): boolean {
  return between(one, other).differ.length === 0;
}
