import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { InputError } from '#models/input.ts';
import type { Exercised } from '#properties/coverage.ts';
import type { Result } from '#report/document.ts';
import type { Progress, World } from './engine.ts';

/** What a thread is asked: to judge a world, or what the world exercises of the model. */
export interface Asked {
  readonly what: 'verdicts' | 'coverage';
  readonly world: World;
}

/** What the thread tells while it searches and when it ends. */
export type Told =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'verdicts'; readonly results: readonly Result[] }
  | { readonly kind: 'coverage'; readonly exercised: Exercised | null }
  | { readonly kind: 'refused'; readonly message: string };

/** Judges a world in a thread of its own, so that the terminal stays alive and Ctrl-C is answered at once. */
export async function judgeInThread(world: World, heard: (progress: Progress) => void): Promise<readonly Result[]> {
  const told = await inThread({ what: 'verdicts', world }, heard);
  return told.kind === 'verdicts' ? told.results : [];
}

/** What a world exercises of the model, found in a thread of its own; null if a limit ended the search. */
export async function exerciseInThread(world: World, heard: (progress: Progress) => void): Promise<Exercised | null> {
  const told = await inThread({ what: 'coverage', world }, heard);
  return told.kind === 'coverage' ? told.exercised : null;
}

function inThread(asked: Asked, heard: (progress: Progress) => void): Promise<Told> {
  const file = new URL(`./judge-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: asked });
    worker.on('message', (told: Told) => {
      if (told.kind === 'progress') heard(told.progress);
      else if (told.kind === 'refused') reject(new InputError(told.message));
      else resolve(told);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the search of ${asked.world.scope.name} ended with code ${code}`)));
  });
}
