import type { Reproduction } from '#incidents/reproduce.ts';
import type { Limits } from './engine.ts';
import { type Ask, askThreads } from './thread.ts';

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

/** Tries an incident in a thread of its own. */
export const reproduceInThread: Ask<Case, CaseProgress, Reproduction> = askThreads('incident-worker');
