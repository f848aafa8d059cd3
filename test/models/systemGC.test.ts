import { describe, expect, test } from 'vitest';
import type { Formula } from '#checker/formula.ts';
import type { CollectionPlan } from '#models/machines/collector.ts';
import type { Model } from '#models/model.ts';
import { readScope } from '#models/scopes/scope.ts';
import { asked } from './answered.ts';

/** A node that is only ever collected by an operator's hand. */
const swept = (acls: boolean) =>
  readScope(
    {
      name: 'swept',
      volumes: [{ name: 'v1' }],
      nodes: ['n1'],
      allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
      acls,
      faults: { nodeDown: true },
      events: ['systemGC'],
    },
    'swept',
  );

describe('a system gc goes on to the nodes unless the claims before them fail it', () => {
  test.each([
    ['nomad-1.9.7', false, 'holds'],
    ['nomad-2.0.5', true, 'holds'],
    ['nomad-2.0.5~collection-needs-identity', false, 'holds'],
    ['nomad-2.0.5', false, 'violated'],
  ] as const)('%s, ACLs %s', (design, acls, verdict) => {
    expect(asked(design, swept(acls), 1, heldWhileItsNodeIsReaped)).toBe(verdict);
  });

  test('what its snapshot showed past is released all the same', () => {
    expect(asked('nomad-1.10.0', swept(true), 1, freedWhileItsNodeIsReaped)).toBe('holds');
  });
});

test('a run that finds nothing never begins, and none outlasts what it had to do', () => {
  expect(asked('nomad-2.0.5', swept(false), 1, sweepsNothing)).toBe('violated');
});

// Helpers

function heldWhileItsNodeIsReaped({ cluster, composition }: Model): Formula {
  const [claim] = cluster.claims;
  const { collector } = cluster;
  if (!claim) throw new RangeError('no claim');
  return {
    kind: 'sometimes',
    name: 'a node is next to be reaped while a claim from it is held',
    holds: composition.predicate(
      { collector, claim: claim.claim },
      ({ collector, claim }) => isAtNodes(collector.context.left) && claim.context.held,
    ),
  };
}

function freedWhileItsNodeIsReaped({ cluster, composition }: Model): Formula {
  const [claim] = cluster.claims;
  const { collector } = cluster;
  if (!claim) throw new RangeError('no claim');
  return {
    kind: 'sometimes',
    name: 'the claim is freed before its node is reaped',
    holds: composition.predicate(
      { collector, claim: claim.claim, allocation: claim.allocation },
      ({ collector, claim, allocation }) =>
        isAtNodes(collector.context.left) && claim.at('absent') && allocation.at('record.collected', 'client.dead'),
    ),
  };
}

function sweepsNothing({ cluster, composition }: Model): Formula {
  return {
    kind: 'sometimes',
    name: 'a run has nothing left to do',
    holds: composition.predicate({ collector: cluster.collector }, ({ collector }) => {
      const { allocations, plugin, volumes, nodes } = collector.context.left;
      return collector.at('sweeping') && !plugin && allocations.length + volumes.length + nodes.length === 0;
    }),
  };
}

function isAtNodes({ allocations, plugin, volumes, nodes }: CollectionPlan): boolean {
  return allocations.length === 0 && !plugin && volumes.length === 0 && nodes.length > 0;
}
