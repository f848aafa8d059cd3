import type { Verdict } from '#checker/formula.ts';
import type { Progress, World } from './engine.ts';
import { type Ask, askThreads } from './thread.ts';

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

/** Writes a world out in a thread of its own. */
export const exportInThread: Ask<Exporting, Progress, Exported> = askThreads('export-worker');
