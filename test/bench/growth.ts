import { renameSync, writeFileSync } from 'node:fs';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { explore } from '#checker/explore.ts';
import { searchReduced } from '#checker/reduced.ts';
import { exchangeOf } from '#composition/exchange.ts';
import { buildModel } from '#models/model.ts';
import { exchangesOf } from '#models/scopes/alike.ts';
import { readScope, type Scope } from '#models/scopes/scope.ts';
import { today } from './benchmark.ts';

/** One world of a growing row, searched as far as memory and patience go. */
export interface Grown {
  readonly along: 'allocations' | 'nodes' | 'volumes';
  readonly size: number;
  readonly reduced: boolean;
  readonly states: number;
  readonly seconds: number;
  readonly megabytes: number;
  /** Null if all of it was searched; otherwise what ended the search. */
  readonly stopped: string | null;
}

const most = { allocations: 5, nodes: 4, volumes: 3 } as const;

/** The plain loop of the reduced search is slow: it is not asked for more than this. */
const reducedStatesMax = 500_000;

/** A world of so many allocations of one volume on one machine, of one volume on as many machines, or of as many volumes. */
function worldOf(along: Grown['along'], size: number): Scope {
  const names = Array.from({ length: size }, (_, i) => i + 1);
  const volumes = along === 'volumes' ? names.map((i) => `v${i}`) : ['v1'];
  const nodes = along === 'nodes' ? names.map((i) => `n${i}`) : ['n1'];
  return readScope(
    {
      name: `${size}-${along}`,
      topFaults: 0,
      burst: 1,
      volumes: volumes.map((name) => ({ name, access: 'multi-node-multi-writer' })),
      nodes,
      allocations: names.map((i) => ({
        name: `a${i}`,
        volume: volumes[i - 1] ?? 'v1',
        node: nodes[i - 1] ?? 'n1',
        begins: 'running',
      })),
    },
    along,
  );
}

/** Searches ever larger worlds, each row until one does not fit. `bytes` is what a search may take. */
export function* grow(bytes: number): Generator<Grown> {
  for (const along of Object.keys(most) as Grown['along'][]) {
    for (const reduced of [false, true]) {
      for (let size = 1; size <= most[along]; size++) {
        const grown = search(along, size, reduced, bytes);
        if (grown === null) continue;
        yield grown;
        if (grown.stopped !== null) break;
      }
    }
  }
}

function search(along: Grown['along'], size: number, reduced: boolean, bytes: number): Grown | null {
  const scope = worldOf(along, size);
  const { composition } = buildModel(today, scope, 0);
  const from = performance.now();
  const seconds = () => (performance.now() - from) / 1000;
  if (!reduced) {
    const { states, bytes: taken, stopped } = explore(composition.system, { maxMemory: bytes });
    return { along, size, reduced, states, seconds: seconds(), megabytes: taken / 2 ** 20, stopped };
  }
  // Volumes are not alike for the leader, so only what leaves them in place is exchanged.
  const renamings = exchangesOf(scope).filter((one) =>
    scope.volumes.every(({ name }) => (one.get(name) ?? name) === name),
  );
  if (renamings.length === 0) return null;
  const before = process.memoryUsage();
  const { states, stopped } = searchReduced(
    composition.system,
    [],
    { kind: 'symmetry', exchanges: renamings.map((one) => exchangeOf(composition, one)) },
    { maxStates: reducedStatesMax, maxMemory: bytes },
  );
  const after = process.memoryUsage();
  const megabytes = Math.max(0, after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 2 ** 20;
  return { along, size, reduced, states, seconds: seconds(), megabytes, stopped };
}

/** The rows as a Markdown table under its heading, the largest world of each row named. */
export function growthInMarkdown(all: readonly Grown[], bytes: number, picture: string): string {
  const rows = all.map(
    ({ along, size, reduced, states, seconds, megabytes, stopped }) =>
      `| ${size} ${along} | ${reduced ? 'symmetry' : 'all states'} | ${stopped ? 'more than ' : ''}${states.toLocaleString('en')} | ${inThreeDigits(seconds)} | ${inThreeDigits(megabytes)} | ${stopped ?? ''} |`,
  );
  const largest = all
    .filter(({ stopped }) => stopped === null)
    .reduce((best, one) => (one.states > best.states ? one : best));
  return [
    '## growth',
    '',
    `Worlds of nomad-2.0.5 without faults whose allocations run from the start: several allocations of one volume on one machine, one volume on several machines, several volumes on one machine. Each search may take ${Math.round(bytes / 2 ** 30)} GiB; the largest that was searched to the end has ${largest.states.toLocaleString('en')} states (${largest.size} ${largest.along}${largest.reduced ? ', by symmetry' : ''}). A search by symmetry is a plain loop and is stopped at ${reducedStatesMax.toLocaleString('en')} states.`,
    '',
    `![States against size](${picture})`,
    '',
    '| world | search | states | seconds | MiB | ended by |',
    '| --- | --- | --: | --: | --: | --- |',
    ...rows,
    '',
  ].join('\n');
}

// What the collector gave back meanwhile cannot be told from what a search took: then nothing is said.
function inThreeDigits(value: number): string {
  return value === 0 ? '' : Number(value.toPrecision(3)).toLocaleString('en');
}

/** The rows as a picture: states against size, on a logarithmic scale. Worlds that do not fit are left out. */
export function growthPicture(all: readonly Grown[], path: string): void {
  const { document } = parseHTML('<html></html>');
  const points = all
    .filter(({ stopped }) => stopped === null)
    .map(({ along, size, reduced, states }) => ({ row: `${along}${reduced ? ', symmetry' : ''}`, size, states }));
  const ends = points.filter((one) => !points.some((other) => other.row === one.row && other.size > one.size));
  const plot = Plot.plot({
    document,
    width: 720,
    height: 420,
    marginLeft: 70,
    marginRight: 150,
    style: { fontSize: '13px', background: 'white' },
    x: { label: 'how many', ticks: [1, 2, 3, 4, 5], tickFormat: 'd' },
    y: { label: 'states', type: 'log', grid: true, tickFormat: 's' },
    marks: [
      Plot.lineY(points, { x: 'size', y: 'states', stroke: 'row', marker: 'circle' }),
      // Nodes and allocations grow nearly alike: their names are kept apart.
      ...[-6, 6].map((dy) => {
        const here = ends.filter(({ row }) => row.startsWith('nodes') === dy > 0);
        return Plot.text(here, { x: 'size', y: 'states', text: 'row', fill: 'row', textAnchor: 'start', dx: 8, dy });
      }),
    ],
  });
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const titled = plot.outerHTML.replace('>', '><title>States against size</title>');
  writeFileSync(`${path}.draft`, `${titled}\n`);
  renameSync(`${path}.draft`, path);
}
