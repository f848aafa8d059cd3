import { cArray } from './c-array.ts';

/** What a combination of local states is looked up as; 0 is kept for what was never seen. */
export interface Entry {
  readonly locals: readonly number[];
  readonly value: number;
}

/** A table in C that is read field by field, and where to start. */
export interface Lookup {
  /** The declaration in C, in the pieces that `cArray` cuts. */
  readonly declared: readonly string[];
  /** The first node. */
  readonly root: number;
  /** What is found from a node on, given the C expressions for the local states that are left. */
  read(from: string, locals: readonly string[]): string;
}

/**
 * Writes a table over combinations of local states as a decision diagram: each node is a row with one place for each local
 * state of one field, which holds where the next field's row begins, or the value. Equal rows are written once. Whatever
 * has no entry leads to the row at 0, which is all 0.
 */
export function lookup(name: string, sizes: readonly number[], entries: readonly Entry[]): Lookup {
  const cells: number[] = new Array<number>(Math.max(1, ...sizes)).fill(0);
  const known = new Map<string, number>();
  const root = sizes.length === 0 ? (entries[0]?.value ?? 0) : node(0, entries);
  return {
    declared: cArray(name, cells),
    root,
    read: (from, locals) => locals.reduce((at, local) => `${name}[${at}+${local}]`, from),
  };

  function node(depth: number, below: readonly Entry[]): number {
    const row = new Array<number>(sizes[depth] ?? 0).fill(0);
    const byLocal = new Map<number, Entry[]>();
    for (const entry of below) {
      const local = entry.locals[depth] ?? 0;
      const same = byLocal.get(local);
      if (same) same.push(entry);
      else byLocal.set(local, [entry]);
    }
    for (const [local, same] of byLocal) {
      row[local] = depth === sizes.length - 1 ? (same[0]?.value ?? 0) : node(depth + 1, same);
    }
    const key = `${depth} ${row.join()}`;
    const made = known.get(key);
    if (made !== undefined) return made;
    const at = cells.length;
    for (const cell of row) cells.push(cell);
    known.set(key, at);
    return at;
  }
}
