import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster, UnpublishPart } from '#models/cluster.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { UnpublishView } from '#models/machines/unpublish.ts';
import type { VolumeView } from '#models/machines/volume.ts';
import { client, type ModelAction, type Observation, server, world } from '#models/note.ts';
import { sources } from '#models/sources.ts';
import { checkpoints } from './checkpoint.ts';
import { answered, failed, log, orphaned } from './telling.ts';

/** The node step of an Unpublish: server.md section 3.2. */
export function nodeStep(cluster: Cluster, one: UnpublishPart): ModelAction[] {
  const part = one.of;
  const { behaviours, faults } = cluster;
  const { unpublish } = one;
  const { node, plugin } = part.node;
  const isSkipped = (at: NodeView) =>
    behaviours.nodeStepOnDownNode === 'skip' && at.at('believed.down', 'believed.collected');
  const isTrusted = (at: UnpublishView) => behaviours.emptyAccessMode === 'stepDone' && !at.context.access;
  const isCalled = (at: UnpublishView, node: NodeView) => at.at('nodeStep') && !isTrusted(at) && !isSkipped(node);
  const isReached = (node: NodeView) => node.at('machine.running') && !node.at('believed.collected');
  const isUnknownAndDone = (node: NodeView) =>
    behaviours.nodeCallToUnknownNode === 'done' && node.at('believed.collected');
  const done = (at: UnpublishView) => at.gets('nodeStepDone');
  const vol = part.volume.name;
  /** Before 1.2.5 the call names the volume's mode of now, where it matters. */
  const rows = part.volume.takesItsMode ? [part.volume.volume] : [];
  const isOtherMode = (at: readonly VolumeView[]) => at.some((row) => row.context.mode !== part.mode);

  return [
    // A node that is believed down or is collected cannot answer, so its step counts as done.
    checkpoints(cluster, one, 'skips the node step', {
      source: sources.nodeUnpublish,
      reads: { node },
      when: ({ node }, unpublish) => unpublish.at('nodeStep') && isSkipped(node),
      state: () => 'node-detached',
      isNodeStep: true,
      becomes: done,
      logged: () => [log.nodeUnpublish(vol), log.nodeSkipped],
    }),
    // An empty access mode is meant to say that the client has unmounted already.
    checkpoints(cluster, one, 'takes the node step for done', {
      source: sources.nodeUnpublishImpl,
      reads: { node },
      when: ({ node }, unpublish) => unpublish.at('nodeStep') && isTrusted(unpublish) && !isSkipped(node),
      state: () => 'node-detached',
      isNodeStep: true,
      becomes: done,
      logged: () => [log.nodeUnpublish(vol)],
    }),
    server('asks the node to unmount', {
      of: one.name,
      source: sources.nodeUnpublishImpl,
      participants: { unpublish, node },
      step: ({ unpublish, node }) =>
        isCalled(unpublish, node) && isReached(node) ? [unpublish.gets('callsNode')] : disabled,
      seen: () => [nodeCall(part, 'call')],
      logged: () => [log.nodeUnpublish(vol)],
      counts: { what: 'nodeCalls', claim: part.name },
    }),
    // The servers hold no connection to that client: the call goes nowhere and fails at once.
    server('cannot reach the node', {
      of: one.name,
      source: sources.nodeUnpublishImpl,
      participants: { unpublish, node },
      step: ({ unpublish, node }) =>
        isCalled(unpublish, node) && !isReached(node) && !isUnknownAndDone(node) ? [unpublish.gets('ends')] : disabled,
      seen: () => answered(one, 'could not detach from node'),
      logged: () => [log.nodeUnpublish(vol), ...failed(one, 'could not detach from node: No path to node')],
      counts: { what: 'nodeCalls', claim: part.name },
    }),
    ...(behaviours.nodeStepOnDownNode === 'call' && behaviours.nodeCallToUnknownNode === 'done'
      ? [
          checkpoints(cluster, one, 'finds the node unknown, which is as good as done', {
            source: sources.nodeUnpublishImpl,
            reads: { node },
            when: ({ node }, unpublish) => isCalled(unpublish, node) && isUnknownAndDone(node),
            state: () => 'node-detached',
            isNodeStep: true,
            becomes: done,
            logged: () => [log.nodeUnpublish(vol)],
          }),
        ]
      : []),
    client('unmounts for the servers', {
      of: one.name,
      source: sources.unmountVolume,
      participants: { unpublish, node, plugin, mount: part.mount, rows },
      step: ({ unpublish, node, plugin, mount, rows }) =>
        unpublish.at('nodeCall') && node.at('machine.running') && plugin.at('registered') && !isOtherMode(rows)
          ? [
              unpublish.gets(unpublish.context.old ? 'ends' : 'nodeAnswered'),
              mount.gets('unpublished', { alloc: part.alloc }),
            ]
          : disabled,
      seen: ({ unpublish }) => [nodeCall(part, 'return', true), ...orphaned(one, unpublish)],
      waitsFor: 'call',
    }),
    // The path holds the mode: under another one nothing is mounted.
    ...(part.volume.takesItsMode
      ? [
          client('finds nothing mounted in that mode', {
            of: one.name,
            source: sources.unmountVolume,
            participants: { unpublish, node, plugin, rows },
            step: ({ unpublish, node, plugin, rows }) =>
              unpublish.at('nodeCall') && node.at('machine.running') && plugin.at('registered') && isOtherMode(rows)
                ? [unpublish.gets('ends')]
                : disabled,
            seen: () => answered(one, 'could not detach from node'),
            logged: () => failed(one, 'could not detach from node: missing target path'),
            waitsFor: 'call',
          }),
        ]
      : []),
    // The connection broke under the call, or there is no plugin to call: no fault of its own, but a consequence.
    client('fails to unmount for the servers', {
      of: one.name,
      source: sources.unmountVolume,
      participants: { unpublish, node, plugin },
      step: ({ unpublish, node, plugin }) =>
        unpublish.at('nodeCall') && (!node.at('machine.running') || !plugin.at('registered'))
          ? [unpublish.gets('ends')]
          : disabled,
      seen: ({ node }) => [
        ...(node.at('machine.running') ? [nodeCall(part, 'return', false)] : []),
        ...answered(one, 'could not detach from node'),
      ],
      logged: () => failed(one, 'could not detach from node: plugin not found or no path to node'),
      waitsFor: 'call',
    }),
    ...(cluster.byHand ? [true, false] : []).map((ok) =>
      client(`goes away under a node call, answers ${ok} late`, {
        of: one.name,
        source: sources.unmountVolume,
        participants: { unpublish, node },
        step: ({ unpublish, node }) =>
          unpublish.at('nodeCall') && !node.at('machine.running') ? [unpublish.gets('ends')] : disabled,
        seen: () => [...answered(one, 'could not detach from node'), nodeCall(part, 'return', ok)],
        waitsFor: 'call',
      }),
    ),
    world('fails a node call', {
      of: one.name,
      source: sources.unmountVolume,
      participants: { unpublish, faults },
      step: ({ unpublish, faults }) =>
        unpublish.at('nodeCall') && mayHappen(faults.context, 'rpcFailure')
          ? [unpublish.gets('ends'), faults.gets('happens', { kind: 'rpcFailure' })]
          : disabled,
      seen: () => [nodeCall(part, 'return', false), ...answered(one, 'could not detach from node')],
      logged: () => failed(one, 'could not detach from node: the node plugin failed'),
      fault: 'rpcFailure',
      waitsFor: 'call',
    }),
    world('loses the reply of a node call', {
      of: one.name,
      source: sources.unmountVolume,
      participants: { unpublish, node, plugin, mount: part.mount, faults },
      step: ({ unpublish, node, plugin, mount, faults }) =>
        unpublish.at('nodeCall') &&
        node.at('machine.running') &&
        plugin.at('registered') &&
        mayHappen(faults.context, 'replyLost')
          ? [
              unpublish.gets('ends'),
              mount.gets('unpublished', { alloc: part.alloc }),
              faults.gets('happens', { kind: 'replyLost' }),
            ]
          : disabled,
      seen: () => [nodeCall(part, 'return', true), ...answered(one, 'could not detach from node')],
      logged: () => failed(one, 'could not detach from node: context deadline exceeded'),
      fault: 'replyLost',
      waitsFor: 'call',
    }),
    checkpoints(cluster, one, 'checkpoints the node step', {
      source: sources.checkpoint,
      reads: {},
      when: (_, unpublish) => unpublish.at('nodeDone'),
      state: () => 'node-detached',
      isNodeStep: true,
      becomes: done,
    }),
  ];
}

function nodeCall(part: ClaimPart, what: 'call' | 'return', ok?: boolean): Observation {
  return {
    what,
    fields: {
      rpc: 'NodeDetachVolume',
      vol: part.volume.name,
      at: part.node.name,
      alloc: part.alloc,
      ...(ok !== undefined && { ok }),
    },
  };
}
