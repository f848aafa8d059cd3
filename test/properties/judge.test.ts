import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDesign, readDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { type Judgement, judgeScope } from '#properties/judge.ts';
import { findPromise, promises } from '#properties/promises.ts';
import { replayToken } from '#properties/replay.ts';
import { readToken, writeToken } from '#properties/token.ts';

const find = { design: findDesign, scope: findScope };
const judged = (design: string, promise: string, options: { maxStates?: number; faults?: number } = {}): Judgement => {
  const [one] = judgeScope(findDesign(design), findScope('node-collected'), [findPromise(promise)], {
    now: () => 0,
    ...options,
  });
  if (!one) throw new Error('nothing was judged');
  return one;
};

describe('nomad#25349: a node is collected while it holds a claim', () => {
  test('1.9.7 never releases it, and spins without a tick; its log says so', () => {
    expect(judged('nomad-1.9.7', 'everyClaimIsReleased')).toMatchObject({ verdict: 'violated', faults: 1 });
    const spin = judged('nomad-1.9.7', 'retriesAreBounded');
    expect(spin).toMatchObject({ verdict: 'violated', bound: { perTick: 'unbounded', total: 'unbounded' } });
    const { log, trace } = replayToken(spin.trace?.token ?? '', find);
    expect(trace.loopsTo).not.toBeNull();
    expect(log.join('\n')).toContain(
      'nomad.volumes_watcher: error releasing volume claims: namespace=default volume_id=v1\n  error=\n  | 1 error occurred:\n  | \\t* missing external node ID: Unknown node: n1\n  | \n  ',
    );
  });
  test('the limiter alone bounds it in a tick only, and releases nothing', () => {
    expect(judged('nomad-1.9.7+limit-watcher', 'everyClaimIsReleased').verdict).toBe('violated');
    const { bound } = judged('nomad-1.9.7+limit-watcher', 'retriesAreBounded');
    expect(bound?.perTick).toBeTypeOf('number');
    expect(bound?.total).toBe('unbounded');
  });
  test.each(['nomad-1.9.7+abandon-unknown-node+notify-drops', 'nomad-1.10.0', 'nomad-2.0.5'])(
    '%s releases it in a bounded number of attempts',
    (design) => {
      expect(judged(design, 'everyClaimIsReleased')).toMatchObject({ verdict: 'holds', faults: 2 });
      const { bound } = judged(design, 'retriesAreBounded');
      expect([typeof bound?.perTick, typeof bound?.total]).toEqual(['number', 'number']);
    },
  );
  test('one behaviour changed in a design file changes the verdict', () => {
    const mine = readDesign(
      { name: 'mine', from: 'nomad-2.0.5', behaviours: { controllerStepOnUnknownNode: 'fail' } },
      'mine.json',
    );
    const [one] = judgeScope(mine, findScope('node-collected'), [findPromise('everyClaimIsReleased')], {
      now: () => 0,
    });
    expect(one?.verdict).toBe('violated');
  });
});

test('a limit makes every verdict that is not yet found unknown, never holds', () => {
  for (const promise of promises) {
    const [one] = judgeScope(findDesign('nomad-2.0.5'), findScope('node-collected'), [promise], {
      now: () => 0,
      maxStates: 50,
    });
    if (one) expect(one.verdict, promise.name).toBe('unknown');
  }
});

test('no promise holds vacuously in node-collected with a fault', () => {
  const results = judgeScope(findDesign('nomad-2.0.5'), findScope('node-collected'), promises, {
    now: () => 0,
    faults: 1,
  });
  expect(results.length).toBeGreaterThan(8);
  for (const { promise, assumptions } of results)
    expect(
      assumptions.filter((one) => one.startsWith('vacuous')),
      promise,
    ).toEqual([]);
});

describe('a token', () => {
  test('says what was written into it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.array(fc.nat({ max: 65535 }), { minLength: 1 }),
        fc.nat({ max: 20 }),
        (name, actions, faults) => {
          const parts = {
            fingerprint: '0a1b2c3d',
            design: name,
            scope: 'mine',
            faults,
            run: { actions, loopsTo: actions.length - 1 },
          };
          expect(readToken(writeToken(parts))).toEqual(parts);
        },
      ),
      { seed: 1 },
    );
  });
  test.each([
    '',
    'nonsense',
    'cc1/x',
    'cc1/0a1b2c3d/nomad-1.9.7/node-collected/1/-/0.!.2',
    'cc1/0a1b2c3d/nomad-1.9.7/node-collected/1/9/0',
    'cc1/00000000/nomad-1.9.7/node-collected/1/-/0',
  ])('that is garbled, cut off or of another model is bad input: %s', (token) => {
    expect(() => replayToken(token, find)).toThrow(expect.objectContaining({ name: 'InputError' }));
  });
});
