/**
 * What a hypothesis has promised: the rest of what is to be seen of a step that was taken, or, `isOpen`, the first of
 * what is seen of a step that is still to take effect. `seen` are observations by number.
 */
export interface Expectation {
  readonly isOpen: boolean;
  readonly seen: readonly number[];
}

/** The expectations that were met with, numbered as they come. */
export class Expectations {
  readonly #all: Expectation[] = [];
  readonly #numbers = new Map<string, number>();

  at(number: number): Expectation {
    const found = this.#all[number];
    if (!found) throw new RangeError(`there is no expectation ${number}`);
    return found;
  }

  number(isOpen: boolean, seen: readonly number[]): number {
    const key = `${isOpen} ${seen.join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#all.length);
    return this.#all.push({ isOpen, seen }) - 1;
  }
}
