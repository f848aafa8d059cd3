import { performance } from 'node:perf_hooks';
import { exercise } from '#properties/coverage.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';
import { judgeReduced } from '#properties/reduced.ts';
import type { Progress } from './engine.ts';
import { hire } from './hire.ts';
import type { Answered, Asked } from './judge-thread.ts';
import { answerQuestions } from './thread.ts';

answerQuestions(({ what, world }: Asked, onProgress: (progress: Progress) => void): Answered => {
  const { design, scope, promises, limits, avoid, reduce, threads = 1 } = world;
  const crew = threads > 1 ? hire(threads - 1) : null;
  const options = {
    ...limits,
    ...(avoid && { avoid }),
    ...(crew && { crew }),
    now: () => performance.now(),
    onProgress,
  };
  try {
    if (what === 'coverage') return { exercised: exercise(design, scope, options) };
    const asked = promises.map(findPromise);
    return {
      results: reduce ? judgeReduced(design, scope, asked, reduce, options) : judgeScope(design, scope, asked, options),
    };
  } finally {
    crew?.dismiss();
  }
});
