import { explore } from '#checker/explore.ts';
import { judge } from '#checker/judge.ts';
import { findPromise } from '#properties/promises.ts';
import { tenMillion, timed } from './benchmark.ts';

/** What a process of its own found out about the large world. */
export interface Alone {
  readonly states: number;
  readonly transitions: number;
  readonly searchMs: number;
  /** Milliseconds to judge the promise; 0 if none was asked. */
  readonly judgeMs: number;
  /** The most memory that the process ever had, in MiB. */
  readonly peakMiB: number;
}

/** `node alone.js [PROMISE]`: searches more than ten million states, with steps kept if a promise is to be judged; prints `Alone`. */
const promise = process.argv[2];
const model = tenMillion();
const search = timed(() => explore(model.composition.system, { edges: promise !== undefined }));
const formulas = promise === undefined ? [] : findPromise(promise).obligations(model);
const judging = timed(() =>
  judge(
    search.result,
    formulas.map(({ formula }) => formula),
  ),
);
const found: Alone = {
  states: search.result.states,
  transitions: search.result.transitions,
  searchMs: search.ms,
  judgeMs: promise === undefined ? 0 : judging.ms,
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(found));
