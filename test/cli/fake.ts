import type { Engine, World } from '#cli/engine.ts';
import { run } from '#cli/program.ts';
import type { Spin } from '#cli/spin.ts';
import type { Stage } from '#cli/stage.ts';
import { InputError } from '#models/input.ts';
import type { Result } from '#report/document.ts';
import { spin } from '../report/sample.ts';

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The verdicts a fake engine gives: by promise, `holds` if not said otherwise. */
export type Verdicts = Readonly<Record<string, Result['verdict']>>;

/** Runs a command line against an engine that answers at once with the given verdicts. */
export async function claimcheck(
  args: readonly string[],
  verdicts: Verdicts = {},
  stage: Partial<Stage> = {},
): Promise<Ended & { readonly judged: readonly World[] }> {
  const judged: World[] = [];
  let out = '';
  let err = '';
  const code = await run(args, {
    engine: fakeEngine(verdicts, judged),
    spin: noSpin,
    remembered: null,
    model: () => '0123456789abcdef',
    version: '1.2.3',
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    env: {},
    now: () => 0,
    ...stage,
  });
  return { code, out, err, judged };
}

/** A machine without Spin. */
const noSpin: Spin = {
  missing: () => Promise.resolve(['spin', 'gcc']),
  search: () => Promise.reject(new Error('never')),
};

function fakeEngine(verdicts: Verdicts, judged: World[]): Engine {
  return {
    promises: ['everyClaimIsReleased', 'retriesAreBounded', 'clusterFallsQuiet'],
    provable: [{ promise: 'everyClaimIsReleased', byDefault: true }],
    applies: () => true,
    judge: (world) => {
      judged.push(world);
      return Promise.resolve(world.promises.map((promise) => resultOf(world, promise, verdicts[promise] ?? 'holds')));
    },
    exercise: () =>
      Promise.resolve({
        actions: { 'watcher starts a pass': true, 'server elects a leader': false },
        states: {},
        guards: {},
      }),
    export: ({ design, scope }, form) => {
      const text = `${design.name} in ${scope.name} as ${form}\n`;
      return Promise.resolve({ text, states: 10, transitions: 20, answers: [] });
    },
    carryOver: (run, design) => (design.name.includes('2.0.5') ? null : { step: run.length, action: 'an action' }),
    reproduce: ({ key }) => Promise.resolve({ key, affected: [], fixed: [] }),
    replay: (token, find) => {
      const [version, design = '', scope = ''] = token.split(':');
      if (version !== 'v1') throw new InputError(`"${token}" is no token`, { expected: 'a token that starts with v1' });
      return {
        design: find.design(design).name,
        scope: find.scope(scope).name,
        faults: 0,
        trace: { ...spin, token },
        log: ['2025-03-11T17:01:50.738Z [ERROR] nomad.volumes_watcher: error releasing volume claims'],
      };
    },
  };
}

function resultOf({ design, scope }: World, promise: string, verdict: Result['verdict']): Result {
  const token = `v1:${design.name}:${scope.name}`;
  return {
    design: design.name,
    scope: scope.name,
    faults: 0,
    promise,
    verdict,
    states: 10,
    transitions: 20,
    depth: 3,
    elapsedMs: 1,
    sentence: `${promise}: ${verdict}.`,
    assumptions: [],
    trace: verdict === 'violated' ? { ...spin, token } : null,
  };
}
