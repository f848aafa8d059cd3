import { describe, expect, test } from 'vitest';
import type { Formula } from '#checker/formula.ts';
import type { Model } from '#models/model.ts';
import { readScope, type ScopeInput } from '#models/scopes/scope.ts';
import { asked, promised } from './answered.ts';

type Allocation = ScopeInput['allocations'][number];

/** A scope of one volume and two machines. */
const scope = (allocations: readonly Allocation[], more: Partial<ScopeInput> = {}) =>
  readScope({ name: 'one', burst: 1, volumes: [{ name: 'v1' }], nodes: ['n1', 'n2'], ...more, allocations }, 'one');
const a1 = { name: 'a1', volume: 'v1', node: 'n1' } as const;

describe('an agent that restarts', () => {
  const shared = (faults: ScopeInput['faults']) =>
    scope(
      [
        { ...a1, begins: 'stopping' },
        { ...a1, name: 'a2', begins: 'running', stays: true },
      ],
      { nodes: ['n1'], volumes: [{ name: 'v1', access: 'multi-node-multi-writer' }], faults: faults ?? {} },
    );
  /** Nobody's machine is silent, so nothing else takes the volume away. */
  const loses = ({ cluster, composition }: Model): Formula => ({
    kind: 'sometimes',
    name: 'a2 runs without its mount on a node that is well',
    holds: composition.predicate(
      {
        allocations: cluster.claims.map((one) => one.allocation),
        mounts: cluster.claims.map((one) => one.mount),
        nodes: cluster.nodes.map((one) => one.node),
        unpublishes: cluster.claims.flatMap((one) => one.unpublishes.map((other) => other.unpublish)),
      },
      ({ allocations, mounts, nodes, unpublishes }) =>
        allocations[1]?.at('client.running') === true &&
        allocations[1].at('record.live') &&
        mounts[1]?.context.users.includes('a2') === false &&
        nodes.every((one) => one.at('believed.ready')) &&
        unpublishes.every((one) => one.at('idle')),
    ),
  });
  test('forgets who uses a volume, and unstages it under the one that is left', () => {
    expect(asked('nomad-2.0.5', shared({ agentRestart: 1 }), 1, loses)).toBe('holds');
  });
  test('is what it takes: without it the last user is the last', () => {
    expect(asked('nomad-2.0.5', shared({ rpcFailure: 1 }), 1, loses)).toBe('violated');
  });
});

describe('an allocation that may be unknown', () => {
  const cutOff = (mayBeUnknown: boolean) =>
    scope([{ ...a1, begins: 'running', mayBeUnknown }], {
      nodes: ['n1'],
      faults: { cutOff: 1 },
      events: ['jobStopped', 'nodeBack'],
    });
  const isUnknown = ({ cluster, composition }: Model): Formula => ({
    kind: 'sometimes',
    name: 'it is unknown, told to stop, and holds its claim',
    holds: composition.predicate(
      { allocations: cluster.claims.map((one) => one.allocation), claims: cluster.claims.map((one) => one.claim) },
      ({ allocations, claims }) =>
        allocations.some((one) => one.at('record.unknown.stopping')) && claims.some((one) => one.at('taken')),
    ),
  });
  test('keeps its claim when it is told to stop meanwhile', () => {
    expect(asked('nomad-2.0.5', cutOff(true), 1, isUnknown)).toBe('holds');
    expect(asked('nomad-2.0.5', cutOff(false), 1, isUnknown)).toBe('violated');
  });
  test('is released in the end all the same', () => {
    expect(promised('nomad-2.0.5', cutOff(true), 1, 'everyClaimIsReleased')).not.toContain('violated');
  });
});
