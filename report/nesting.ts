import type { Picture } from './picture.ts';

/** A box with others inside: nodes by their numbers, and further boxes. */
export interface Box {
  readonly name: string;
  readonly nodes: readonly number[];
  readonly boxes: readonly Box[];
}

/** The boxes of a picture as a tree, for formats that write what is inside within its box. The outermost has no name. */
export function nest({ nodes }: Picture): Box {
  return boxOf(
    '',
    nodes.map(({ within }, node) => ({ node, within })),
  );
}

function boxOf(name: string, inside: readonly { readonly node: number; readonly within: readonly string[] }[]): Box {
  const names = new Set(inside.flatMap(({ within }) => within.slice(0, 1)));
  return {
    name,
    nodes: inside.filter(({ within }) => within.length === 0).map(({ node }) => node),
    boxes: [...names].map((one) =>
      boxOf(
        one,
        inside.filter(({ within }) => within[0] === one).map(({ node, within }) => ({ node, within: within.slice(1) })),
      ),
    ),
  };
}
