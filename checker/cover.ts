/** A plain graph: states from 0, the steps between them, and where every path begins. */
export interface StepGraph {
  readonly states: number;
  readonly initial: number;
  readonly steps: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Paths from the initial state that together take every step at least once: as few paths as possible and, among those, as
 * few steps in all. Both optima are exact. Each path is a list of places in `steps`. Steps that cannot be reached from the
 * initial state are in no path.
 *
 * It is the directed postman's problem in which going back to the start is allowed: the first return costs nothing, each
 * further one a path. A cheapest flow says which steps are repeated (every state is then left as often as it is entered),
 * and a round trip through all of them, cut at the returns, is the set of paths.
 */
export function coverSteps(graph: StepGraph): number[][] {
  const reached = reachable(graph);
  const wanted = [...graph.steps.keys()].filter((step) => reached.has(graph.steps[step]?.from ?? -1));
  if (wanted.length === 0) return [];
  const times = repetitions(graph, wanted);
  return cutAtReturns(roundTrip(graph, times), graph.steps.length);
}

function reachable({ initial, steps }: StepGraph): Set<number> {
  const out = new Map<number, number[]>();
  for (const { from, to } of steps) out.set(from, [...(out.get(from) ?? []), to]);
  const found = new Set([initial]);
  for (const state of found) for (const to of out.get(state) ?? []) found.add(to);
  return found;
}

/** How often each step is taken, and how often each state returns to the start: what balances every state most cheaply. */
interface Repetitions {
  readonly steps: ReadonlyMap<number, number>;
  readonly returns: ReadonlyMap<number, number>;
}

function repetitions({ states, initial, steps }: StepGraph, wanted: readonly number[]): Repetitions {
  const network = new Network(states + 3);
  const [hub, source, sink] = [states, states + 1, states + 2];
  const unlimited = wanted.length + 1;
  // More than all steps that a cheapest cover can repeat: one path less outweighs any number of steps.
  const onePath = wanted.length * (states + 2) + 1;
  const surplus = new Int32Array(states);
  const arcs = wanted.map((step) => {
    const { from, to } = steps[step] as StepGraph['steps'][number];
    surplus[from] = (surplus[from] as number) - 1;
    surplus[to] = (surplus[to] as number) + 1;
    return [step, network.arc(from, to, unlimited, 1)] as const;
  });
  const back = Array.from({ length: states }, (_, state) => [state, network.arc(state, hub, unlimited, 0)] as const);
  network.arc(hub, initial, 1, 0);
  network.arc(hub, initial, unlimited, onePath);
  for (const [state, more] of surplus.entries()) {
    if (more > 0) network.arc(source, state, more, 0);
    if (more < 0) network.arc(state, sink, -more, 0);
  }
  network.fill(source, sink);
  return {
    steps: new Map(arcs.map(([step, arc]) => [step, 1 + network.flow(arc)])),
    returns: new Map(back.map(([state, arc]) => [state, network.flow(arc)])),
  };
}

/** A closed trip from the initial state through every step as often as it is due (Hierholzer); a return is written as -1. */
function roundTrip({ states, initial, steps }: StepGraph, times: Repetitions): number[] {
  const due: { readonly by: number; readonly to: number }[][] = Array.from({ length: states }, () => []);
  for (const [step, count] of times.steps) {
    const { from, to } = steps[step] as StepGraph['steps'][number];
    for (let i = 0; i < count; i++) due[from]?.push({ by: step, to });
  }
  for (const [state, count] of times.returns) {
    for (let i = 0; i < count; i++) due[state]?.push({ by: RETURN, to: initial });
  }
  const open: { readonly by: number | null; readonly at: number }[] = [{ by: null, at: initial }];
  const trip: number[] = [];
  for (let here = open.at(-1); here; here = open.at(-1)) {
    const next = due[here.at]?.pop();
    if (next) {
      open.push({ by: next.by, at: next.to });
    } else {
      open.pop();
      if (here.by !== null) trip.push(here.by);
    }
  }
  return trip.reverse();
}

const RETURN = -1;

/** The stretches between the returns. What comes after the last return runs on into what comes before the first. */
function cutAtReturns(trip: readonly number[], count: number): number[][] {
  const first = trip.indexOf(RETURN);
  const turned = first < 0 ? trip : [...trip.slice(first + 1), ...trip.slice(0, first + 1)];
  const paths: number[][] = [[]];
  for (const step of turned) {
    if (step === RETURN) paths.push([]);
    else paths.at(-1)?.push(step);
  }
  const full = paths.filter((path) => path.length > 0);
  const taken = new Uint32Array(count);
  for (const step of full.flat()) taken[step] = (taken[step] as number) + 1;
  return full.map((path) => withoutTail(path, taken));
}

/** A path that ends in steps which are taken elsewhere as well may end before them. */
function withoutTail(path: readonly number[], taken: Uint32Array): number[] {
  const kept = [...path];
  for (let last = kept.at(-1); last !== undefined && (taken[last] as number) > 1; last = kept.at(-1)) {
    taken[last] = (taken[last] as number) - 1;
    kept.pop();
  }
  return kept;
}

/** A network of arcs with capacities and costs; `fill` sends as much as it can from source to sink, as cheaply as it can. */
class Network {
  readonly #out: number[][];
  readonly #to: number[] = [];
  readonly #room: number[] = [];
  readonly #cost: number[] = [];

