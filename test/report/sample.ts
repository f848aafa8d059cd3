import type { ReportDocument, Result, Trace } from '#report/document.ts';

/** A run that ends in a cycle, with text that means something to XML, Markdown and Mermaid. */
export const spin: Trace = {
  token: 'v1.nomad-1.9.7.node-collected.0.3-1-7-7',
  length: 4,
  loopsTo: 2,
  steps: [
    {
      who: 'world',
      action: 'world stops allocation a1',
      source: '',
      events: [{ to: 'allocation a1', type: 'stopped' }],
      changed: [{ instance: 'allocation a1', from: 'running', to: 'terminal' }],
    },
    {
      who: 'server',
      action: 'server collects node n1',
      source: 'core_sched.go: nodeGC',
      events: [
        { to: 'node n1', type: 'collected' },
        { to: 'watcher v1', type: 'woken' },
      ],
      changed: [
        { instance: 'node n1', from: 'down', to: 'collected' },
        { instance: 'watcher v1', from: 'waiting', to: 'reaping' },
      ],
    },
    {
      who: 'watcher',
      action: 'watcher v1 fails: "missing external node ID" <n1> & more; #1',
      source: 'csi_endpoint.go: controllerUnpublishVolume',
      events: [{ to: 'unpublish v1|a1', type: 'failed' }],
      changed: [{ instance: 'unpublish v1|a1', from: 'controllerStep', to: 'idle, attempts *1*' }],
    },
    {
      who: 'watcher',
      action: 'watcher v1 starts a pass',
      source: 'volumewatcher/volume_watcher.go: volumeReap',
      events: [],
      changed: [],
    },
  ],
};

const reach: Trace = {
  token: 'v1.nomad-1.10.0.node-collected.1.2',
  length: 1,
  loopsTo: null,
  steps: spin.steps.slice(0, 1),
};

const base = {
  states: 2104,
  transitions: 7350,
  depth: 41,
  elapsedMs: 12.5,
  assumptions: ['A client that runs acts in the end.'],
  trace: null,
};

function result(given: Partial<Result> & Pick<Result, 'design' | 'scope' | 'promise' | 'verdict'>): Result {
  return {
    ...base,
    faults: 2,
    sentence: `${given.promise} ${given.verdict === 'holds' ? 'holds' : `is ${given.verdict}`} by ${given.design} in scope ${given.scope}.`,
    ...given,
  };
}

const old = 'nomad-1.9.7';
const fixed = 'nomad-1.10.0';

/** Two designs in two scopes: what holds, what is violated by a cycle, what has a bound and what is unknown. */
export const sample: ReportDocument = {
  schema: 'claimcheck/report@1',
  model: '0123456789abcdef',
  results: [
    result({ design: old, scope: 'happy-path', promise: 'everyClaimIsReleased', verdict: 'holds' }),
    result({
      design: old,
      scope: 'happy-path',
      promise: 'retriesAreBounded',
      verdict: 'holds',
      bound: { perTick: 3, total: 5 },
      bounds: { attempts: { perTick: 2, total: 2 }, 'node RPCs': { perTick: 3, total: 5 } },
      trace: reach,
    }),
    result({ design: fixed, scope: 'happy-path', promise: 'everyClaimIsReleased', verdict: 'holds' }),
    result({
      design: fixed,
      scope: 'happy-path',
      promise: 'retriesAreBounded',
      verdict: 'holds',
      bound: { perTick: 4, total: 4 },
      bounds: { attempts: { perTick: 4, total: 4 } },
      trace: reach,
    }),
    result({
      design: old,
      scope: 'node-collected',
      promise: 'everyClaimIsReleased',
      verdict: 'violated',
      faults: 0,
      sentence:
        'everyClaimIsReleased is violated by nomad-1.9.7 in scope node-collected: the claim of a1 on v1 stays <taken> for ever.',
      trace: spin,
    }),
    result({
      design: old,
      scope: 'node-collected',
      promise: 'retriesAreBounded',
      verdict: 'violated',
      faults: 0,
      bound: { perTick: 'unbounded', total: 'unbounded' },
      bounds: { attempts: { perTick: 'unbounded', total: 'unbounded' }, 'node RPCs': { perTick: 2, total: 2 } },
      trace: reach,
    }),
    result({
      design: fixed,
      scope: 'node-collected',
      promise: 'everyClaimIsReleased',
      verdict: 'holds',
      states: 82114,
    }),
    result({
      design: fixed,
      scope: 'node-collected',
      promise: 'retriesAreBounded',
      verdict: 'unknown',
      faults: 1,
      assumptions: ['A client that runs acts in the end.', 'No more than 1 fault.'],
      states: 1000000,
      bound: { perTick: 4, total: 'unknown' },
      sentence:
        'retriesAreBounded is unknown by nomad-1.10.0 in scope node-collected: the search stopped at the state limit.',
    }),
  ],
};
