import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Reproduction } from '#incidents/reproduce.ts';
import { InputError } from '#models/input.ts';
import type { Limits } from './engine.ts';

/** One incident to be tried, by its key. */
export interface Case {
  readonly key: string;
  readonly limits: Limits;
  /** It is told alone, so its workarounds are judged too. */
  readonly isTold: boolean;
}

/** How far the search of one incident has come. */
export interface CaseProgress {
  readonly key: string;
  readonly design: string;
  readonly states: number;
  readonly elapsedMs: number;
}

/** What the thread tells while it searches and when it ends. */
export type CaseTold =
  | { readonly kind: 'progress'; readonly progress: CaseProgress }
  | { readonly kind: 'done'; readonly reproduction: Reproduction }
  | { readonly kind: 'refused'; readonly message: string };

/** Tries an incident in a thread of its own. */
export function reproduceInThread(asked: Case, heard: (progress: CaseProgress) => void): Promise<Reproduction> {
  const file = new URL(`./incident-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: asked });
    worker.on('message', (told: CaseTold) => {
      if (told.kind === 'progress') heard(told.progress);
      else if (told.kind === 'done') resolve(told.reproduction);
      else reject(new InputError(told.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the search of incident ${asked.key} ended with code ${code}`)));
  });
}
