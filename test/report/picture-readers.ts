import { instance } from '@viz-js/viz';
import { XMLParser } from 'fast-xml-parser';
import * as v from 'valibot';

/** A picture as a reader finds it: its boxes by name and surroundings, where it begins, and an arrow for each label. */
export interface Found {
  readonly nodes: readonly string[];
  readonly initial: readonly string[];
  readonly arrows: readonly string[];
}

/** Graphviz itself reads DOT; what it says of nodes, edges and clusters is put together here. */
export async function readDot(dot: string): Promise<Found> {
  const graph = v.parse(graphvizJson, JSON.parse((await instance()).renderString(dot, { format: 'json0' })));
  const objects = graph.objects ?? [];
  const boxes = (id: number): string[] =>
    objects
      .filter(({ nodes = [], name }) => name.startsWith('cluster') && nodes.includes(id))
      .sort((a, b) => (b.nodes?.length ?? 0) - (a.nodes?.length ?? 0) || a._gvid - b._gvid)
      .map(({ label = '' }) => label);
  const names = new Map(
    objects
      .filter(({ name }) => /^n\d+$/.test(name))
      .map(({ _gvid, label = '' }) => [_gvid, [...boxes(_gvid), label.replace('\\n', ' | ')].join(' / ')]),
  );
  const edges = (graph.edges ?? []).filter(({ style }) => style !== 'invis');
  const nameOf = (id: number) => names.get(id) ?? '';
  return found({
    nodes: [...names.values()],
    initial: edges.filter(({ tail }) => !names.has(tail)).map(({ head }) => nameOf(head)),
    arrows: edges
      .filter(({ tail }) => names.has(tail))
      .flatMap(({ tail, head, dir, label = '', style }) =>
        label.split('\\n').map((one) => {
          const [from, to] = dir === 'back' ? [head, tail] : [tail, head];
          return arrow(nameOf(from), nameOf(to), one.trim(), style === 'dotted');
        }),
      ),
  });
}

const graphvizJson = v.object({
  objects: v.optional(
    v.array(
      v.object({
        _gvid: v.number(),
        name: v.string(),
        label: v.optional(v.string()),
        nodes: v.optional(v.array(v.number())),
      }),
    ),
  ),
  edges: v.optional(
    v.array(
      v.object({
        tail: v.number(),
        head: v.number(),
        dir: v.optional(v.string()),
        label: v.optional(v.string()),
        style: v.optional(v.string()),
      }),
    ),
  ),
});

/** What is to be seen in an SVG: the words in its boxes, and on its arrows with the ends that Graphviz names in their titles. */
export function readSvg(svg: string): {
  readonly nodes: number;
  readonly boxes: readonly string[];
  readonly arrows: readonly string[];
} {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => name === 'g' || name === 'text',
    htmlEntities: true,
  });
  const root = v.parse(svgShape, parser.parse(svg)).svg.g[0]?.g ?? [];
  const words = ({ text = [] }: (typeof root)[number]) =>
    text.map((one) => (typeof one === 'object' ? String(one['#text']) : String(one)).trim());
  const of = (kind: string) => root.filter((one) => one['@_class'] === kind);
  return {
    nodes: of('node').filter((one) => /^n\d+$/.test(one.title)).length,
    boxes: [...of('node').filter((one) => /^n\d+$/.test(one.title)), ...of('cluster')].flatMap(words).sort(),
    arrows: of('edge')
      .filter((one) => /^n\d+->n\d+$/.test(one.title))
      .flatMap((one) => words(one).map((label) => `${one.title} ${label}`))
      .sort(),
  };
}

const svgShape = v.object({
  svg: v.object({
    g: v.array(
      v.object({
        g: v.array(
          v.object({
            '@_class': v.string(),
            title: v.string(),
            text: v.optional(
              v.array(v.union([v.string(), v.number(), v.object({ '#text': v.union([v.string(), v.number()]) })])),
            ),
          }),
        ),
      }),
    ),
  }),
});

/** Reads GraphML by its own vocabulary. */
export function readGraphml(xml: string): Found {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => ['node', 'edge', 'data'].includes(name),
    parseTagValue: false,
  });
  const { node = [], edge = [] } = v.parse(graphmlShape, parser.parse(xml)).graphml.graph;
  const of = (data: readonly { '@_key': string; '#text': string }[], key: string) =>
    data.find((one) => one['@_key'] === key)?.['#text'] ?? '';
  const names = new Map(
    node.map(({ '@_id': id, data }) => {
      const notes = of(data, 'notes');
      const within = of(data, 'within');
      return [id, `${within === '' ? '' : `${within} / `}${of(data, 'name')}${notes === '' ? '' : ` | ${notes}`}`];
    }),
  );
  const nameOf = (id: string) => names.get(id) ?? '';
  return found({
    nodes: [...names.values()],
    initial: node.filter(({ data }) => of(data, 'initial') === 'true').map((one) => nameOf(one['@_id'])),
    arrows: edge.map((one) =>
      arrow(nameOf(one['@_source']), nameOf(one['@_target']), of(one.data, 'label'), of(one.data, 'kind') === 'never'),
    ),
  });
}

const data = v.array(v.object({ '@_key': v.string(), '#text': v.string() }));
const graphmlShape = v.object({
  graphml: v.object({
    graph: v.object({
      node: v.optional(v.array(v.object({ '@_id': v.string(), data }))),
      edge: v.optional(v.array(v.object({ '@_source': v.string(), '@_target': v.string(), data }))),
    }),
  }),
});

/** Reads what we use of Mermaid's state diagrams, line by line; anything else is refused. */
export function readStateDiagram(text: string): Found {
  const names = new Map<string, string>();
  const open: string[] = [];
  const begins: string[] = [];
  const steps: [string, string, string][] = [];
  const [head, ...lines] = text.split('\n');
  if (head !== 'stateDiagram-v2' || lines.pop() !== '') throw new Error('not a state diagram');
  for (const line of lines) {
    const state = /^ +state "([^":;]*(?:#\d+;[^":;]*)*)" as (\w+)( \{)?$/.exec(line);
    const start = /^ +\[\*\] --> (\w+)$/.exec(line);
    const step = /^ +(\w+) --> (\w+) : ((?:[^:;#]|#\d+;)+)$/.exec(line);
    if (state?.[3]) open.push(plain(state[1] ?? ''));
    else if (state)
      names.set(state[2] ?? '', [...open, plain(state[1] ?? '').replace(/ \[(.*)\]$/, ' | $1')].join(' / '));
    else if (start) begins.push(start[1] ?? '');
    else if (step) steps.push([step[1] ?? '', step[2] ?? '', plain(step[3] ?? '')]);
    else if (/^ +\}$/.test(line)) open.pop();
    else throw new Error(`not a line of a state diagram: ${line}`);
  }
  if (open.length > 0) throw new Error('a composite state is not closed');
  const nameOf = (id: string) => names.get(id) ?? '';
  return found({
    nodes: [...names.values()],
    initial: begins.map(nameOf),
    arrows: steps.map(([from, to, label]) =>
      arrow(nameOf(from), nameOf(to), label.replace(/ \(in no run\)$/, ''), label.endsWith(' (in no run)')),
    ),
  });
}

function plain(text: string): string {
  return text.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

/** One arrow with one label, in words. */
export function arrow(from: string, to: string, label: string, never: boolean): string {
  return `${from} --${label}${never ? ' (never)' : ''}--> ${to}`;
}

function found({ nodes, initial, arrows }: Found): Found {
  return { nodes: [...nodes].sort(), initial: [...initial].sort(), arrows: [...arrows].sort() };
}
