import { performance } from 'node:perf_hooks';
import type { Progress } from './engine.ts';
import type { Exported, Exporting } from './export-thread.ts';
import { exportWorld } from './exporting.ts';
import { answerQuestions } from './thread.ts';

answerQuestions(
  ({ world, form }: Exporting, heard: (progress: Progress) => void): Exported =>
    exportWorld(world, form, { now: () => performance.now(), heard }),
);
