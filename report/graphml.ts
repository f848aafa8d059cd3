import { create } from 'xmlbuilder2';
import type { Picture } from './picture.ts';

const keys = [
  ['name', 'node'],
  ['notes', 'node'],
  ['within', 'node'],
  ['initial', 'node'],
  ['label', 'edge'],
  ['kind', 'edge'],
] as const;

/** The picture as GraphML, for yEd, Gephi, NetworkX and their kin: an edge for each label. Node 3 is `n3`. */
export function renderGraphml({ title, nodes, initial, arrows }: Picture): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('graphml', {
    xmlns: 'http://graphml.graphdrawing.org/xmlns',
  });
  for (const [name, of] of keys) {
    root.ele('key', { id: name, for: of, 'attr.name': name, 'attr.type': name === 'initial' ? 'boolean' : 'string' });
  }
  const graph = root.ele('graph', { id: title, edgedefault: 'directed' });
  for (const [id, { name, notes, within }] of nodes.entries()) {
    const node = graph.ele('node', { id: `n${id}` });
    node.ele('data', { key: 'name' }).txt(name);
    if (notes !== '') node.ele('data', { key: 'notes' }).txt(notes);
    if (within.length > 0) node.ele('data', { key: 'within' }).txt(within.join(' / '));
    if (initial.includes(id)) node.ele('data', { key: 'initial' }).txt('true');
  }
  for (const { from, to, kind, labels } of arrows) {
    for (const label of labels) {
      const edge = graph.ele('edge', { source: `n${from}`, target: `n${to}` });
      edge.ele('data', { key: 'label' }).txt(label);
      edge.ele('data', { key: 'kind' }).txt(kind);
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}
