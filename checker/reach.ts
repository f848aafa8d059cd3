import type { Edges } from './edges.ts';

/**
 * Shortest runs from the initial state to the nodes of a graph. A node is a state, or a state in one of two layers
 * (node = 2 x state + layer) where it matters what the run has seen.
 */
export interface Reach {
  readonly layers: 1 | 2;
  /** Nodes in order of discovery, nearest first. */
  readonly order: Int32Array;
  /** By node: the node before it, -1 at the start, -2 if no run gets there. */
  readonly parents: Int32Array;
  readonly via: Uint16Array;
}

const UNREACHED = -2;

/** What a step may do: the layer in which it arrives, or -1 if it may not be taken. */
export type Enter = (layer: number, action: number, target: number) => number;

/** Breadth first over the edges. */
export function reach(edges: Edges, states: number, layers: 1 | 2, startLayer: number, enter: Enter): Reach {
  const parents = new Int32Array(states * layers).fill(UNREACHED);
  const via = new Uint16Array(states * layers);
  const order = new Int32Array(states * layers);
  const { rows, targets, labels } = edges;
  let found = 1;
  order[0] = startLayer;
  parents[startLayer] = -1;
  for (let at = 0; at < found; at++) {
    const node = order[at] as number;
    const state = layers === 1 ? node : node >> 1;
    const layer = layers === 1 ? 0 : node & 1;
    const end = rows[state + 1] as number;
    for (let edge = rows[state] as number; edge < end; edge++) {
      const action = labels[edge] as number;
      const target = targets[edge] as number;
      const into = enter(layer, action, target);
      if (into < 0) continue;
      const next = target * layers + into;
      if (parents[next] !== UNREACHED) continue;
      parents[next] = node;
      via[next] = action;
      order[found++] = next;
    }
  }
  return { layers, order: order.subarray(0, found), parents, via };
}

/** Was the node reached? */
export function isReached({ parents }: Reach, node: number): boolean {
  return parents[node] !== UNREACHED;
}

/** The actions of a shortest run to a node. */
export function actionsTo({ parents, via }: Reach, node: number): number[] {
  const actions: number[] = [];
  for (let at = node; (parents[at] as number) >= 0; at = parents[at] as number) actions.push(via[at] as number);
  return actions.reverse();
}

/** The nearest nodes that are wanted: all those at the least distance. */
export function nearest(reached: Reach, wanted: (node: number) => boolean): number[] {
  const { order } = reached;
  const first = order.findIndex(wanted);
  if (first < 0) return [];
  const distance = distanceOf(reached, order[first] as number);
  const found: number[] = [];
  for (let at = first; at < order.length; at++) {
    const node = order[at] as number;
    if (!wanted(node)) continue;
    if (distanceOf(reached, node) > distance) break;
    found.push(node);
  }
  return found;
}

function distanceOf({ parents }: Reach, node: number): number {
  let distance = 0;
  for (let at = parents[node] as number; at >= 0; at = parents[at] as number) distance++;
  return distance;
}
