import { describe, expect, test } from 'vitest';
import { conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { findDesign } from '#models/designs/design.ts';
import type { RecordedWorld } from '#models/recorded.ts';
import { type Play, play, type Weights } from './recorder.ts';

/**
 * Recordings that nobody made: the servers of a design, played at random with clients and operators at odd moments. The
 * design that was played explains each. A failure names the seed.
 */
describe('a recording of any world is a run of the design that was played', () => {
  const often = 12;
  const weights: Weights = {
    'client claims the volume': often,
    'client sends Unpublish': often,
    'client reports complete': often,
    'operator sets an allocation to complete': often,
    'operator sets an allocation to run, running': often,
    'operator asks for a claim gc': often,
    'world stops a machine': 0.5,
    'operator deregisters a node': 0.5,
    'server writes another volume': 0.2,
    'server refuses a registration': 0.02,
    'operator deregisters the volume': 0.2,
    'operator deregisters the volume by force': 0.2,
  };
  test.each(
    ['nomad-1.9.7', 'nomad-1.10.0', 'nomad-2.0.5'].flatMap((design) =>
      Object.keys(worlds).map((world) => [design, world] as const),
    ),
  )('%s, %s', (design, world) => {
    for (let seed = 1; seed <= 1; seed++) {
      const file = play({ ...still, design: findDesign(design), world: worldNamed(world), seed, weights });
      const { accepted, unexplained, most } = conform(readRecording(file, `seed ${seed}`), findDesign(design));
      expect({ seed, accepted, unexplained }).toMatchObject({ seed, accepted: true });
      expect(most).toBeLessThan(5_000);
      // Something came of it: claims are taken and released.
      expect(file.events.filter(({ type }) => type === 'CSIVolumeClaim').length).toBeGreaterThan(3);
    }
  });
});

// Helpers

const still: Omit<Play, 'design' | 'world' | 'seed' | 'weights'> = {
  nomad: 'x',
  deeds: 20,
  callMs: 300,
  pauseMs: 1_500,
};

const use = (name: string, volume: string, node: string, mode: 'read' | 'write' = 'write') => ({
  name,
  volume,
  node,
  mode,
});

const plain: Omit<RecordedWorld, 'volumes' | 'allocations'> = {
  nodes: ['boss', 'box-1', 'box-2'],
  bystanders: [],
  elsewhere: false,
  acls: true,
  controllers: ['boss'],
  leaders: false,
};

const worlds: Readonly<Record<string, RecordedWorld>> = {
  'two allocations on one machine': {
    ...plain,
    volumes: [{ name: 'shared', access: 'multi-node-multi-writer' }],
    allocations: [use('web', 'shared', 'box-1'), use('api', 'shared', 'box-1')],
  },
  'three volumes on one busy plugin': {
    ...plain,
    volumes: [
      { name: 'logs', access: 'single-node-writer' },
      { name: 'data', access: 'single-node-writer' },
      { name: 'blob', access: 'multi-node-single-writer' },
    ],
    allocations: [use('web', 'logs', 'box-1'), use('db', 'data', 'box-1'), use('cdn', 'blob', 'box-2', 'read')],
  },
  'one allocation with two volumes, and a replacement': {
    ...plain,
    volumes: [
      { name: 'logs', access: 'single-node-writer' },
      { name: 'data', access: 'single-node-writer' },
    ],
    allocations: [use('web', 'logs', 'box-1'), use('web', 'data', 'box-1'), use('web-2', 'data', 'box-2')],
  },
  'leaders that come and go': {
    ...plain,
    volumes: [{ name: 'data', access: 'single-node-writer' }],
    allocations: [use('db', 'data', 'box-1')],
    leaders: true,
  },
  'no controller, no ACLs': {
    ...plain,
    volumes: [{ name: 'data', access: 'single-node-reader-only' }],
    allocations: [use('db', 'data', 'box-1', 'read'), use('db-2', 'data', 'box-2', 'read')],
    controllers: [],
    acls: false,
  },
};

function worldNamed(name: string): RecordedWorld {
  const found = worlds[name];
  if (!found) throw new RangeError(`there is no world ${name}`);
  return found;
}
