import { parentPort } from 'node:worker_threads';
import { makeHelp } from '#checker/crew.ts';

// A thread that helps another one with its search; it lives until that one is done.
parentPort?.on('message', makeHelp());
