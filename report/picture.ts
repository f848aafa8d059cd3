import type { PathGraph, Place } from '#composition/path-graph.ts';

/** What is drawn: boxes, some of them inside others, and arrows with what happens on them. */
export interface Picture {
  readonly title: string;
  /** What the reader must know to read it; empty if nothing. */
  readonly caption: string;
  readonly nodes: readonly PictureNode[];
  /** The nodes in which everything begins: one, or one in each region. */
  readonly initial: readonly number[];
  readonly arrows: readonly Arrow[];
}

/** A box. Its number is its place in the picture. */
export interface PictureNode {
  readonly name: string;
  /** What is held beside it; empty if there is nothing to say. */
  readonly notes: string;
  /** The names of the boxes that it is inside of, from the outermost in. */
  readonly within: readonly string[];
}

/** An arrow. `taken`: some run takes one of its steps; `never`: none does, though the machine could. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly kind: 'taken' | 'never';
  /** What happens, each once, sorted. */
  readonly labels: readonly string[];
}

/** The graph as it is: a box for each of its states. */
export function drawGraph({ name, states, steps }: PathGraph, about = ''): Picture {
  const arrows = new Arrows();
  for (const { from, to, event, by } of steps) arrows.add(from, to, by.length > 0, event);
  const all = arrows.all();
  return { title: name, caption: captionOf(about, all), nodes: states.map(nodeOf), initial: [0], arrows: all };
}

/**
 * The chart of a graph: a box for each leaf state in each region, whatever is held beside it and whatever the other regions
 * are at. A step that changes nothing but what is held is an arrow back to its own box; one that changes nothing is left out,
 * and so is an instance to which nothing happens. What happens is told by the machine's events, in a system by the actions.
 */
export function drawChart({ name, parts, defined, states, steps }: PathGraph, about = ''): Picture {
  const reached = new Set(states.flatMap((places) => places.map(keyOf)));
  const moved = steps.flatMap((step) =>
    moves(states[step.from] ?? [], states[step.to] ?? []).map((move) => ({ step, move })),
  );
  const stirred = new Set(moved.flatMap(({ move }) => move.map(({ path }) => path[0])));
  const drawn = defined.filter((path) => reached.has(keyOf({ path })) && (parts === 'regions' || stirred.has(path[0])));
  const boxes = new Map(drawn.map((path, box) => [keyOf({ path }), box]));
  const boxOf = (place: Pick<Place, 'path'>) => boxes.get(keyOf(place)) ?? 0;
  const arrows = new Arrows();
  for (const { step, move } of moved) {
    for (const label of parts === 'regions' ? [step.event] : step.by) {
      arrows.add(boxOf(move[0]), boxOf(move[1]), step.by.length > 0, label);
    }
  }
  const all = arrows.all();
  return {
    title: name,
    caption: captionOf(about, all),
    nodes: drawn.map((path) => ({ name: path.at(-1) ?? '', notes: '', within: path.slice(0, -1) })),
    initial: (states[0] ?? []).flatMap((place) => boxes.get(keyOf(place)) ?? []),
    arrows: all,
  };
}

function keyOf({ path }: Pick<Place, 'path'>): string {
  return path.join('\n');
}

function captionOf(about: string, arrows: readonly Arrow[]): string {
  const held = arrows.some(({ from, to, kind }) => from === to && kind === 'taken');
  return [
    ...(about === '' ? [] : [about]),
    ...(held ? ['Dashed: changes only what is held beside the state.'] : []),
    ...(arrows.some(({ kind }) => kind === 'never')
      ? ['Dotted: the machine could, but no run of this scope does.']
      : []),
  ].join('\n');
}

/** Which places a step leaves and enters, region by region. */
function moves(before: readonly Place[], after: readonly Place[]): (readonly [Place, Place])[] {
  const now = new Map(after.map((place) => [place.region, place]));
  const left = before.filter(({ region }) => !now.has(region));
  const entered = after.filter(({ region }) => !before.some((one) => one.region === region));
  const moved = before.flatMap((was) => {
    const is = now.get(was.region);
    return is && keyOf(was) !== keyOf(is) ? [[was, is] as const] : [];
  });
  const across = left.flatMap((was) =>
    (entered.length > 0 ? entered : moved.map(([, is]) => is)).map((is) => [was, is] as const),
  );
  const all = [...moved, ...across];
  if (all.length > 0) return all;
  const held = before.flatMap((was) => {
    const is = now.get(was.region);
    return is && is.holds !== was.holds ? [[was, is] as const] : [];
  });
  return held;
}

function nodeOf(places: readonly Place[]): PictureNode {
  const [only] = places;
  const notes = [...new Set(places.map(({ holds }) => holds))].filter((one) => one !== '').join(', ');
  return only && places.length === 1
    ? { name: only.path.at(-1) ?? '', notes, within: only.path.slice(0, -1) }
    : { name: places.map(({ path }) => path.join('.')).join(', '), notes, within: [] };
}

/** Arrows of one kind between the same two boxes are one arrow with several labels. */
class Arrows {
  readonly #all = new Map<string, { from: number; to: number; kind: Arrow['kind']; labels: Set<string> }>();

  add(from: number, to: number, isTaken: boolean, label: string): void {
    const kind = isTaken ? 'taken' : 'never';
    // What some run does is not also drawn as what none does.
    const taken = this.#all.get(`${from} ${to} taken`);
    if (!isTaken && taken?.labels.has(label)) return;
    if (isTaken) this.#all.get(`${from} ${to} never`)?.labels.delete(label);
    const key = `${from} ${to} ${kind}`;
    const arrow = this.#all.get(key) ?? { from, to, kind, labels: new Set<string>() };
    arrow.labels.add(label);
    this.#all.set(key, arrow);
  }

  all(): Arrow[] {
    return [...this.#all.values()]
      .filter(({ labels }) => labels.size > 0)
      .map(({ labels, ...arrow }) => ({ ...arrow, labels: [...labels].sort() }))
      .sort((a, b) => a.from - b.from || a.to - b.to || (a.kind < b.kind ? 1 : -1));
  }
}
