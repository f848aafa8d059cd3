import { type Box, nest } from './nesting.ts';
import type { Arrow, Picture } from './picture.ts';

/**
 * The picture in Graphviz's language. Boxes inside others are clusters; a dot points at what everything begins in; what no
 * run takes is grey and dotted. Node `n3` is the picture's node 3, edge `e5` its arrow 5.
 */
export function renderDot(picture: Picture): string {
  const { ranks, stacking } = arranged(picture);
  let clusters = 0;
  const box = ({ nodes, boxes }: Box, depth: number): string[] => {
    const pad = '  '.repeat(depth);
    return [
      ...nodes.flatMap((node) => [
        `${pad}n${node} [label=${labelOf(picture, node)}]`,
        ...(picture.initial.includes(node) ? [`${pad}i${node} [${START}]`] : []),
      ]),
      ...boxes.flatMap((inner) => [
        `${pad}subgraph cluster_${clusters++} {`,
        `${pad}  label=${quoted(inner.name)}; labelloc=t`,
        ...box(inner, depth + 1),
        `${pad}}`,
      ]),
    ];
  };
  return [
    `digraph ${quoted(picture.title)} {`,
    `  graph [${PAGE}, ${ranks}${picture.caption === '' ? '' : `label=${quoted(picture.caption)}, labelloc=b, `}fontname="Arial", fontsize=11]`,
    '  node [shape=box, style="rounded,filled", fillcolor="#eef3fa", color="#33557f", fontname="Arial", fontsize=12, margin="0.15,0.07"]',
    '  edge [fontname="Arial", fontsize=10, color="#404040", arrowsize=0.7]',
    ...box(nest(picture), 1),
    ...picture.initial.map((node) => `  i${node} -> n${node}`),
    ...picture.arrows.map((arrow, at) => `  ${drawn(arrow, at)}`),
    ...stacking.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');
}

/** No wider and no higher than a page, in inches. */
const PAGE = 'rankdir=TB, size="7.2,10", nodesep=0.35, ranksep=0.4, pad=0.15, style=rounded, color="#7f93ad"';

/** So many parts stand beside each other; more are stacked in columns. */
const BESIDE_MAX = 4;

/**
 * Where arrows lead in and out of boxes, one order from top to bottom holds for all of it. Parts that nothing connects are
 * laid out each by itself, and many of them are stacked by arrows that are not seen. (Graphviz can pack parts by itself, but
 * loses labels when it does.)
 */
function arranged({ nodes, initial, arrows }: Picture): {
  readonly ranks: string;
  readonly stacking: readonly string[];
} {
  const outer = (node: number) => nodes[node]?.within[0];
  if (arrows.some(({ from, to }) => outer(from) !== outer(to))) return { ranks: 'newrank=true, ', stacking: [] };
  const parts = [...new Set([...nodes.keys()].map(outer))].map((name) =>
    [...nodes.keys()].filter((node) => outer(node) === name),
  );
  if (parts.length <= BESIDE_MAX) return { ranks: '', stacking: [] };
  const columns: number[][][] = Array.from({ length: BESIDE_MAX - 1 }, () => []);
  const height = (column: readonly (readonly number[])[]) => column.flat().length + column.length;
  for (const part of parts.sort((a, b) => b.length - a.length)) {
    columns.sort((a, b) => height(a) - height(b))[0]?.push(part);
  }
  const isLast = (node: number) => !arrows.some(({ from, to }) => Math.min(from, to) === node && from !== to);
  const stacking = columns.flatMap((column) =>
    column.slice(1).flatMap((below, at) => {
      const first = initial.find((node) => below.includes(node)) ?? below[0];
      return (column[at] ?? []).filter(isLast).map((above) => `n${above} -> i${first} [style=invis]`);
    }),
  );
  return { ranks: '', stacking };
}

const START = 'shape=point, width=0.12, label="", fillcolor=black';

function labelOf({ nodes }: Picture, node: number): string {
  const { name = '', notes = '' } = nodes[node] ?? {};
  return quoted(notes === '' ? name : `${name}\n${notes}`);
}

/**
 * Boxes come in the order in which people think of the states, and that order is to be seen: an arrow to an earlier box is
 * written as one from there, with its head at the other end, so that the layout puts what is earlier higher.
 */
function drawn({ from, to, kind, labels }: Arrow, at: number): string {
  // Blanks keep a label off the arrow that it stands beside.
  const look = [
    `id=e${at}`,
    `label=${quoted(labels.map((one) => ` ${one} `).join('\n'))}`,
    ...(kind === 'never' ? ['style=dotted, color=gray55, fontcolor=gray45'] : from === to ? ['style=dashed'] : []),
    ...(from > to ? ['dir=back'] : []),
  ].join(', ');
  return `n${Math.min(from, to)} -> n${Math.max(from, to)} [${look}]`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
