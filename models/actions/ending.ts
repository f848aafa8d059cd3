import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { NodeView } from '#models/machines/node.ts';
import { client, type ModelAction, operator, server, world } from '#models/note.ts';
import { isTerminal, wokenByUpdate } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { checkpoints } from './release/checkpoint.ts';
import { entering } from './release/controllerStep.ts';

/** How an allocation ends, and what its client does and says then: surroundings.md A.3 to A.5. */
export function ending(cluster: Cluster): ModelAction[] {
  return cluster.claims.flatMap((part) => [
    // By hand a client is what it says, and only that.
    ...(cluster.byHand ? [] : [...stopping(cluster, part), ...postrun(cluster, part)]),
    ...asking(cluster, part),
  ]);
}

const reachesServers = (at: NodeView) => at.at('machine.running') && at.at('believed.ready');
const isAlive = (at: NodeView) => !at.at('machine.gone');

function stopping({ behaviours, scope, server }: Cluster, part: ClaimPart): ModelAction[] {
  const { allocation } = part;
  const { node } = part.node;
  return [
    ...(scope.events.includes('jobStopped') && !part.stays
      ? [
          operator('stops the job', {
            of: part.alloc,
            source: sources.jobStop,
            participants: { allocation, server },
            step: ({ allocation, server }) =>
              !isTerminal(allocation) && server.at('leader') ? [allocation.gets('isToldToStop')] : disabled,
          }),
        ]
      : []),
    client('ends the task as told', {
      of: part.alloc,
      source: sources.allocRunner,
      participants: { allocation, node },
      step: ({ allocation, node }) =>
        allocation.at('client.running') && isTerminal(allocation) && reachesServers(node)
          ? [allocation.gets('ended')]
          : disabled,
    }),
    ...(part.stays
      ? []
      : [
          world('ends the task', {
            of: part.alloc,
            source: sources.allocRunner,
            participants: { allocation, node },
            step: ({ allocation, node }) =>
              allocation.at('client.running') && isAlive(node) ? [allocation.gets('ended')] : disabled,
          }),
        ]),
    client('reports the end', {
      of: part.alloc,
      source: sources.updateAlloc,
      participants: { allocation, node, server },
      step: ({ allocation, node, server }) =>
        allocation.at(
          'client.ended',
          'client.unmounted',
          'client.stillMounted',
          'client.retrying',
          'client.late',
          'client.over',
        ) &&
        allocation.at('record.live', 'record.stopping', 'record.unknown', 'record.terminal.lost') &&
        reachesServers(node) &&
        server.at('leader')
          ? [allocation.gets('reportsItsEnd'), ...wokenByUpdate(server, behaviours)]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'AllocClientUpdate', alloc: part.alloc, client: 'complete' } }],
    }),
    // The update of a client whose kill takes longer than its next report: lost is overwritten.
    client('reports a lost task as running', {
      of: part.alloc,
      source: sources.updateAlloc,
      fairness: 'none',
      participants: { allocation, node, server },
      step: ({ allocation, node, server }) =>
        allocation.at('client.running') &&
        allocation.at('record.terminal.lost') &&
        reachesServers(node) &&
        server.at('leader')
          ? [allocation.gets('reportsRunning')]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'AllocClientUpdate', alloc: part.alloc, client: 'running' } }],
    }),
  ];
}

function postrun({ behaviours, faults }: Cluster, part: ClaimPart): ModelAction[] {
  const { allocation, mount } = part;
  if (behaviours.unmountBy === 'servers') return [leavesItToTheServers(part)];
  const isHeldBack = behaviours.failedUnmount === 'holdsBack';
  const { node, plugin } = part.node;
  const hasRunner = (at: NodeView) => !at.at('machine.gone', 'machine.agentGone');
  return [
    client('unmounts the volume', {
      of: part.name,
      source: sources.postrun,
      participants: { allocation, node, plugin, mount },
      step: ({ allocation, node, plugin, mount }) =>
        allocation.at('client.ended') && hasRunner(node) && plugin.at('registered')
          ? [allocation.gets('unmounted'), mount.gets('unpublished', { alloc: part.alloc })]
          : disabled,
    }),
    client('finds no plugin to unmount with', {
      of: part.name,
      source: sources.postrun,
      participants: { allocation, node, plugin },
      step: ({ allocation, node, plugin }) =>
        allocation.at('client.ended') && hasRunner(node) && !plugin.at('registered')
          ? [allocation.gets('unmountFailed')]
          : disabled,
    }),
    world('fails an unmount', {
      of: part.name,
      source: sources.postrun,
      participants: { allocation, node, faults },
      step: ({ allocation, node, faults }) =>
        allocation.at('client.ended') && hasRunner(node) && mayHappen(faults.context, 'rpcFailure')
          ? [allocation.gets('unmountFailed'), faults.gets('happens', { kind: 'rpcFailure' })]
          : disabled,
      fault: 'rpcFailure',
    }),
    client('unmounts the volume at last', {
      of: part.name,
      source: sources.unmountWithRetry,
      participants: { allocation, node, plugin, mount },
      step: ({ allocation, node, plugin, mount }) =>
        allocation.at('client.retrying') && hasRunner(node) && plugin.at('registered')
          ? [allocation.gets('unmounted'), mount.gets('unpublished', { alloc: part.alloc })]
          : disabled,
    }),
    ...(isHeldBack
      ? [
          client('holds Unpublish back', {
            of: part.name,
            source: sources.postrun,
            participants: { allocation, node },
            step: ({ allocation, node }) =>
              allocation.at('client.stillMounted') && hasRunner(node) ? [allocation.gets('unpublishSent')] : disabled,
          }),
        ]
      : []),
    // A day has passed, or the agent stops: Unpublish is sent whatever came of the unmount, unless it was held back for it.
    client('gives up unmounting', {
      of: part.name,
      source: sources.unmountWithRetry,
      participants: { allocation, node, plugin },
      step: ({ allocation, node, plugin }) =>
        allocation.at('client.retrying') && hasRunner(node) && !plugin.at('registered')
          ? [allocation.gets(isHeldBack ? 'gaveUp' : 'unmountFailed')]
          : disabled,
      waitsFor: 'timer',
    }),
  ];
}

