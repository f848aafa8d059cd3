import { type Exploration, explore } from '#checker/explore.ts';
import type { Explored } from '#conformance/alone.ts';
import type { TableDocument } from '#conformance/table-document.ts';
import { tableOf } from '#conformance/table-tests.ts';
import type { Design } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { buildModel } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';
import { grouped } from '#report/words.ts';
import { memoryMb } from './judging-options.ts';
import type { PathsFollow } from './pathing.ts';

/** The scopes that between them show every situation an Unpublish can start from, if none is given. */
export const tableScopes = ['node-collected', 'partition', 'plugin-removed'] as const;

/** One fault is enough to come to each of them, and the table stays readable. */
const FAULTS = 1;

/** The table of a design over some scopes. A limit is no error: what it left out is said. */
export function findTable(
  design: Design,
  scopes: readonly Scope[],
  options: { readonly faults?: number; readonly limit?: number },
  { now, heard }: PathsFollow,
): Omit<TableDocument, 'model'> {
  const worlds = scopes.map((scope): Explored & { readonly faults: number } => {
    const faults = options.faults ?? Math.min(FAULTS, scope.topFaults);
    const model = buildModel(design, scope, faults);
    const exploration = explore(model.composition.system, {
      edges: true,
      ...(options.limit !== undefined && { maxStates: options.limit }),
      maxMemory: memoryMb * 1024 * 1024,
      now,
      onProgress: ({ states }) => heard(states),
    });
    if (exploration.edges() === null) {
      throw new InputError('the steps between the states take more memory than is allowed', {
        expected: 'a smaller scope, fewer faults, or a lower --limit',
      });
    }
    return { model, exploration, faults };
  });
  return {
    schema: 'claimcheck/table-tests@1',
    design: design.name,
    scopes: worlds.map(({ model, faults }) => ({ scope: model.cluster.scope.name, faults })),
    stopped: stoppedAt(worlds.map(({ exploration }) => exploration)),
    ...tableOf(worlds),
  };
}

function stoppedAt(explorations: readonly Exploration[]): string | null {
  const short = explorations.filter(({ stopped }) => stopped !== null);
  if (short.length === 0) return null;
  const limit = short.some(({ stopped }) => stopped === 'maxStates') ? '--limit' : 'memory';
  return `a search ended at ${short.map(({ states }) => grouped(states)).join(' and ')} states (${limit}); ways to start may be missing`;
}
