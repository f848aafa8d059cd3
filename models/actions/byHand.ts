import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { client, type ModelAction, type Observation, operator, server, world } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/**
 * What the driver of a recording does by hand in place of machines, clients and job owners: each at any time. Events of
 * a recording that name several allocations, nodes or volumes are seen here once for each: `ApplyPlanResults`,
 * `EvalDelete` with `alloc`, `NodeBatchDeregister` with `node`, `CSIVolumeDeregister` with `vol`.
 */
export function playingByHand(cluster: Cluster): ModelAction[] {
  return [...machines(cluster), ...allocations(cluster), ...finding(cluster)];
}

function machines({ controllerAt, controllerPlugin, nodes, server: servers }: Cluster): ModelAction[] {
  return nodes.flatMap(({ name, node }) => {
    const runsController = name === controllerAt;
    return [
      ...[true, false].map((plugin) =>
        client(plugin ? 'registers with its node plugin' : 'registers without its node plugin', {
          of: name,
          source: sources.register,
          participants: { node, controllerPlugin, server: servers },
          step: ({ node, controllerPlugin, server }) =>
            server.at('leader')
              ? [
                  node.gets('isSet', { plugin }),
                  ...(runsController && !controllerPlugin.at('registered')
                    ? [controllerPlugin.gets(controllerPlugin.at('unhealthy') ? 'recovers' : 'starts')]
                    : []),
                ]
              : disabled,
          seen: () => [{ what: 'write', fields: { type: 'NodeRegister', node: name, nodePlugin: plugin } }],
        }),
      ),
      world('stops a machine', {
        of: name,
        source: sources.machine,
        participants: { node, controllerPlugin },
        step: ({ node, controllerPlugin }) =>
          node.at('machine.running')
            ? [
                node.gets('crashes'),
                ...(runsController && controllerPlugin.at('registered') ? [controllerPlugin.gets('sickens')] : []),
              ]
            : disabled,
        seen: () => [{ what: 'machine stops', fields: { node: name } }],
      }),
      operator('deregisters a node', {
        of: name,
        source: sources.nodeGC,
        participants: { node, controllerPlugin, server: servers },
        step: ({ node, controllerPlugin, server }) =>
          !node.at('believed.collected') && server.at('leader')
            ? [
                node.gets('isCollected'),
                ...(runsController && controllerPlugin.at('registered', 'unhealthy')
                  ? [controllerPlugin.gets('stops')]
                  : []),
              ]
            : disabled,
        seen: () => [
          { what: 'request', fields: { op: 'Node.BatchDeregister', node: name } },
          { what: 'write', fields: { type: 'NodeBatchDeregister', node: name } },
          { what: 'reply', fields: { op: 'Node.BatchDeregister', node: name, ok: true } },
        ],
      }),
    ];
  });
}

/** The records that the servers hold of an allocation, and the words for each: desired and client status. */
const records = [
  ['live', 'run', ['pending', 'running']],
  ['stopping', 'stop', ['pending', 'running']],
  ['reported', null, ['complete', 'failed']],
  ['lost', null, ['lost']],
] as const;

function allocations({ claims }: Cluster): ModelAction[] {
  return claims.flatMap(({ alloc, allocation }) => [
    ...records.flatMap(([record, desired, words]) =>
      words.flatMap((word) => [
        operator(`sets an allocation ${desired ?? 'to'} ${word}`, {
          of: alloc,
          source: sources.updateAlloc,
          participants: { allocation },
          step: ({ allocation }) => [allocation.gets('isSet', { record })],
          seen: () => [told({ alloc, client: word }, desired)],
        }),
        ...(record === 'reported' || record === 'lost'
          ? [
              client(`reports ${word}`, {
                of: alloc,
                source: sources.updateAlloc,
                participants: { allocation },
                step: ({ allocation }) => [allocation.gets('isSet', { record })],
                seen: () => [{ what: 'write', fields: { type: 'AllocClientUpdate', alloc, client: word } }],
              }),
              server(`marks an allocation ${word}`, {
                of: alloc,
                source: sources.markLost,
                participants: { allocation },
                step: ({ allocation }) => [allocation.gets('isSet', { record })],
                seen: () => [{ what: 'write', fields: { type: 'ApplyPlanResults', alloc, client: word } }],
                waitsFor: 'timer',
              }),
            ]
          : []),
      ]),
    ),
    client('reports running', {
      of: alloc,
      source: sources.updateAlloc,
      participants: { allocation },
      step: ({ allocation }) => [
        allocation.gets('isSet', { record: allocation.at('record.live') ? 'live' : 'stopping' }),
      ],
      seen: () => [{ what: 'write', fields: { type: 'AllocClientUpdate', alloc, client: 'running' } }],
    }),
    server('collects a record', {
      of: alloc,
      source: sources.evalGC,
      participants: { allocation },
      step: ({ allocation }) => [allocation.gets('isSet', { record: 'collected' })],
      seen: () => [{ what: 'write', fields: { type: 'EvalDelete', alloc } }],
      waitsFor: 'timer',
    }),
  ]);
}

/** In a recording a collection that finds nothing is seen too, and a plugin's state is told. */
function finding({ nodes, server: servers }: Cluster): ModelAction[] {
  return [
    ...nodes.flatMap(({ name, node }) =>
      [true, false].map((registered) =>
        world(registered ? 'has a node plugin' : 'has no node plugin', {
          of: name,
          source: sources.fingerprint,
          participants: { node },
          step: ({ node }) => (node.at(registered ? 'plugin.known' : 'plugin.unknown') ? [] : disabled),
          seen: () => [{ what: 'plugin', fields: { node: name, registered } }],
        }),
      ),
    ),
    // Any write to the table of another volume wakes every watcher.
    server('writes another volume', {
      of: 'another volume',
      source: sources.upsertVolume,
      participants: { server: servers },
      step: ({ server }) => (server.at('leader') ? [server.gets('volumesWritten')] : disabled),
      seen: () => [{ what: 'write', fields: { type: 'another volume' } }],
      waitsFor: 'person',
    }),
  ];
}

function told(client: { readonly alloc: string; readonly client: string }, desired: string | null): Observation {
  return { what: 'allocation', fields: desired === null ? client : { ...client, desired } };
}
