import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { findDesign } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';

type Raw = { events: Record<string, unknown>[] } & Record<string, unknown>;
const read = (): Raw => JSON.parse(readFileSync('conformance/recordings/2.0.5/failover.json', 'utf8'));

describe('whatever stands in a field, a recording is followed or refused in one line that says where', () => {
  const wrong = [undefined, null, 42, -1, 'zzz', '', true, {}, [], [null], ['zzz']];
  const places = read().events.map((_, i) => i);
  test.each(places)('event %i', (place) => {
    let followed = 0;
    for (const field of Object.keys(read().events[place] ?? {})) {
      for (const value of wrong) {
        const file = read();
        file.events[place] = { ...file.events[place], [field]: value };
        const recording = attempt(file);
        // What is well-formed is followed to an answer: now and then that is tried.
        if (recording && followed++ % 12 === 0) {
          const { accepted } = conform(recording, findDesign('nomad-2.0.5'));
          expect([true, false]).toContain(accepted);
        }
      }
    }
  });
  test.each([
    null,
    1,
    'x',
    [],
    {},
    { recording: 'claimcheck/recording@1' },
    { ...read(), events: {} },
    { ...read(), acls: 1 },
  ])('file %#', (file) => {
    expect(attempt(file)).toBeNull();
  });
  test('a field that nobody knows is named, with the nearest that is known', () => {
    const file = read();
    file.events[4] = { ...file.events[4], rcp: 'ControllerDetachVolume' };
    expect(() => readRecording(file, 'my.json')).toThrow(/^my\.json: events\[4\].*rcp.*rpc/);
  });
});

function attempt(file: unknown): ReturnType<typeof readRecording> | null {
  try {
    return readRecording(file, 'my.json');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const line = (error as Error).message;
    expect(line).toMatch(/^my\.json[^\n]*$/);
    return null;
  }
}
