import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Conformance, conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { findDesign } from '#models/designs/design.ts';

const folder = 'conformance/recordings';
const releases = ['1.9.7', '1.10.0', '2.0.5'];
const all = releases.flatMap((release) =>
  readdirSync(`${folder}/${release}`)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [release, file.replace('.json', '')] as const),
);
describe('a recording is a run of the release that was recorded', () => {
  test.each(all)('nomad %s, %s', (release, scenario) => {
    expect(held(raw(release, scenario), `nomad-${release}`)).toMatchObject({ accepted: true, unexplained: null });
  });
});

describe('a recording is refused by a design that differs in what it shows, at the event where they part', () => {
  test.each([
    ['1.9.7', 'node-collected', 'nomad-1.10.0', { type: 'CSIVolumeClaim', state: 'node-detached' }],
    ['1.10.0', 'node-collected', 'nomad-1.9.7', { type: 'CSIVolumeClaim', state: 'ready-to-free' }],
    ['1.9.7', 'controller-keeps-failing', 'nomad-1.10.0', { type: 'CSIVolumeClaim', state: 'node-detached' }],
    ['1.10.0', 'controller-keeps-failing', 'nomad-1.9.7', { type: 'CSIVolumeClaim', state: 'node-detached' }],
    ['1.9.7', 'node-plugin-gone', 'nomad-1.10.0', { type: 'CSIVolumeClaim', state: 'node-detached' }],
    ['1.10.0', 'node-plugin-gone', 'nomad-1.9.7', { type: 'CSIVolumeClaim', state: 'node-detached' }],
    ['1.10.0', 'claim-gc-during-shutdown', 'nomad-2.0.5', { type: 'CSIVolumeClaim', mode: 'gc' }],
    ['2.0.5', 'claim-gc-during-shutdown', 'nomad-1.10.0', { what: 'reply', op: 'claim gc', ok: true }],
    ['2.0.5', 'claim-gc-without-acls', 'nomad-1.10.0', { what: 'reply', ok: false, error: 'Permission denied' }],
    ['1.10.0', 'claim-gc-without-acls', 'nomad-2.0.5', { type: 'CSIVolumeClaim', mode: 'gc' }],
    [
      '2.0.5',
      'system-gc-without-acls',
      'nomad-2.0.5~collection-needs-identity',
      { what: 'reply', op: 'system gc', error: 'Permission denied' },
    ],
    ['2.0.5', 'system-gc-without-acls', 'nomad-2.0.0', { what: 'reply', op: 'system gc', error: 'Permission denied' }],
    ['1.10.0', 'system-gc-without-acls', 'nomad-2.0.5', { type: 'CSIVolumeClaim', mode: 'gc' }],
  ])('%s %s by %s', (release, scenario, design, event) => {
    const file = raw(release, scenario);
    const { accepted, unexplained } = held(file, design);
    expect(accepted).toBe(false);
    expect(file.events[unexplained?.event ?? -1]).toMatchObject(event);
    expect(unexplained?.possible).not.toEqual([]);
  });

  test('the fix laid over the release before it explains the recording of the release with it', () => {
    const whole = 'nomad-1.9.7+abandon-unknown-node+limit-watcher+notify-drops';
    expect(held(raw('1.10.0', 'node-collected'), whole).accepted).toBe(true);
    expect(held(raw('1.9.7', 'node-collected'), 'nomad-1.9.7+limit-watcher').accepted).toBe(false);
  });
});

describe("a write of 2.0.5's node-collected that is altered is refused, and named", () => {
  const at = (file: Raw, state: string) =>
    file.events.findIndex((event) => event.state === state && event.alloc === 'a1');
  const parts = (edit: (events: RawEvent[], nodeDetached: number) => void) => {
    const file = raw('2.0.5', 'node-collected');
    edit(file.events, at(file, 'node-detached'));
    renumber(file.events);
    const { accepted, unexplained } = held(file, 'nomad-2.0.5');
    return { accepted, event: file.events[unexplained?.event ?? -1] };
  };

  test('left out', () => {
    const { accepted, event } = parts((events, place) => events.splice(place, 1));
    expect({ accepted, event }).toMatchObject({ accepted: false, event: { state: 'ready-to-free' } });
  });
  test('written twice', () => {
    const { accepted, event } = parts((events, place) => events.splice(place, 0, { ...(events[place] as RawEvent) }));
    expect({ accepted, event }).toMatchObject({ accepted: false, event: { state: 'node-detached' } });
  });
  test('moved behind the first ready-to-free', () => {
    const { accepted, event } = parts((events, place) => {
      const [moved] = events.splice(place, 1);
      if (moved) events.splice(place + 1, 0, { ...moved, ms: events[place]?.ms ?? moved.ms });
    });
    expect({ accepted, event }).toMatchObject({ accepted: false, event: { state: 'ready-to-free' } });
  });
  test('unaltered, the same recording is accepted', () => {
    expect(parts(() => undefined).accepted).toBe(true);
  });
});

test('a recording that goes on in silence where the model must act is refused at its end', () => {
  const file = raw('2.0.5', 'node-collected');
  const collected = file.events.findIndex((event) => event.what === 'reply' && event.op === 'claim gc');
  file.events.splice(collected + 1, file.events.length - collected - 2);
  expect(held(file, 'nomad-2.0.5')).toMatchObject({ accepted: false, unexplained: { event: file.events.length - 1 } });
});

describe('what is no recording is bad input, in one line that says where', () => {
  test.each([
    ['a gap in the indexes', (file: Raw) => file.events.splice(20, 1), /index/],
    ['an unknown event', (file: Raw) => (file.events[3] = { ...file.events[3], what: 'rumour' } as RawEvent), /rumour/],
    ['no end', (file: Raw) => file.events.pop(), /no end/],
    ['another format', (file: Raw) => Object.assign(file, { recording: 'claimcheck/recording@9' }), /recording@1/],
    ['a return without a call', (file: Raw) => Object.assign(file.events[4] as object, { id: 77 }), /77|call/],
  ])('%s', (_, edit, line) => {
    const file = raw('2.0.5', 'node-collected');
    edit(file);
    expect(() => readRecording(file, 'my.json')).toThrow(line);
    expect(() => readRecording(file, 'my.json')).toThrow(/^my\.json[^\n]*$/);
  });
});

// Helpers

type RawEvent = Record<string, unknown> & { readonly ms: number };
interface Raw {
  readonly events: RawEvent[];
}

function raw(release: string, scenario: string): Raw {
  return JSON.parse(readFileSync(`${folder}/${release}/${scenario}.json`, 'utf8'));
}

function held(file: Raw, design: string): Conformance {
  return conform(readRecording(file, 'recording'), findDesign(design));
}

function renumber(events: RawEvent[]): void {
  let index: number | null = null;
  for (const event of events) {
    if (typeof event.index !== 'number') continue;
    index = index === null ? event.index : index + 1;
    event.index = index;
  }
}
