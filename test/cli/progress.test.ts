import { expect, test } from 'vitest';
import type { Progress, World } from '#cli/engine.ts';
import { followProgress, remaining, verdictsInWords } from '#cli/progress.ts';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { sample } from '../report/sample.ts';

const world: World = {
  design: findDesign('nomad-1.9.7'),
  scope: findScope('node-collected'),
  promises: [],
  limits: {},
};
const progress: Progress = {
  design: 'nomad-1.9.7',
  scope: 'node-collected',
  faults: 1,
  states: 40_000,
  transitions: 90_000,
  frontier: 10_000,
  elapsedMs: 2000,
};

/** Hears of the search ten times a second for so long. */
function told(errIsTerminal: boolean, elapsedMs: number): string {
  let text = '';
  let clock = 0;
  const teller = followProgress(2, {
    err: (more) => {
      text += more;
    },
    errIsTerminal,
    now: () => clock,
  });
  for (; clock <= elapsedMs; clock += 100) teller.heard(progress);
  teller.finished(world, verdictsInWords(sample.results.slice(4, 6)));
  teller.end();
  return text;
}

test('on a terminal one line moves and is gone at the end', () => {
  const text = told(true, 1000);
  expect(text.split('\n')).toHaveLength(2);
  expect(text).toContain(
    '\r\u001B[2K[0/2] nomad-1.9.7 in node-collected, 1 fault: 40,000 states, 20,000 a second, at least 1 s left',
  );
  expect(text.endsWith('\r\u001B[2K')).toBe(true);
});

test('elsewhere there is a plain line every five seconds and one for each world', () => {
  const lines = told(false, 11_000).trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.at(-1)).toBe(
    '[1/2] nomad-1.9.7 in node-collected: violated: everyClaimIsReleased, retriesAreBounded; 0 of 2 hold',
  );
  expect(lines.join('')).not.toContain('\u001B');
});

test('a short search says nothing but its verdicts', () => {
  expect(told(false, 300).split('\n')).toHaveLength(2);
});

test('what remains is estimated from the finished worlds, and before that from the states still to be looked at', () => {
  expect(remaining({ progress, finished: 2, worlds: 6, elapsedMs: 3000 })).toBe(', about 6 s left');
  expect(remaining({ progress: { ...progress, frontier: 30_000 }, finished: 0, worlds: 6, elapsedMs: 2000 })).toBe(
    ', at least 6 s left',
  );
  expect(remaining({ progress: { ...progress, frontier: 40_000 }, finished: 0, worlds: 6, elapsedMs: 0 })).toBe('');
});
