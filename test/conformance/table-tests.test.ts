import { Ajv } from 'ajv';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { findTable, tableScopes } from '#cli/tabling.ts';
import { type TableCase, tableJsonSchema, tableSchema } from '#conformance/table-document.ts';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { replayToken } from '#properties/replay.ts';

const follow = { now: () => 0, heard: () => undefined };
const tables = new Map(
  ['nomad-1.9.7', 'nomad-1.10.0', 'nomad-2.0.5'].map((design) => {
    const found = findTable(findDesign(design), tableScopes.map(findScope), {}, follow);
    return [design, { model: '0123456789abcdef', ...found }] as const;
  }),
);
const tableOf = (design: string) => tables.get(design) ?? expect.fail();

describe.each([...tables.keys()])('the table of %s', (design) => {
  const table = tableOf(design);
  const { cases, situations } = table;

  test('keeps its schema, and the JSON schema of it', () => {
    expect(v.parse(tableSchema, JSON.parse(JSON.stringify(table)))).toEqual(table);
    const validate = new Ajv().compile(tableJsonSchema);
    expect(validate(JSON.parse(JSON.stringify(table))), JSON.stringify(validate.errors)).toBe(true);
    const [first] = cases;
    expect(validate({ ...table, cases: [{ ...first, expected: {} }] })).toBe(false);
  });

  test('has every situation that an Unpublish can start from, or the reason why it cannot', () => {
    expect(situations).toHaveLength(20);
    for (const { State, node, ExternalNodeID, cases: found, impossible } of situations) {
      const can = ['taken', 'unpublishing', 'node-detached'].includes(State) && ExternalNodeID === 'unknown';
      expect({ State, node, ExternalNodeID, isFound: found.length > 0, isExplained: impossible !== null }).toEqual({
        State,
        node,
        ExternalNodeID,
        isFound: can,
        isExplained: !can,
      });
      for (const at of found) {
        const { PastClaim, WriteClaim } = cases[at]?.initial ?? expect.fail();
        expect((PastClaim ?? WriteClaim)?.State).toBe(State);
      }
    }
  });

  test('names each case once, and expects what server.md section 3 says of that release', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    for (const one of cases) {
      const { error, isFreed, nodeCalls, controllerCalls } = bySection3(one, design);
      const calls = (rpc: string) =>
        one.steps.flatMap(({ seen }) => seen.filter(({ what, fields }) => what === 'call' && fields.rpc === rpc))
          .length;
      const { WriteClaim, PastClaim } = one.expected;
      expect(
        {
          error: one.expected.error,
          isFreed: WriteClaim === null && PastClaim === null,
          nodeCalls: calls('NodeDetachVolume'),
          controllerCalls: calls('ControllerDetachVolume'),
        },
        one.name,
      ).toEqual({ error: error === null ? null : expect.stringContaining(error), isFreed, nodeCalls, controllerCalls });
    }
  });

  test('writes no access mode and no external node ID, and a reply has the error that is expected', () => {
    for (const { steps, expected, request } of cases) {
      const seen = steps.flatMap((step) => step.seen);
      for (const { what, fields } of seen) {
        if (what === 'write')
          expect(fields).toMatchObject({ type: 'CSIVolumeClaim', access: null, externalNode: null });
      }
      const replies = seen.filter(({ what }) => what === 'reply');
      expect(replies).toHaveLength(request.caller === 'client' ? 1 : 0);
      for (const { fields } of replies) expect(fields.error ?? null).toBe(expected.error);
    }
  });

  test('comes with runs that end as it says', () => {
    const find = { design: findDesign, scope: findScope };
    for (const { token, steps, name } of cases.filter((_, at) => at % 6 === 0)) {
      const { trace } = replayToken(token, find);
      expect(
        trace.steps.slice(-steps.length).map(({ who, action, source }) => ({ who, source, action })),
        name,
      ).toEqual(
        steps.map(({ who, does, source }) => ({ who, source, action: expect.stringContaining(`${who} ${does} (`) })),
      );
    }
  });
});

test('where the node has no row, 1.10.0 expects of no request what 1.9.7 expects of it', () => {
  const [before, after] = ['nomad-1.9.7', 'nomad-1.10.0'].map((design) =>
    tableOf(design)
      .cases.filter(({ initial }) => initial.node === 'collected')
      .map(({ request, initial, expected }) =>
        JSON.stringify([request, initial.WriteClaim, initial.PastClaim, initial.fingerprint, expected.error]),
      ),
  );
  expect(before?.length).toBeGreaterThan(0);
  expect(after?.length).toBeGreaterThan(0);
  for (const one of after ?? []) expect(before).not.toContain(one);
});

test('a limit stops with what there is and says so', () => {
  const table = findTable(findDesign('nomad-2.0.5'), [findScope('node-collected')], { limit: 500 }, follow);
  expect(table.stopped).toContain('--limit');
  expect(table.cases.length).toBeGreaterThan(0);
});

test('the schema of the table is exported as JSON Schema', async () => {
  const text = `${JSON.stringify(tableJsonSchema, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../conformance/table-tests.schema.json');
});

/**
 * What an Unpublish of a claim does, by the text of server.md 3.2 and 3.3 alone and in its order: N1, N2, K2 to K8. What a
 * mock decides (whether a call fails) is read off the case.
 */
function bySection3({ initial, request, steps }: TableCase, design: string) {
  const failed = (rpc: string) =>
    steps.some(({ seen }) =>
      seen.some(({ what, fields }) => what === 'return' && fields.rpc === rpc && fields.ok === false),
    );
  const ends = (error: string | null, nodeCalls: number, controllerCalls: number) => ({
    error,
    isFreed: error === null,
    nodeCalls,
    controllerCalls,
  });
  if (initial.volume === 'missing') return ends('no such volume', 0, 0);
  const isNodeStepDue = request.Claim.State !== 'node-detached';
  const asksNode = isNodeStepDue && !['down', 'collected'].includes(initial.node) && request.Claim.AccessMode !== '';
  const isCut = initial.machine !== 'running';
  if (asksNode && isCut) return ends('could not detach from node', 0, 0);
  if (asksNode && failed('NodeDetachVolume')) return ends('could not detach from node', 1, 0);
  const nodeCalls = Number(asksNode);
  const plugin = initial.controllerPlugin.split(',')[0];
  if (plugin === 'missing') return ends('no such plugin', nodeCalls, 0);
  if (plugin === 'gone') return ends(null, nodeCalls, 0);
  if (initial.node === 'collected') {
    const fails = design === 'nomad-1.9.7';
    return ends(fails ? 'missing external node ID: Unknown node: n1' : null, nodeCalls, 0);
  }
  if (!initial.fingerprint) return ends('missing external node ID: failed to find storage provider info', nodeCalls, 0);
  if (plugin !== 'registered') return ends('could not detach from controller', nodeCalls, 0);
  return ends(failed('ControllerDetachVolume') ? 'could not detach from controller' : null, nodeCalls, 1);
}
