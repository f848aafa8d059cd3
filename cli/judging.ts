import type { ReportDocument, Result } from '#report/document.ts';
import type { World } from './engine.ts';
import type { Matter } from './judging-options.ts';
import { followProgress } from './progress.ts';
import type { Stage } from './stage.ts';

/** Judges every design in every scope, several worlds at once if asked to, and reports in a fixed order. */
export async function judgeAll(matter: Matter, stage: Stage): Promise<ReportDocument> {
  const worlds = worldsOf(matter);
  const progress = followProgress(worlds.length, stage);
  const found: (readonly Result[])[] = worlds.map(() => []);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < worlds.length; at = next++) {
      const world = worlds[at];
      if (!world) return;
      const results = await stage.engine.judge(world, progress.heard);
      found[at] = results;
      progress.finished(world, results);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(matter.workers, worlds.length) }, lane));
  } finally {
    progress.end();
  }
  return { schema: 'claimcheck/report@1', model: stage.model(), results: found.flat() };
}

/** Smallest scope first, so that the first verdicts come soon. Several searches at once share the memory between them. */
function worldsOf({ designs, scopes, promises, limits, workers }: Matter): readonly World[] {
  const { maxMemory, ...others } = limits;
  const share = maxMemory === undefined ? {} : { maxMemory: Math.floor(maxMemory / workers) };
  return scopes.flatMap(({ value: scope }) =>
    designs.map(({ value: design }) => ({ design, scope, promises, limits: { ...others, ...share } })),
  );
}
