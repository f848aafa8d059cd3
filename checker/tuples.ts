/** Numbers tuples of local ids densely, in order of first sight. A trie: local ids are small, so each level is an array. */
export class Tuples {
  readonly #children: number[][] = [[]];
  #size = 0;

  /** The tuple's number; a new one the first time. All tuples must have the same length. */
  number(locals: readonly number[]): number {
    if (locals.length === 0) {
      this.#size = 1;
      return 0;
    }
    let node = 0;
    const last = locals.length - 1;
    for (let at = 0; at < last; at++) {
      const branch = this.#children[node] as number[];
      const local = locals[at] as number;
      let next = branch[local];
      if (next === undefined) {
        next = this.#children.push([]) - 1;
        branch[local] = next;
      }
      node = next;
    }
    const leaves = this.#children[node] as number[];
    const local = locals[last] as number;
    let found = leaves[local];
    if (found === undefined) {
      found = this.#size++;
      leaves[local] = found;
    }
    return found;
  }

  /** How many different tuples were seen. */
  get size(): number {
    return this.#size;
  }

  /** A rough count of the bytes it holds. */
  get bytes(): number {
    return this.#children.length * 64 + this.#size * 8;
  }
}
