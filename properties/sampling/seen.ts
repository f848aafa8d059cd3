/** Which marks were seen, and at which step last; forgets all of them at once, at no cost. */
export class Seen {
  #marks = new Int32Array(1024);
  #steps = new Int32Array(1024);
  #ages = new Int32Array(1024);
  #age = 1;
  #count = 0;

  clear(): void {
    this.#age++;
    this.#count = 0;
  }

  /** Notes a mark at a step; the step at which it was noted last, -1 if it was not. */
  add(mark: number, step: number): number {
    if (this.#count * 2 > this.#marks.length) this.#grow();
    const slot = this.#slotOf(mark);
    const before = this.#ages[slot] === this.#age ? (this.#steps[slot] as number) : -1;
    if (before < 0) this.#count++;
    this.#marks[slot] = mark;
    this.#steps[slot] = step;
    this.#ages[slot] = this.#age;
    return before;
  }

  #slotOf(mark: number): number {
    const last = this.#marks.length - 1;
    let slot = (mark ^ (mark >>> 16)) & last;
    while (this.#ages[slot] === this.#age && this.#marks[slot] !== mark) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const [marks, steps, ages] = [this.#marks, this.#steps, this.#ages];
    this.#marks = new Int32Array(marks.length * 2);
    this.#steps = new Int32Array(marks.length * 2);
    this.#ages = new Int32Array(marks.length * 2);
    for (let at = 0; at < marks.length; at++) {
      if (ages[at] !== this.#age) continue;
      const slot = this.#slotOf(marks[at] as number);
      this.#marks[slot] = marks[at] as number;
      this.#steps[slot] = steps[at] as number;
      this.#ages[slot] = this.#age;
    }
  }
}
