import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '#models/input.ts';
import { exercise } from '#properties/coverage.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';
import { judgeReduced } from '#properties/reduced.ts';
import type { Progress } from './engine.ts';
import { hire } from './hire.ts';
import type { Asked, Told } from './judge-thread.ts';

const { what, world } = workerData as Asked;
const { design, scope, promises, limits, avoid, reduce, threads = 1 } = world;
const crew = threads > 1 ? hire(threads - 1) : null;
const options = {
  ...limits,
  ...(avoid && { avoid }),
  ...(crew && { crew }),
  now: () => performance.now(),
  onProgress: (progress: Progress) => tell({ kind: 'progress', progress }),
};

try {
  if (what === 'coverage') tell({ kind: 'coverage', exercised: exercise(design, scope, options) });
  else {
    const asked = promises.map(findPromise);
    const results = reduce
      ? judgeReduced(design, scope, asked, reduce, options)
      : judgeScope(design, scope, asked, options);
    tell({ kind: 'verdicts', results });
  }
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  tell({ kind: 'refused', message: error.message });
} finally {
  crew?.dismiss();
}

function tell(told: Told): void {
  parentPort?.postMessage(told);
}
