import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { takeAction } from '#checker/step.ts';
import { exportForms } from '#cli/export-thread.ts';
import { exportWorld } from '#cli/exporting.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { findScope } from '#models/scopes/scope.ts';
import { systemSchema } from '#report/system-document.ts';
import { claimcheck } from './fake.ts';

const follow = { now: () => 0, heard: () => undefined };
const world = { design: findDesign('nomad-2.0.5'), scope: findScope('happy-path'), promises: [], limits: {} };

describe('export', () => {
  test.each(exportForms)('prints %s and ends with 0', async (form) => {
    expect(await claimcheck(['export', '--to', form])).toMatchObject({
      code: 0,
      out: `nomad-2.0.5 in happy-path as ${form}\n`,
    });
  });

  test('writes to a file instead', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'claimcheck-')), 'system.aut');
    const { code, out: printed } = await claimcheck(['export', '--to', 'aut', '--design', 'nomad-1.9.7', '--out', out]);
    expect({ code, printed }).toEqual({ code: 0, printed: '' });
    expect(readFileSync(out, 'utf8')).toBe('nomad-1.9.7 in happy-path as aut\n');
  });

  test('takes --json for --to json', async () => {
    expect((await claimcheck(['export', '--json'])).out).toBe((await claimcheck(['export', '--to', 'json'])).out);
  });
});

test('what is exported as JSON keeps its schema, and its rows are what the actions do', () => {
  const document = v.parse(systemSchema, JSON.parse(exportWorld(world, 'json', follow).text));
  const { system } = buildModel(world.design, world.scope, 0).composition;
  expect(document).toMatchObject({ design: 'nomad-2.0.5', scope: 'happy-path', faults: 0 });
  let compared = 0;
  const locals = document.instances.map(({ initial }) => initial);
  for (const [at, { participants, rows }] of document.actions.entries()) {
    const here = participants.map((field) => locals[field]);
    const row = rows.find(({ from }) => from.join() === here.join());
    const next = takeAction(system, locals, at);
    expect(participants.map((field) => next?.[field])).toEqual(row?.to ?? participants.map(() => undefined));
    compared += Number(row !== undefined);
  }
  expect(compared).toBeGreaterThan(0);
});

test.each(exportForms)('a world beyond the limits is not exported to %s, and the answer says so', (form) => {
  expect(() => exportWorld({ ...world, limits: { maxStates: 100 } }, form, follow)).toThrow(
    /the search ended after [\d,]+ states; expected a smaller scope, fewer faults, or a higher --max-states/,
  );
});
