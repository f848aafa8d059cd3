import { describe, expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { distinctDesigns, findDesign, readDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope, readScope } from '#models/scopes/scope.ts';

const scope = {
  name: 'mine',
  volumes: [{ name: 'v1' }],
  nodes: ['n1', 'n2'],
  allocations: [
    { name: 'a1', volume: 'v1', node: 'n1' },
    { name: 'a2', volume: 'v1', node: 'n2' },
    { name: 'a3', volume: 'v1', node: 'n1', replaces: 'a1' },
  ],
};

test.each(distinctDesigns.filter((name) => name.startsWith('nomad-')))(
  'a scope of two nodes, one volume and three allocations is explored by %s',
  (design) => {
    const { states, stopped } = explore(
      buildModel(findDesign(design), readScope(scope, 'mine.json'), 1).composition.system,
      { maxStates: 20_000 },
    );
    expect(stopped).toBe('maxStates');
    expect(states).toBeGreaterThan(19_999);
  },
);

describe('a mistake in a file is one line: what, where, what was expected, the nearest name', () => {
  test.each([
    [{ ...scope, volumes: [] }, 'mine.json: volumes'],
    [{ name: 'mine', volums: [] }, '(did you mean "volumes"?)'],
    [{ name: 'mine' }, 'mine.json: volumes: the field is missing'],
    [{ ...scope, volums: [] }, 'there is no field "volums" here; expected one of name'],
    [
      { ...scope, allocations: [{ name: 'a1', volume: 'v2', node: 'n1' }] },
      'mine.json: allocations[0].volume: there is no volume "v2"',
    ],
    [{ ...scope, allocations: [{ name: 'a1', volume: 'v1', nod: 'n1' }] }, 'mine.json: allocations[0].'],
    [{ ...scope, faults: { nodeDwon: 1 } }, '(did you mean "nodeDown"?)'],
    [{ ...scope, volumes: [{ name: 'v1', access: 'single-node-writr' }] }, '(did you mean "single-node-writer"?)'],
    [{ ...scope, topFaults: -1 }, 'mine.json: topFaults'],
    ['a text', 'mine.json'],
    [null, 'mine.json'],
  ])('scope %#', (json, line) => {
    expect(lineOf(() => readScope(json, 'mine.json'))).toContain(line);
  });
  test.each([
    [
      { name: 'd', from: 'nomad-1.9.8' },
      'd.json: from: there is no design "nomad-1.9.8"; expected a design (did you mean "nomad-1.9.7"?)',
    ],
    [{ name: 'd', from: 'nomad-1.9.7+limit-watchr' }, '(did you mean "limit-watcher"?)'],
    [{ name: 'd', from: 'nomad-1.9.7', behaviours: { notifyWhenFull: 'dorp' } }, '(did you mean "drop"?)'],
    [{ name: 'd', from: 'nomad-1.9.7', behaviours: { notifyWhenful: 'drop' } }, '(did you mean "notifyWhenFull"?)'],
    [{ from: 'nomad-1.9.7' }, 'd.json: name'],
  ])('design %#', (json, line) => {
    expect(lineOf(() => readDesign(json, 'd.json'))).toContain(line);
  });
  test('a name that is close to one is answered with it', () => {
    expect(lineOf(() => findScope('node-colected'))).toContain('(did you mean "node-collected"?)');
    expect(lineOf(() => findDesign('nomad-2.0.6'))).toContain('nomad-2.0.');
  });
});

test('one behaviour changed in a design file is one behaviour changed in the design', () => {
  const made = readDesign(
    { name: 'mine', from: 'nomad-1.9.7', behaviours: { controllerStepOnUnknownNode: 'abandon' } },
    'd.json',
  );
  expect(made.behaviours).toEqual(findDesign('nomad-1.9.7+abandon-unknown-node').behaviours);
});

// Helpers

function lineOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    const line = error instanceof Error ? error.message : String(error);
    expect(line).not.toContain('\n');
    return line;
  }
  throw new Error('it was taken');
}
