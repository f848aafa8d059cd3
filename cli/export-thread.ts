import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Verdict } from '#checker/formula.ts';
import { InputError } from '#models/input.ts';
import type { Progress, World } from './engine.ts';

/** The shapes in which a composed system can be written out. */
export const exportForms = ['promela', 'aut', 'json'] as const;

/** One of them. */
export type ExportForm = (typeof exportForms)[number];

/** A world to be written out. */
export interface Exporting {
  readonly world: World;
  readonly form: ExportForm;
}

/** A composed system written out, and what our own search says of it. */
export interface Exported {
  readonly text: string;
  readonly states: number;
  readonly transitions: number;
  /** Promela only: the questions in the text, in their order, each with our own answer. */
  readonly answers: readonly OwnAnswer[];
}

/** Our own answer to one question that Spin is asked as well. */
export interface OwnAnswer {
  readonly promise: string;
  readonly name: string;
  readonly kind: 'always' | 'alwaysStep' | 'leadsTo';
  /** With weak fairness for every step that is owed, which is what Spin knows. */
  readonly verdict: Verdict;
  /** With the fairness that each action declares. */
  readonly declared: Verdict;
}

/** What the thread tells while it works and when it ends. */
export type ExportTold =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly exported: Exported }
  | { readonly kind: 'refused'; readonly message: string };

/** Writes a world out in a thread of its own. */
export function exportInThread(world: World, form: ExportForm, heard: (progress: Progress) => void): Promise<Exported> {
  const file = new URL(`./export-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { world, form } satisfies Exporting });
    worker.on('message', (told: ExportTold) => {
      if (told.kind === 'progress') heard(told.progress);
      else if (told.kind === 'done') resolve(told.exported);
      else reject(new InputError(told.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the export of ${world.scope.name} ended with code ${code}`)));
  });
}
