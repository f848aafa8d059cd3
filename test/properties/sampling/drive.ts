import { findDesign } from '#models/designs/design.ts';
import type { PromiseSpec } from '#properties/promise.ts';
import { type Sampled, sample } from '#properties/sampling/sample.ts';
import type { Size } from '#properties/sampling/world.ts';

/** Drives a sampling to its end, without a clock. */
export function sampled(
  design: string,
  promises: readonly PromiseSpec[],
  seed: number,
  runs: number,
  size: Size,
): Sampled {
  const sampling = sample({ design: findDesign(design), promises, runs, seed, size, now: () => 0 });
  for (;;) {
    const { done, value } = sampling.next();
    if (done) return value;
  }
}
