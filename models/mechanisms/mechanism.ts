/** One thing that Nomad does on the way of a claim, in our words, and where the model has it. */
export interface Mechanism {
  /** Its section of server.md, and its step or row there: `3.1 U2`. */
  readonly at: string;
  readonly says: string;
  /** The rules of the actions that stand for it, or whose guards hold it. */
  readonly rules?: readonly string[];
  /** The named changes that releases differ by here. */
  readonly changes?: readonly string[];
  /** What of it the model leaves out, and why; all of it if no rule stands for it. */
  readonly leftOut?: string;
}

/** The section that a mechanism is from: `3.1` of `3.1 U2`. */
export function sectionOf({ at }: Mechanism): string {
  return at.split(' ')[0] ?? at;
}
