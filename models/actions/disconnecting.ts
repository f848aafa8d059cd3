import { disabled } from '#composition/action.ts';
import type { Cluster, NodePart } from '#models/cluster.ts';
import { client, type ModelAction, server } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** The allocations of a node whose group has `disconnect.lost_after`. */
export const patient = (part: NodePart) => part.claims.filter((one) => one.mayBeUnknown).map((one) => one.allocation);

/** What a node's silence means to an allocation that may be unknown for a while: surroundings.md B.2 to B.4. */
export function disconnecting({ server: servers }: Cluster, part: NodePart): ModelAction[] {
  const { node } = part;
  const allocations = patient(part);
  if (allocations.length === 0) return [];
  const others = part.claims.filter((one) => !one.mayBeUnknown);
  const own = { of: part.name, source: sources.disconnect, waitsFor: 'timer' } as const;
  return [
    server('takes a silent node for disconnected', {
      ...own,
      participants: { node, allocations, server: servers },
      step: ({ node, allocations, server }) =>
        !node.at('machine.running') &&
        node.at('believed.ready') &&
        allocations.some((one) => one.at('record.live')) &&
        server.at('leader')
          ? [node.gets('isDisconnected')]
          : disabled,
    }),
    server('gives a disconnected node up', {
      ...own,
      participants: { node, allocations, server: servers },
      step: ({ node, allocations, server }) =>
        !node.at('machine.running') &&
        node.at('believed.disconnected') &&
        !allocations.some((one) => one.at('record.live', 'record.unknown.wanted')) &&
        server.at('leader')
          ? [node.gets('missedHeartbeats')]
          : disabled,
    }),
    // Whoever has no such time is lost as soon as its node is silent.
    ...others.map(({ alloc, allocation }) =>
      server('marks an allocation lost', {
        of: `${alloc}, disconnected`,
        source: sources.markUnknown,
        participants: { node, allocation, server: servers },
        step: ({ node, allocation, server }) =>
          node.at('believed.disconnected') && allocation.at('record.live') && server.at('leader')
            ? [allocation.gets('isMarkedLost')]
            : disabled,
        waitsFor: 'timer',
      }),
    ),
    ...part.claims
      .filter((one) => one.mayBeUnknown)
      .flatMap(({ alloc, allocation }) => [
        server('marks an allocation unknown', {
          of: alloc,
          source: sources.markUnknown,
          participants: { node, allocation, server: servers },
          step: ({ node, allocation, server }) =>
            node.at('believed.disconnected') && allocation.at('record.live') && server.at('leader')
              ? [allocation.gets('isMarkedUnknown')]
              : disabled,
          waitsFor: 'timer',
        }),
        server('lets an unknown allocation expire', {
          of: alloc,
          source: sources.markUnknown,
          participants: { node, allocation, server: servers },
          step: ({ node, allocation, server }) =>
            !node.at('believed.ready') && allocation.at('record.unknown.wanted') && server.at('leader')
              ? [allocation.gets('isMarkedLost')]
              : disabled,
          waitsFor: 'timer',
        }),
        client('reports an unknown task as running', {
          of: alloc,
          source: sources.updateAlloc,
          participants: { node, allocation, server: servers },
          step: ({ node, allocation, server }) =>
            node.at('machine.running') &&
            node.at('believed.ready') &&
            allocation.at('client.running') &&
            allocation.at('record.unknown') &&
            server.at('leader')
              ? [allocation.gets('reportsRunning')]
              : disabled,
        }),
      ]),
  ];
}
