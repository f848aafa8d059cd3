import { performance } from 'node:perf_hooks';
import { findIncident } from '#incidents/incidents.ts';
import { type Reproduction, reproduce } from '#incidents/reproduce.ts';
import type { Case, CaseProgress } from './incident-thread.ts';
import { answerQuestions } from './thread.ts';

answerQuestions(
  ({ key, limits, isTold }: Case, tell: (progress: CaseProgress) => void): Reproduction =>
    reproduce(findIncident(key), {
      ...limits,
      judgesWorkarounds: isTold,
      now: () => performance.now(),
      onProgress: (progress) => tell({ key, ...progress }),
    }),
);
