import { type Box, nest } from './nesting.ts';
import type { Picture } from './picture.ts';

/** The picture as a Mermaid state diagram; GitHub and many wikis draw it. Node 3 is `s3`. */
export function renderStateDiagram(picture: Picture): string {
  let composites = 0;
  const box = ({ nodes, boxes }: Box, depth: number): string[] => {
    const pad = '  '.repeat(depth);
    return [
      ...nodes.flatMap((node) => {
        const { name = '', notes = '' } = picture.nodes[node] ?? {};
        return [
          `${pad}state "${escaped(notes === '' ? name : `${name} [${notes}]`)}" as s${node}`,
          ...(picture.initial.includes(node) ? [`${pad}[*] --> s${node}`] : []),
        ];
      }),
      ...boxes.flatMap((inner) => [
        `${pad}state "${escaped(inner.name)}" as c${composites++} {`,
        ...box(inner, depth + 1),
        `${pad}}`,
      ]),
    ];
  };
  return [
    'stateDiagram-v2',
    ...box(nest(picture), 1),
    ...picture.arrows.flatMap(({ from, to, kind, labels }) =>
      labels.map((label) => `  s${from} --> s${to} : ${escaped(label)}${kind === 'never' ? ' (in no run)' : ''}`),
    ),
    '',
  ].join('\n');
}

/** Characters that mean something to Mermaid, as its entity codes. */
function escaped(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(/[#;:"{}<>\\]/g, (one) => `#${one.codePointAt(0)};`);
}
