import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';

const Text = v.pipe(v.string(), v.nonEmpty());
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const Claim = v.strictObject({
  AllocationID: said(Text, 'The allocation.'),
  NodeID: said(Text, 'The Nomad node.'),
  ExternalNodeID: said(v.string(), 'What the provider calls the node; empty: no release since 1.3.0 stores it.'),
  Mode: said(v.picklist(['write']), 'The claim mode.'),
  AccessMode: said(v.string(), 'Empty where a checkpoint wrote it away, or where the client did not send it.'),
  State: said(Text, 'taken, unpublishing, node-detached, ready-to-free.'),
});

const Row = v.strictObject({
  volume: said(Text, 'Whether the volume has a row: registered or missing.'),
  WriteClaim: said(v.nullable(Claim), 'WriteClaims[alloc] of the row; null if there is none.'),
  PastClaim: said(v.nullable(Claim), 'PastClaims[alloc] of the row; null if there is none.'),
});

const Initial = v.strictObject({
  ...Row.entries,
  node: said(Text, 'Node.Status: ready, down; collected if there is no row.'),
  fingerprint: said(v.boolean(), 'Whether the node row, or the one that the agent would write, knows the node plugin.'),
  machine: said(Text, 'What the machine really does: running, partitioned, agentGone, gone.'),
  nodePlugin: said(Text, 'The node plugin on that machine.'),
  controllerPlugin: said(
    Text,
    'The plugin as the servers have it: registered, unhealthy, gone (no controller left), missing (no row).',
  ),
  allocation: said(Text, "The allocation's record: live, stopping, terminal.*, collected."),
  mount: said(Text, 'The volume on the host.'),
  attachment: said(Text, "The volume at the provider: the provider's truth."),
  others: said(
    v.array(v.strictObject({ AllocationID: Text, ...Row.entries, allocation: Text })),
    'The other claims on the volume.',
  ),
});

const Seen = v.strictObject({
  what: said(Text, 'write: a Raft write; call and return: a client RPC; reply: the answer to the request.'),
  fields: said(
    v.record(v.string(), v.union([v.string(), v.boolean(), v.null(), v.array(v.string())])),
    'Its fields, named as in the recordings; a text in `error` need only be contained in what Nomad says; null is absent.',
  ),
});

const Case = v.strictObject({
  name: said(Text, 'Unique: how it starts, and what it does.'),
  scope: said(Text, 'The world in which it was found.'),
  initial: said(Initial, 'What is stored and what is so when the request is taken up.'),
  request: said(
    v.strictObject({
      caller: said(v.picklist(['client', 'watcher']), 'client: an RPC; watcher: the leader calls itself.'),
      VolumeID: said(Text, 'The volume.'),
      Claim: said(Claim, 'The claim in the request, as that caller sends it.'),
    }),
    'CSIVolumeUnpublishRequest.',
  ),
  steps: said(
    v.array(
      v.strictObject({
        who: said(Text, 'Who takes it.'),
        does: said(Text, 'What it is.'),
        source: said(v.string(), 'File and function in Nomad.'),
        seen: said(v.array(Seen), 'What a recorder sees of it, in order: what the test has to expect, or to answer.'),
        after: said(Row, "The volume's row after it."),
      }),
    ),
    'What happens until the request has ended, with nobody else in between.',
  ),
  expected: said(
    v.strictObject({
      ...Row.entries,
      error: said(v.nullable(Text), 'A text that the error contains; null if the request succeeds.'),
      attachment: said(Text, 'The volume at the provider.'),
      mount: said(Text, 'The volume on the host.'),
    }),
    'What is so when it has ended.',
  ),
  token: said(Text, 'Replays how it comes to that, and the case itself: claimcheck trace TOKEN.'),
});

const Situation = v.strictObject({
  State: said(Text, 'The stored progress with which an Unpublish could start.'),
  node: said(v.picklist(['present', 'collected']), 'Whether the node has a row.'),
  ExternalNodeID: said(
    v.picklist(['known', 'unknown']),
    "Whether the stored claim knows the provider's name of the node.",
  ),
  cases: said(v.array(Whole), 'The cases that start so: places in `cases`.'),
  impossible: said(v.nullable(Text), 'Why none does; null if some do, or if only these scopes have none.'),
});

/** Every field of what `paths --as table-tests` prints. */
export const tableSchema = v.strictObject({
  schema: said(v.literal('claimcheck/table-tests@1'), 'The format and its version.'),
  model: said(Text, 'Hash of models, composition and promises.'),
  design: said(Text, 'The release, or the design, whose behaviour this is.'),
  scopes: said(v.array(v.strictObject({ scope: Text, faults: Whole })), 'The worlds in which the cases were found.'),
  stopped: said(v.nullable(Text), 'Which limit ended the search, and what is missing therefore; null if nothing is.'),
  cases: said(
    v.array(Case),
    'Cases that start in every way that the store tells apart and take every step that an Unpublish can take alone.',
  ),
  situations: said(v.array(Situation), 'Every situation that an Unpublish might start from.'),
  alone: said(
    v.array(Text),
    'Steps of an Unpublish that no case takes: they come before it is taken up, need somebody else in between, or a fault that these scopes lack.',
  ),
});

/** A table of tests of one release's Unpublish. */
export type TableDocument = v.InferOutput<typeof tableSchema>;
export type TableCase = v.InferOutput<typeof Case>;
export type TableRow = v.InferOutput<typeof Row>;
export type TableClaim = v.InferOutput<typeof Claim>;
export type TableInitial = v.InferOutput<typeof Initial>;

/** The table's schema as JSON Schema (draft 7). */
export const tableJsonSchema: Record<string, unknown> = {
  ...toJsonSchema(tableSchema),
  title: 'Claimcheck table tests, version 1',
};

function said<S extends v.GenericSchema>(schema: S, meaning: string) {
  return v.pipe(schema, v.description(meaning));
}
