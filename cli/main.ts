#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import envPaths from 'env-paths';
import { carryOver } from '#properties/carried.ts';
import { findPromise, promises } from '#properties/promises.ts';
import { replayToken } from '#properties/replay.ts';
import { exportInThread } from './export-thread.ts';
import { exits } from './failure.ts';
import { reproduceInThread } from './incident-thread.ts';
import { exerciseInThread, judgeInThread } from './judge-thread.ts';
import { modelHash, packageFolder, verdictCode } from './model-hash.ts';
import { run } from './program.ts';
import { provable } from './provable.ts';
import { rememberIn } from './remembered.ts';
import { spinHere } from './spin.ts';

process.on('SIGINT', () => {
  process.stderr.write('\nclaimcheck: interrupted; nothing was written\n');
  process.exit(exits.interrupted);
});
// Whoever reads the output may stop early (`| head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string };

process.exitCode = await run(process.argv.slice(2), {
  engine: {
    promises: promises.map(({ name }) => name),
    provable,
    applies: (promise, scope) => findPromise(promise).appliesTo(scope),
    judge: judgeInThread,
    exercise: exerciseInThread,
    export: (world, form, heard) => exportInThread({ world, form }, heard),
    replay: replayToken,
    carryOver,
    reproduce: reproduceInThread,
  },
  spin: spinHere,
  remembered: rememberIn(
    envPaths('claimcheck', { suffix: '' }).cache,
    verdictCode(),
    (message) => process.stderr.write(`claimcheck: ${message}\n`),
    Date.now,
  ),
  model: modelHash,
  version,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  env: process.env,
  now: () => performance.now(),
});
