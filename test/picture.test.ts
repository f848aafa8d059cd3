import { readFileSync, writeFileSync } from 'node:fs';
import { instance } from '@viz-js/viz';
import { expect, test } from 'vitest';
import { explore } from '#checker/explore.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { lifeDot, lifeOf } from '#report/life.ts';

/** The README's picture: everything that happens to a claim of 2.0.5 where its machine may go down and be collected. */
async function picture(): Promise<string> {
  const { cluster, composition } = buildModel(findDesign('nomad-2.0.5'), findScope('node-collected'), 1);
  const [part] = cluster.claims;
  if (!part) throw new Error('the scope has no claim');
  const exploration = explore(composition.system, { edges: true });
  const life = lifeOf(composition, exploration, part.claim, (action) => composition.actions[action]?.note.rule ?? '');
  return (await instance()).renderString(lifeDot(life), { format: 'svg' });
}

test("the picture of the claim's life is drawn from the model as it is", async () => {
  const drawn = await picture();
  if (process.env.UPDATE === '1') writeFileSync('docs/claim.svg', drawn);
  expect(readFileSync('docs/claim.svg', 'utf8')).toBe(drawn);
});
