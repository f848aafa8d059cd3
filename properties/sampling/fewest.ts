/**
 * Delta debugging (Zeller and Hildebrandt, ddmin): a part of the list that still passes, of which no single item can be left
 * out any more. Items keep their order. `passes` must hold for the whole list; it is asked for parts only.
 */
export function fewest<T>(all: readonly T[], passes: (part: readonly T[]) => boolean): readonly T[] {
  let kept = all;
  for (let size = Math.max(1, Math.floor(kept.length / 2)); kept.length > 0; ) {
    const before = kept.length;
    // From the end: what comes last depends on what came before, so it is the easiest to do without.
    for (let end = kept.length; end > 0; end -= size) {
      const part = [...kept.slice(0, Math.max(0, end - size)), ...kept.slice(end)];
      if (passes(part)) kept = part;
    }
    if (kept.length < before) continue;
    if (size === 1) break;
    size = Math.floor(size / 2);
  }
  return kept;
}
