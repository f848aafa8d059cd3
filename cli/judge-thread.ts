import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { InputError } from '#models/input.ts';
import type { Result } from '#report/document.ts';
import type { Progress, World } from './engine.ts';

/** What the thread tells while it searches and when it ends. */
export type Told =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'results'; readonly results: readonly Result[] }
  | { readonly kind: 'refused'; readonly message: string };

/** Judges a world in a thread of its own, so that the terminal stays alive and Ctrl-C is answered at once. */
export function judgeInThread(world: World, heard: (progress: Progress) => void): Promise<readonly Result[]> {
  const file = new URL(`./judge-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: world });
    worker.on('message', (told: Told) => {
      if (told.kind === 'progress') heard(told.progress);
      else if (told.kind === 'results') resolve(told.results);
      else reject(new InputError(told.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the search of ${world.scope.name} ended with code ${code}`)));
  });
}
