import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { findIncident } from '#incidents/incidents.ts';
import { reproduce } from '#incidents/reproduce.ts';
import { InputError } from '#models/input.ts';
import type { Case, CaseTold } from './incident-thread.ts';

const { key, limits, isTold } = workerData as Case;

try {
  const reproduction = reproduce(findIncident(key), {
    ...limits,
    judgesWorkarounds: isTold,
    now: () => performance.now(),
    onProgress: (progress) => tell({ kind: 'progress', progress: { key, ...progress } }),
  });
  tell({ kind: 'done', reproduction });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  tell({ kind: 'refused', message: error.message });
}

function tell(told: CaseTold): void {
  parentPort?.postMessage(told);
}
