import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPaths } from '#cli/pathing.ts';
import type { PathGraph } from '#composition/path-graph.ts';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { renderAldebaran } from '#report/aldebaran.ts';
import { renderDot } from '#report/dot.ts';
import { renderGraphml } from '#report/graphml.ts';
import { drawChart, drawGraph, type Picture } from '#report/picture.ts';
import { renderStateDiagram } from '#report/state-diagram.ts';
import { renderSvg } from '#report/svg.ts';
import { readAldebaran } from './aldebaran-reader.ts';
import { arrow, type Found, readDot, readGraphml, readStateDiagram, readSvg } from './picture-readers.ts';

const graphOf = (of: string, more: { project?: string; limit?: number } = {}): PathGraph =>
  findPaths(
    { of, kind: 'shortest', design: findDesign('nomad-2.0.5'), scope: findScope('node-collected'), faults: 1, ...more },
    { now: () => 0, heard: () => undefined },
  ).graph;

const machines = ['claim', 'node', 'watcher', 'unpublish', 'allocation'];
const pictures: [string, Picture][] = [
  ...machines.map((of): [string, Picture] => [`the chart of ${of}`, drawChart(graphOf(of))]),
  ...machines.map((of): [string, Picture] => [`the graph of ${of}`, drawGraph(graphOf(of))]),
  ['the chart of the cluster, cut short', drawChart(graphOf('cluster', { limit: 300 }))],
  ['the chart of claim and node together', drawChart(graphOf('cluster', { project: 'claim,node' }))],
];

describe.each(pictures)('%s, written and read back by an independent reader, is the same', (_, picture) => {
  test('in DOT, read by Graphviz', async () => {
    expect(await readDot(renderDot(picture))).toEqual(expected(picture));
  });

  test('in GraphML', () => {
    expect(readGraphml(renderGraphml(picture))).toEqual(expected(picture));
  });

  test('in Mermaid', () => {
    expect(readStateDiagram(renderStateDiagram(picture))).toEqual(expected(picture));
  });

  test('in SVG, where every box and every label is to be seen', async () => {
    const seen = readSvg(await renderSvg(picture));
    const ends = ({ from, to }: Picture['arrows'][number]) => `n${Math.min(from, to)}->n${Math.max(from, to)}`;
    expect(seen.nodes).toBe(picture.nodes.length);
    expect(seen.arrows).toEqual(
      picture.arrows.flatMap((one) => one.labels.map((label) => `${ends(one)} ${label}`)).sort(),
    );
    const inside = new Set(
      picture.nodes.flatMap(({ within }) => within.map((_, at) => within.slice(0, at + 1).join('\n'))),
    );
    expect(seen.boxes).toEqual(
      [
        ...picture.nodes.flatMap(({ name, notes }) => (notes === '' ? [name] : [name, notes])),
        ...[...inside].map((path) => path.split('\n').at(-1) ?? ''),
      ].sort(),
    );
  });

  test('in Aldebaran', () => {
    const steps = picture.arrows.flatMap(({ from, to, labels }) => labels.map((name) => ({ from, name, to })));
    const read = readAldebaran(renderAldebaran({ states: picture.nodes.length, initial: 0, steps }));
    expect(read).toEqual({ initial: 0, states: picture.nodes.length, steps });
  });
});

test('names with everything that means something in some format come back as they were', async () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'ab"\\:;#{}<>&\'[]-'), minLength: 1, maxLength: 6 })
    .map((one) => `x${one}x`);
  await fc.assert(
    fc.asyncProperty(text, text, text, async (one, other, label) => {
      const node = (name: string) => ({ name, notes: '', within: ['box'] });
      const arrows = [{ from: 0, to: 1, kind: 'taken' as const, labels: [label] }];
      const picture = { title: one, caption: '', nodes: [node(one), node(`${other}2`)], initial: [0], arrows };
      expect(readGraphml(renderGraphml(picture))).toEqual(expected(picture));
      expect(readStateDiagram(renderStateDiagram(picture))).toEqual(expected(picture));
      expect(await readDot(renderDot(picture)).then(({ nodes }) => nodes.length)).toBe(2);
    }),
    { numRuns: 100 },
  );
});

test('a chart has a box for each leaf state that is reached, and marks where each region begins', () => {
  const { nodes, initial, arrows } = drawChart(graphOf('node'));
  expect(nodes.filter(({ within }) => within[0] === 'believed').map(({ name }) => name)).toEqual([
    'ready',
    'down',
    'collected',
  ]);
  expect(initial.map((node) => nodes[node]?.name)).toEqual(['ready', 'running', 'none', 'known']);
  const down = nodes.findIndex(({ name }) => name === 'down');
  expect(arrows.find(({ from, to }) => from === 0 && to === down)?.labels).toEqual(['missedHeartbeats']);
});

// Helpers

function expected({ nodes, initial, arrows }: Picture): Found {
  const names = nodes.map(({ name, notes, within }) =>
    [...within, notes === '' ? name : `${name} | ${notes}`].join(' / '),
  );
  const nameOf = (node: number) => names[node] ?? '';
  return {
    nodes: [...names].sort(),
    initial: initial.map(nameOf).sort(),
    arrows: arrows
      .flatMap(({ from, to, kind, labels }) =>
        labels.map((one) => arrow(nameOf(from), nameOf(to), one, kind === 'never')),
      )
      .sort(),
  };
}