  constructor(nodes: number) {
    this.#out = Array.from({ length: nodes }, () => []);
  }

  /** Adds an arc and its reverse; the arc's number. */
  arc(from: number, to: number, room: number, cost: number): number {
    const arc = this.#to.length;
    this.#to.push(to, from);
    this.#room.push(room, 0);
    this.#cost.push(cost, -cost);
    this.#out[from]?.push(arc);
    this.#out[to]?.push(arc + 1);
    return arc;
  }

  flow(arc: number): number {
    return this.#room[arc + 1] as number;
  }

  /** Successive cheapest paths (Bellman and Ford, with a queue): reverse arcs cost less than nothing, so Dijkstra would not do. */
  fill(source: number, sink: number): void {
    for (;;) {
      const { costs, via } = this.#cheapest(source);
      if (costs[sink] === Number.POSITIVE_INFINITY) return;
      let room = Number.POSITIVE_INFINITY;
      for (let at = sink; at !== source; at = this.#from(via, at))
        room = Math.min(room, this.#room[via[at] as number] as number);
      for (let at = sink; at !== source; at = this.#from(via, at)) {
        const arc = via[at] as number;
        this.#room[arc] = (this.#room[arc] as number) - room;
        this.#room[arc ^ 1] = (this.#room[arc ^ 1] as number) + room;
      }
    }
  }

  #from(via: Int32Array, at: number): number {
    return this.#to[(via[at] as number) ^ 1] as number;
  }

  #cheapest(source: number): { readonly costs: Float64Array; readonly via: Int32Array } {
    const costs = new Float64Array(this.#out.length).fill(Number.POSITIVE_INFINITY);
    const via = new Int32Array(this.#out.length).fill(-1);
    const waits = new Uint8Array(this.#out.length);
    costs[source] = 0;
    let queue = [source];
    while (queue.length > 0) {
      const next: number[] = [];
      for (const node of queue) {
        waits[node] = 0;
        for (const arc of this.#out[node] ?? []) {
          if (this.#room[arc] === 0) continue;
          const to = this.#to[arc] as number;
          const cost = (costs[node] as number) + (this.#cost[arc] as number);
          if (cost >= (costs[to] as number)) continue;
          costs[to] = cost;
          via[to] = arc;
          if (waits[to] === 0) {
            waits[to] = 1;
            next.push(to);
          }
        }
      }
      queue = next;
    }
    return { costs, via };
  }
}
