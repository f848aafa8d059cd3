import type { ReportDocument, Result } from '#report/document.ts';
import type { ExercisedWorld } from './coverage.ts';
import type { World } from './engine.ts';
import type { Matter } from './judging-options.ts';
import { followProgress, type ProgressTeller, verdictsInWords } from './progress.ts';
import type { Stage } from './stage.ts';

/** Judges every design in every scope, several worlds at once if asked to, and reports in a fixed order. */
export async function judgeAll(matter: Matter, stage: Stage): Promise<ReportDocument> {
  const found = await everyWorld(matter, stage, async (world, progress) => {
    const results = await judgeWorld(world, matter, stage, progress);
    const isRemembered = results.length > 0 && results.every((one) => one.remembered);
    progress.finished(world, `${verdictsInWords(results)}${isRemembered ? ' (remembered)' : ''}`);
    return results;
  });
  return { schema: 'claimcheck/report@1', model: stage.model(), results: found.flat() };
}

/** Only what no earlier run of the same model has settled is searched for. */
async function judgeWorld(
  world: World,
  { remembers }: Matter,
  { engine, remembered }: Stage,
  { heard }: ProgressTeller,
): Promise<readonly Result[]> {
  if (!remembers || !remembered) return engine.judge(world, heard);
  const about = world.promises.filter((promise) => engine.applies(promise, world.scope));
  const known = new Map(about.flatMap((promise) => [[promise, remembered.find(world, promise)] as const]));
  const open = about.filter((promise) => !known.get(promise));
  const fresh = open.length > 0 ? await engine.judge({ ...world, promises: open }, heard) : [];
  for (const result of fresh) remembered.keep(world, result);
  return about.flatMap((promise) => known.get(promise) ?? fresh.find((one) => one.promise === promise) ?? []);
}

/** What every world exercises of the model, in a fixed order. */
export function exerciseAll(matter: Matter, stage: Stage): Promise<readonly ExercisedWorld[]> {
  return everyWorld(matter, stage, async (world, progress) => {
    const exercised = await stage.engine.exercise(world, progress.heard);
    progress.finished(world, exercised ? 'exercised' : 'not exercised to the end: a limit was reached');
    return { design: world.design.name, scope: world.scope.name, exercised };
  });
}

async function everyWorld<T>(
  matter: Matter,
  stage: Stage,
  search: (world: World, progress: ProgressTeller) => Promise<T>,
): Promise<T[]> {
  const worlds = worldsOf(matter);
  const progress = followProgress(worlds.length, stage);
  const found: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < worlds.length; at = next++) {
      const world = worlds[at];
      if (world) found[at] = await search(world, progress);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(matter.workers, worlds.length) }, lane));
  } finally {
    progress.end();
  }
  return found;
}

/**
 * Smallest scope first, so that the first verdicts come soon. Several searches at once share the memory between them; where
 * there are fewer worlds than workers, several search one world.
 */
function worldsOf({ avoid, designs, scopes, promises, limits, reduce, workers }: Matter): readonly World[] {
  const { maxMemory, ...others } = limits;
  const lanes = Math.min(workers, designs.length * scopes.length);
  const share = maxMemory === undefined ? {} : { maxMemory: Math.floor(maxMemory / lanes) };
  return scopes.flatMap(({ value: scope }) =>
    designs.map(({ value: design }) => ({
      design,
      scope,
      promises,
      limits: { ...others, ...share },
      ...(workers > lanes && { threads: Math.floor(workers / lanes) }),
      ...(avoid.length > 0 && { avoid }),
      ...(reduce && { reduce }),
    })),
  );
}
