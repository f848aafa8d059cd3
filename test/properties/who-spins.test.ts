import { describe, expect, test } from 'vitest';
import { designNames, findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';

/**
 * Who suffers issue 25349, line by line (server.md 8.1): a claim of a collected node is tried again and again without a tick
 * between, or once a collection and never released, or it is released.
 */
const spins = [
  'nomad-1.2.16',
  'nomad-1.3.16',
  'nomad-1.4.2',
  'nomad-1.4.4',
  'nomad-1.4.14',
  'nomad-1.5.17',
  'nomad-1.6.10',
  'nomad-1.7.7',
  'nomad-1.8.4',
  'nomad-1.9.7',
];
const stuck = [
  'nomad-0.12.5',
  'nomad-1.0.0',
  'nomad-1.2.3',
  'nomad-1.2.4',
  'nomad-1.2.6',
  'nomad-1.3.0',
  'nomad-1.3.5',
];

describe('a node is collected while it holds a claim', () => {
  test.each(designNames.filter((name) => /^nomad-(0\.12|[12])/.test(name)))('%s', (name) => {
    const scope = findScope('machine-forgotten');
    const asked = ['retriesAreBounded', 'everyClaimIsReleased'].map(findPromise);
    const [retries, claim] = judgeScope(findDesign(name), scope, asked, { faults: 1, now: () => 0 });
    const isTight = retries?.bound?.perTick === 'unbounded';
    const isEndless = retries?.bound?.total === 'unbounded';
    expect({ isTight, isEndless, claim: claim?.verdict }).toEqual(
      spins.includes(name)
        ? { isTight: true, isEndless: true, claim: 'violated' }
        : stuck.includes(name)
          ? { isTight: false, isEndless: true, claim: 'violated' }
          : { isTight: false, isEndless: false, claim: 'holds' },
    );
  });
});
