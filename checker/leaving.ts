import type { Layout } from './layout.ts';
import type { System } from './system.ts';

/**
 * What need not be looked up, because it was found before for certain (the observation behind sleep sets: Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", chapter 5). Nothing is reduced by it: it finds the same states
 * in the same order with the same parents, only without asking.
 *
 * A state `t` was found first from `s`, by action `a`. If an action `b` with a smaller number changes nothing that `a` reads and
 * `a` changed nothing that `b` reads, then `s` had `b` too, its successor by `b` was found before `t` and expanded before `t`, and
 * `a` led from there to where `b` leads from `t`. A step that changes nothing leads to what was found anyway.
 */
export interface LeavingCode {
  /** What has to be known of the state `at` with the words `w0`, `w1`, ... */
  readonly open: string;
  /** -1 if the successor `x0`, `x1`, ... by `action` must be looked up, 0 if not. */
  readonly kept: string;
}

/** The pieces of the generated loop for packed states of so many words. */
export function leavingCode(width: number): LeavingCode {
  const words = Array.from({ length: width }, (_, w) => w);
  const changed = words.map((w) => `x${w} ^ w${w}`).join(' | ');
  const clash = words
    .flatMap((w) => [`(x${w} ^ w${w}) & r${w}`, `d${w} & reads[action * ${width} + ${w}]`])
    .join(' | ');
  return {
    open: `
      const by = via[at], parent = at === 0 ? 0 : parents[at];
      ${words.map((w) => `const d${w} = w${w} ^ words[parent * ${width} + ${w}], r${w} = reads[by * ${width} + ${w}];`).join('\n')}`,
    kept: `(${notZero(clash)} | by - 1 - action >> 31) & ${notZero(changed)}`,
  };
}

// -1 or 0, without a branch.
function notZero(value: string): string {
  return `((${value}) | 0 - (${value})) >> 31`;
}

/** For each action, the bits of a packed state that it and its hearers read: as many integers as a state has words. */
export function readsOf({ actions }: System, { width, word, mask, shift }: Layout): Int32Array {
  const reads = new Int32Array(actions.length * width);
  for (const [id, { participants, broadcast = [] }] of actions.entries()) {
    for (const field of [...participants, ...broadcast.map((hearer) => hearer.field)]) {
      const at = id * width + (word[field] as number);
      reads[at] = (reads[at] as number) | ((mask[field] as number) << (shift[field] as number));
    }
  }
  return reads;
}
