import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '#models/input.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';
import type { World } from './engine.ts';
import type { Told } from './judge-thread.ts';

const { design, scope, promises, limits } = workerData as World;

try {
  const results = judgeScope(design, scope, promises.map(findPromise), {
    ...limits,
    now: () => performance.now(),
    onProgress: (progress) => tell({ kind: 'progress', progress }),
  });
  tell({ kind: 'results', results });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  tell({ kind: 'refused', message: error.message });
}

function tell(told: Told): void {
  parentPort?.postMessage(told);
}
