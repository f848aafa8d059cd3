import { describe, expect, test } from 'vitest';
import { type Conformance, conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { findDesign } from '#models/designs/design.ts';
import type { PlayedEvent } from './recorder.ts';
import { Scripted } from './scripted.ts';

const begun = () =>
  new Scripted('2.0.5').machine('ctl', true).machine('box').volume('data').takes('data', 'web', 'box');

describe("a limiter gives its tokens by the recording's clock, give or take 100 ms", () => {
  const where = { at: 'ctl', target: 'i-box' };
  const refused = (file: Scripted) =>
    file
      .call('ControllerDetachVolume', 'data', where)
      .return('ControllerDetachVolume', 'data', { ok: false, error: 'provider says no' });
  const pass = (file: Scripted) => refused(file.claim('data', 'web', 'box', 'node-detached'));
  /** Three passes at once after a long silence, and two more, so many ms after each other. */
  const passes = (gap: number) => {
    let file = begun().after(5_000).ends('data', 'web', 'box');
    file = refused(file.claim('data', 'web', 'box', 'unpublishing').claim('data', 'web', 'box', 'node-detached'));
    file.reply('Unpublish', { vol: 'data', alloc: 'web', ok: false, error: 'could not detach from controller: no' });
    for (let i = 0; i < 3; i++) file = pass(file);
    return pass(pass(file.after(gap)).after(gap))
      .after(500)
      .end();
  };
  test.each([
    [980, true],
    [1_020, true],
    [1_095, true],
    [850, false],
    [1_250, false],
    [50, false],
  ])('a pass every %s ms: %s', (gap, accepted) => {
    expect(held(passes(gap)).accepted).toBe(accepted);
  });
});

describe('what waits for nobody comes within 100 ms', () => {
  const late = (ms: number) =>
    begun()
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .after(ms)
      .freed('data', 'web', 'box')
      .reply('Unpublish', { vol: 'data', alloc: 'web' })
      .end();
  test.each([
    [1, true],
    [80, true],
    [150, false],
  ])('ready to free %s ms after the detach: %s', (ms, accepted) => {
    expect(held(late(ms)).accepted).toBe(accepted);
  });
  test('a call takes as long as it takes', () => {
    const file = begun()
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box', 60_000)
      .freed('data', 'web', 'box')
      .reply('Unpublish', { vol: 'data', alloc: 'web' })
      .detach('data', 'box', 60_000)
      .freed('data', 'web', 'box');
    expect(held(file.end()).accepted).toBe(true);
  });
  test('silence up to the end is an observation', () => {
    const file = (ms: number) =>
      begun().ends('data', 'web', 'box').claim('data', 'web', 'box', 'unpublishing').after(ms).end();
    expect(held(file(2_000))).toMatchObject({ accepted: false, unexplained: { event: 17 } });
    expect(held(begun().after(1_000_000).end()).accepted).toBe(true);
  });
});

describe('a write and an event of another kind, less than 1 ms apart, may stand in either order', () => {
  /** The last write of a release and its reply, the reply first, so many ms apart. */
  const turned = (ms: number) => {
    const file = begun()
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .claim('data', 'web', 'box', 'ready-to-free')
      .reply('Unpublish', { vol: 'data', alloc: 'web' })
      .after(ms - 0.1)
      .claim('data', 'web', 'box', 'ready-to-free');
    return file.end() as { readonly events: PlayedEvent[] };
  };
  test('only where the order of the file is refused, and the answer says which', () => {
    const file = turned(0.5);
    const reply = file.events.findIndex(({ what, op }) => what === 'reply' && op === 'Unpublish');
    expect(held(file)).toMatchObject({ accepted: true, exchanged: [reply] });
  });
  test('not where they are further apart', () => {
    expect(held(turned(1.5)).accepted).toBe(false);
  });
  test('not where the order of the file is explained', () => {
    const file = begun().end();
    expect(held(file).exchanged).toEqual([]);
  });
});

// Helpers

function held(file: object): Conformance {
  return conform(readRecording(file, 'by hand'), findDesign('nomad-2.0.5'));
}
