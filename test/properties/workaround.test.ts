import { describe, expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { judgeWorkaround } from '#properties/workaround.ts';
import { workarounds } from '#properties/workarounds.ts';

/** What Nomad 1.9.7's server code was seen to do (executed.md X14 to X17), and what no single run of it could show. */
describe('a volume that spins on 1.9.7', () => {
  test('spins on after it is registered again', () => {
    const { isNeeded, afterwards } = judged('nomad-1.9.7', 'register-again');
    expect(isNeeded).toBe(true);
    expect(afterwards).toMatchObject({ alwaysPossible: true, endsTheLoop: false, releasesTheClaim: false });
  });

  test('cannot be deregistered without force', () => {
    expect(judged('nomad-1.9.7', 'deregister')).toMatchObject({ isNeeded: true, afterwards: null });
  });

  test('is free after it was deregistered by force, and its attachment may stay for ever', () => {
    expect(judged('nomad-1.9.7', 'deregister-by-force').afterwards).toMatchObject({
      alwaysPossible: true,
      releasesTheClaim: true,
      attachment: 'perhaps',
    });
  });

  test('spins on after that only where a release was under way across the new registration', () => {
    const { afterwards } = judged('nomad-1.9.7', 'deregister-by-force');
    const actions = afterwards?.loop?.steps.map((step) => step.action) ?? [];
    const [row, written] = ['operator deregisters the volume by force', 'server writes the registration'].map((rule) =>
      actions.findIndex((action) => action.startsWith(rule)),
    );
    expect(actions.slice(0, row)).toContainEqual(expect.stringMatching(/^watcher starts a pass/));
    expect(actions.slice(written)).toContainEqual('server finds no such node (v1/a1, watcher)');
  });

  test('is released, attachment and all, when its node comes back', () => {
    expect(judged('nomad-1.9.7', 'node-back').afterwards).toMatchObject({
      alwaysPossible: true,
      endsTheLoop: true,
      releasesTheClaim: true,
      attachment: 'never',
      mount: 'never',
    });
  });
});

test.each(['nomad-1.10.0', 'nomad-2.0.5'])('no claim of a collected node stays stuck on %s', (design) => {
  for (const { name } of workarounds) expect(judged(design, name)).toMatchObject({ isNeeded: false, afterwards: null });
});

// Helpers

function judged(design: string, name: string) {
  const workaround = workarounds.find((one) => one.name === name);
  if (!workaround) throw new RangeError(name);
  return judgeWorkaround(findDesign(design), workaround);
}
