import type { Exercised } from '#properties/coverage.ts';
import type { Result } from '#report/document.ts';
import type { Progress, World } from './engine.ts';
import { askThreads } from './thread.ts';

/** What a thread is asked: to judge a world, or what the world exercises of the model. */
export interface Asked {
  readonly what: 'verdicts' | 'coverage';
  readonly world: World;
}

/** What it answers; what was exercised is null if a limit ended the search. */
export type Answered = { readonly results: readonly Result[] } | { readonly exercised: Exercised | null };

const ask = askThreads<Asked, Progress, Answered>('judge-worker');

/** Judges a world in a thread of its own. */
export async function judgeInThread(world: World, heard: (progress: Progress) => void): Promise<readonly Result[]> {
  const answer = await ask({ what: 'verdicts', world }, heard);
  return 'results' in answer ? answer.results : [];
}

/** What a world exercises of the model, found in a thread of its own; null if a limit ended the search. */
export async function exerciseInThread(world: World, heard: (progress: Progress) => void): Promise<Exercised | null> {
  const answer = await ask({ what: 'coverage', world }, heard);
  return 'exercised' in answer ? answer.exercised : null;
}
