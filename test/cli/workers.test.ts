import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import type { Crew } from '#checker/crew.ts';
import { explore } from '#checker/explore.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope, scopeNames } from '#models/scopes/scope.ts';

/** The thread that the command line hires, as it was built. */
const thread = new Worker(new URL('../../dist/cli/search-helper.js', import.meta.url), { execArgv: [] });
const crew: Crew = { size: 1, start: (job) => thread.postMessage(job) };
afterAll(() => thread.terminate());

test.each(scopeNames)('two threads find in %s what one finds, in the same order', (scope) => {
  const world = findScope(scope);
  const system = () => buildModel(findDesign('nomad-2.0.5'), world, Math.min(1, world.topFaults)).composition.system;
  const limits = { maxStates: 100_000, edges: true };
  const alone = explore(system(), limits);
  const together = explore(system(), { ...limits, crew, crewFrom: 512 });
  const counts = ({ states, transitions, expanded, depth, stopped }: typeof alone) => [
    states,
    transitions,
    expanded,
    depth,
    stopped,
  ];
  expect(counts(together)).toEqual(counts(alone));
  const found = ({ found: { words, parents, via, layout }, states, edges }: typeof alone) =>
    [
      words.subarray(0, states * layout.width),
      parents.subarray(0, states),
      via.subarray(0, states),
      edges()?.targets.subarray(0, edges()?.count),
      edges()?.labels.subarray(0, edges()?.count),
    ].map((array) => Buffer.from(Uint8Array.from(new Uint8Array(array?.slice().buffer ?? new ArrayBuffer(0)))));
  for (const [at, array] of found(alone).entries()) expect(found(together)[at]?.equals(array)).toBe(true);
});
