import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Crew, Job } from '#checker/crew.ts';

/** Threads that help this one with its search. None is started before there is something to do. */
export interface Hired extends Crew {
  dismiss(): void;
}

/** Hires so many threads. */
export function hire(size: number): Hired {
  const threads: Worker[] = [];
  return {
    size,
    start(job: Job) {
      const file = new URL(`./search-helper${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
      while (threads.length < size) threads.push(new Worker(file));
      for (const thread of threads) thread.postMessage(job);
    },
    dismiss() {
      for (const thread of threads) void thread.terminate();
    },
  };
}
