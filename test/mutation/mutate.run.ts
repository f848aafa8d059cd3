import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ModelError } from '#composition/admission.ts';
import { type Mutant, mutantsIn } from './mutants.ts';
import { build, differences, type Findings, look, type World } from './worlds.ts';

/**
 * How much of the model the promises hold in place. Every one-change mutant is looked at in the worlds that exercise what
 * it changes, smallest first, until a promise notices it; one that lives is looked at in the further worlds. Survivors are listed with the reason why each may live; a
 * survivor without one fails, and so does a reason without its survivor.
 */
const reasonsFile = 'test/mutation/survivors.json';
const scoreFile = 'test/mutation/score.json';
const least = 0.9;
/** Where a mutant's search ends, unless the world as it is has more: then one state more is a change. */
const statesMax = 400_000;

type Rung = readonly [scope: string, faults: number];

/** What these exercise is mutated. */
const scopes: readonly Rung[] = [
  ['happy-path', 0],
  ['replacement', 0],
  ['replacement-same-node', 0],
  ['plugin-removed', 1],
  ['failover', 1],
  ['acls-disabled', 1],
  ['node-collected', 1],
  ['partition', 1],
  ['failover', 2],
];
/** Asked about what those above let live: larger, or about one thing only. */
const furtherScopes: readonly Rung[] = [
  ['canary', 0],
  ['leader-changes', 1],
  ['registered-again', 0],
  ['calls-fail', 2],
  ['swept-while-down', 1],
  ['two-volumes', 0],
  ['plugin-forgotten', 3],
];
const worldsOf = (rungs: readonly Rung[]): readonly World[] =>
  rungs.flatMap(([scope, faults]) => ['nomad-2.0.5', 'nomad-1.9.7'].map((design) => ({ design, scope, faults })));

type Fate =
  | { readonly by: 'verdict' | 'number'; readonly promises: readonly string[] }
  | { readonly by: 'stop' }
  /** No promise changes, but something that was exercised in the world no longer is. */
  | { readonly by: 'missing' }
  | { readonly by: 'alive' }
  /** In every world it leaves each state and step as it is: no change at all there. */
  | { readonly by: 'none' };

test('the promises notice nine in ten one-change mutants, and every survivor has its reason', {
  timeout: 4 * 3_600_000,
}, () => {
  const before = asTheyAre(worldsOf(scopes));
  const further = asTheyAre(worldsOf(furtherScopes));
  const part = Number(process.env.PART ?? 1);
  const mutants = mutantsIn([...before.keys()]).filter((_, i) => i % part === 0);
  const inFurther = new Map(mutantsIn([...further.keys()]).map((mutant) => [mutant.name, mutant]));
  const survivors: string[] = [];
  const noticed = new Map<string, { verdict: number; number: number }>();
  const sums = { verdict: 0, number: 0, stop: 0, missing: 0, alive: 0, none: 0 };
  const started = Date.now();
  for (const [i, mutant] of mutants.entries()) {
    const near = fateOf(mutant, before);
    const far = near.by === 'alive' || near.by === 'none' ? fateOf(inFurther.get(mutant.name), further) : near;
    // No change in the further worlds does not undo one in the nearer.
    const fate = far.by === 'none' ? near : far;
    sums[fate.by]++;
    if (fate.by === 'alive') {
      survivors.push(mutant.name);
      process.stderr.write(`alive: ${mutant.name}\n`);
    }
    if (fate.by === 'verdict' || fate.by === 'number') {
      for (const promise of fate.promises) {
        const so = noticed.get(promise) ?? { verdict: 0, number: 0 };
        so[fate.by]++;
        noticed.set(promise, so);
      }
    }
    if (i % 20 === 19) {
      const left = ((Date.now() - started) / (i + 1)) * (mutants.length - i - 1);
      process.stderr.write(
        `${i + 1}/${mutants.length} mutants, ${survivors.length} alive, about ${Math.ceil(left / 60000)} min left\n`,
      );
    }
  }
  const reasons: Record<string, string> = JSON.parse(readFileSync(reasonsFile, 'utf8'));
  const explained = survivors.filter((name) => reasons[name]);
  const changes = mutants.length - sums.none;
  const score = {
    mutants: changes,
    leftOutAsNoChange: sums.none,
    noticedByAVerdict: sums.verdict,
    noticedByABoundOrATraceOnly: sums.number,
    missedByCoverageOnly: sums.missing,
    stoppedAsNoModel: sums.stop,
    survivors: survivors.length,
    score: Number(((changes - survivors.length) / changes).toFixed(3)),
    promises: Object.fromEntries([...noticed].sort()),
  };
  process.stderr.write(`${JSON.stringify(score, null, 2)}\n`);
  if (process.env.UPDATE === '1') {
    writeFileSync(scoreFile, `${JSON.stringify(score, null, 2)}\n`);
    writeFileSync(
      reasonsFile,
      `${JSON.stringify(Object.fromEntries(survivors.map((name) => [name, reasons[name] ?? ''])), null, 2)}\n`,
    );
  } else if (part === 1) {
    expect(survivors.filter((name) => !explained.includes(name))).toEqual([]);
    expect(Object.keys(reasons).filter((name) => !survivors.includes(name))).toEqual([]);
    expect(score.score).toBeGreaterThanOrEqual(least);
  }
});

function asTheyAre(worlds: readonly World[]): ReadonlyMap<World, Findings> {
  return new Map(worlds.map((world) => [world, look(build(world), Number.POSITIVE_INFINITY)]));
}

function fateOf(mutant: Mutant | undefined, before: ReadonlyMap<World, Findings>): Fate {
  if (!mutant) return { by: 'none' };
  let isChange = false;
  let isMissing = false;
  for (const [world, findings] of before) {
    if (!mutant.in(world)) continue;
    try {
      const after = look(build(world, mutant.change), Math.max(statesMax, findings.states + 1));
      isChange ||= after.digest !== findings.digest;
      const found = differences(findings, after);
      isMissing ||= found.missed.length > 0;
      if (found.verdict.length > 0) return { by: 'verdict', promises: found.verdict };
      if (found.number.length > 0) return { by: 'number', promises: found.number };
    } catch (error) {
      // The composition refuses it: an event that its machine cannot take.
      if (error instanceof ModelError) return { by: 'stop' };
      throw error;
    }
  }
  return { by: isMissing ? 'missing' : isChange ? 'alive' : 'none' };
}
