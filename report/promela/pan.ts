/** What `pan`, the checker that Spin writes, says at the end of a search. */
export interface PanFindings {
  readonly states: number;
  readonly transitions: number;
  /** Milliseconds of the search, as exact as Spin says them: to ten. */
  readonly elapsedMs: number;
  /** Megabytes that the search took. */
  readonly memoryMb: number;
  /** How often something was found wrong. */
  readonly errors: number;
  /** The search came to its end, or stopped at the first error that it was asked for. */
  readonly ended: boolean;
  /** The assertions that failed, each once: the array and the place in it that stand in the text's `assert`. */
  readonly failed: readonly { readonly array: string; readonly at: number }[];
  /** An acceptance cycle was found: a fair run that breaks the formula. */
  readonly hasCycle: boolean;
}

/** What `pan` printed, read back; `null` if that is no report of a search. */
export function readPan(printed: string): PanFindings | null {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(printed)?.[1];
    return found === undefined ? null : Number(found);
  };
  const states = number(/^\s*([\d.e+]+) states, stored/m);
  const transitions = number(/^\s*([\d.e+]+) transitions \(/m);
  const errors = number(/, errors: (\d+)/);
  if (states === null || transitions === null || errors === null) return null;
  const failed = [...printed.matchAll(/assertion violated \(\s*(\w+)\[(\d+)\]/g)];
  return {
    states,
    transitions,
    elapsedMs: Math.round((number(/^pan: elapsed time ([\d.e+-]+) seconds/m) ?? 0) * 1000),
    memoryMb: number(/^\s*([\d.e+]+)\s+total actual memory usage/m) ?? 0,
    errors,
    ended: !/max search depth too small|out of memory|reached -DMEMLIM|time limit|interrupted/i.test(printed),
    failed: failed.map(([, array = '', at]) => ({ array, at: Number(at) })),
    hasCycle: printed.includes('acceptance cycle'),
  };
}

/** What the C compiler is told for a search over all states: no reduction, safety alone. */
export const panForStates: readonly string[] = ['-DSAFETY', '-DNOREDUCE'];

/** What it is told for a search over runs. */
export const panForRuns: readonly string[] = ['-DNOREDUCE', '-DNOFAIR'];
