/** A graph with named steps: states from 0 to `states - 1`. */
export interface NamedGraph {
  readonly states: number;
  readonly initial: number;
  readonly steps: Iterable<NamedStep>;
}

/** A step from one state to another, by the name of what happens. */
export interface NamedStep {
  readonly from: number;
  readonly name: string;
  readonly to: number;
}

/**
 * The graph in the Aldebaran format (`.aut`), which CADP, mCRL2 and their kin read: a line `des (initial, steps, states)`,
 * then a line for each step. The format has no way to write a quotation mark or a line break in a name: `'` and a space
 * stand for them.
 */
export function renderAldebaran({ states, initial, steps }: NamedGraph): string {
  const lines: string[] = [];
  for (const { from, name, to } of steps) {
    lines.push(`(${from}, "${name.replaceAll('"', "'").replaceAll(/[\r\n]+/g, ' ')}", ${to})\n`);
  }
  return `des (${initial}, ${lines.length}, ${states})\n${lines.join('')}`;
}
