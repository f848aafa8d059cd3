import type { Exploration } from '#checker/explore.ts';
import type { Composition } from '#composition/compose.ts';
import { activePaths, type Instance } from '#composition/instance.ts';

/** What one instance goes through in a whole exploration: its states, and which actions lead from one to another. */
export interface Life {
  readonly initial: string;
  readonly states: readonly string[];
  readonly moves: readonly { readonly from: string; readonly to: string; readonly by: readonly string[] }[];
}

/** Reads an instance's life off the explored steps; `tell` names an action (several may share a name). Needs all edges. */
export function lifeOf(
  composition: Composition,
  exploration: Exploration,
  of: Instance,
  tell: (action: number) => string,
): Life {
  const edges = exploration.edges();
  if (edges === null)
    throw new RangeError('the life of an instance is read off the steps, and a limit forbade keeping them');
  const field = composition.fieldOf(of);
  const states = composition.localStates(of);
  const name = (local: number) => leafOf(states.snapshot(local).value);
  const locals = Array.from({ length: exploration.states }, (_, id) => exploration.locals(id)[field] ?? 0);
  const moves = new Map<string, { from: string; to: string; by: Set<string> }>();
  for (let id = 0; id < exploration.expanded; id++) {
    for (let edge = edges.rows[id] ?? 0; edge < (edges.rows[id + 1] ?? 0); edge++) {
      const [before, after] = [locals[id] ?? 0, locals[edges.targets[edge] ?? 0] ?? 0];
      if (before === after) continue;
      const [from, to] = [name(before), name(after)];
      const move = moves.get(`${from} ${to}`) ?? { from, to, by: new Set<string>() };
      move.by.add(tell(edges.labels[edge] ?? 0));
      moves.set(`${from} ${to}`, move);
    }
  }
  const found = [...moves.values()].map(({ from, to, by }) => ({ from, to, by: [...by].sort() }));
  const initial = name(locals[0] ?? 0);
  return { initial, states: [...new Set([initial, ...found.flatMap(({ from, to }) => [from, to])])], moves: found };
}

/** The life as a Graphviz drawing: the way on in black, the way back in red, what changes nothing but the context dashed. */
export function lifeDot({ initial, states, moves }: Life): string {
  const quote = (text: string) => `"${text.replaceAll('"', '\\"')}"`;
  const order = new Map(states.map((state, at) => [state, at]));
  const lines = moves.map(({ from, to, by }) => {
    const back = (order.get(to) ?? 0) < (order.get(from) ?? 0) && to !== initial;
    const style = from === to ? ', style=dashed, color=gray40' : back ? ', color=firebrick, fontcolor=firebrick' : '';
    return `  ${quote(from)} -> ${quote(to)} [label=${quote(by.map((one) => `   ${one}   \\l`).join(''))}${style}]`;
  });
  return [
    'digraph {',
    '  graph [rankdir=TB, fontname="Arial", nodesep=1.1, ranksep=0.8, pad=0.4]',
    '  node [shape=box, style="rounded,filled", fillcolor="#eef3fa", fontname="Arial", fontsize=13, margin="0.3,0.1"]',
    '  edge [fontname="Arial", fontsize=10]',
    ...states.map((state) => `  ${quote(state)}${state === initial ? ' [penwidth=2]' : ''}`),
    ...lines,
    '}',
    '',
  ].join('\n');
}

function leafOf(value: unknown): string {
  const paths = activePaths(value);
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`))).join(', ');
}
