import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '#models/input.ts';
import type { Exporting, ExportTold } from './export-thread.ts';
import { exportWorld } from './exporting.ts';

const { world, form } = workerData as Exporting;

try {
  const exported = exportWorld(world, form, {
    now: () => performance.now(),
    heard: (progress) => tell({ kind: 'progress', progress }),
  });
  tell({ kind: 'done', exported });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  tell({ kind: 'refused', message: error.message });
}

function tell(told: ExportTold): void {
  parentPort?.postMessage(told);
}