/** Before 1.2.5 a client only said that it was done; the servers came back to it for the unmount. */
function leavesItToTheServers(part: ClaimPart): ModelAction {
  return client('leaves the unmount to the servers', {
    of: part.name,
    source: sources.postrun,
    participants: { allocation: part.allocation, node: part.node.node },
    step: ({ allocation, node }) =>
      allocation.at('client.ended', 'client.stillMounted') && !node.at('machine.gone', 'machine.agentGone')
        ? [allocation.gets('unmounted')]
        : disabled,
  });
}

/**
 * The client's own Unpublish: sent once, never again, whoever hears it. After a failed unmount a second one follows.
 * Left out: the second beside a first that still hangs; the watcher's beside the client's shows what two do to each other.
 */
function asking(cluster: Cluster, part: ClaimPart): ModelAction[] {
  const { server: servers } = cluster;
  if (cluster.behaviours.releaseStartedBy === 'update') return [];
  const { allocation } = part;
  const { node } = part.node;
  const { reads, enters } = entering(cluster, part);
  const isDue = (at: AllocationView) =>
    at.at('client.unmounted', 'client.late') ||
    (cluster.behaviours.failedUnmount === 'unpublishes' && at.at('client.stillMounted'));
  return part.unpublishes
    .filter((one) => one.caller !== 'watcher')
    .flatMap((one, seat, seats) => [
      client('sends Unpublish', {
        of: one.name,
        source: sources.clientUnpublish,
        // By hand several are sent beside each other; the seats are alike, and taken in their order.
        participants: {
          allocation,
          node,
          unpublish: one.unpublish,
          before: cluster.byHand ? seats.slice(0, seat).map((other) => other.unpublish) : [],
        },
        step: ({ allocation, node, unpublish, before }) => {
          if (!unpublish.at('idle')) return disabled;
          if (cluster.byHand)
            return before.some((other) => other.at('idle')) ? disabled : [unpublish.gets('isRequested')];
          if (node.at('believed.collected')) return disabled;
          return isDue(allocation) && node.at('machine.running')
            ? [allocation.gets('unpublishSent'), unpublish.gets('isRequested')]
            : disabled;
        },
        seen: () => [
          {
            what: 'request',
            fields: {
              op: 'Unpublish',
              vol: part.volume.name,
              alloc: part.alloc,
              node: part.node.name,
              state: 'unpublishing',
            },
          },
        ],
      }),
      // No server to be reached, or none that knows the node: the request fails and is not sent again.
      client('sends Unpublish in vain', {
        of: one.name,
        source: sources.clientUnpublish,
        participants: { allocation, node },
        step: ({ allocation, node }) =>
          isDue(allocation) &&
          (node.at('machine.partitioned') || (node.at('machine.running') && node.at('believed.collected')))
            ? [allocation.gets('unpublishSent')]
            : disabled,
      }),
      checkpoints(cluster, one, 'takes up an Unpublish', {
        source: sources.unpublish,
        isEntry: true,
        reads,
        when: (_, unpublish) => unpublish.at('requested'),
        state: () => 'unpublishing',
        becomes: enters,
        counts: { what: 'attempts', claim: part.name },
      }),
      // No new leader within the RPC's hold time: the client is told so, and does not ask again.
      server('has no leader for an Unpublish', {
        of: one.name,
        source: sources.clientUnpublish,
        fairness: 'none',
        participants: { unpublish: one.unpublish, server: servers },
        step: ({ unpublish, server }) =>
          unpublish.at('requested') && server.at('electing') ? [unpublish.gets('ends')] : disabled,
        seen: () => [
          {
            what: 'reply',
            fields: {
              op: 'Unpublish',
              vol: part.volume.name,
              alloc: part.alloc,
              ok: false,
              error: 'No cluster leader',
            },
          },
        ],
        waitsFor: 'timer',
      }),
    ]);
}
