import { disabled } from '#composition/action.ts';
import type { Cluster, NodePart } from '#models/cluster.ts';
import { client, type ModelAction, operator, server, world } from '#models/note.ts';
import { sources } from '#models/sources.ts';
import { controllersOf, pluginAfter, pluginWhileReady, pluginWithout } from './plugin.ts';

/** Machines as the driver of a recording starts, stops and registers them, and what the servers make of it. */
export function machines(cluster: Cluster): ModelAction[] {
  return cluster.nodes.flatMap((part) => [
    ...registering(cluster, part),
    ...stopping(cluster, part),
    ...hearing(cluster, part),
    ...telling(part),
  ]);
}

const flags = [true, false];

function registering(cluster: Cluster, { name, node }: NodePart): ModelAction[] {
  const { controllerPlugin, server: servers } = cluster;
  const controllers = controllersOf(cluster);
  return flags.flatMap((runsNodePlugin) =>
    flags.map((runsController) =>
      client(
        `registers ${runsNodePlugin ? 'with' : 'without'} its node plugin${runsController ? ' and a controller' : ''}`,
        {
          of: name,
          source: sources.register,
          participants: { node, controllerPlugin, server: servers, controllers: controllers.map((one) => one.node) },
          step: ({ node, controllerPlugin, server, controllers: views }) =>
            server.at('leader') && (!runsController || controllers.some((one) => one.name === name))
              ? [
                  node.gets('isSet', { plugin: runsNodePlugin }),
                  ...pluginAfter(controllerPlugin, controllers, views, {
                    name,
                    runsController,
                    runsNodePlugin,
                    isReady: true,
                  }),
                ]
              : disabled,
          seen: () => [
            {
              what: 'write',
              fields: {
                type: 'NodeRegister',
                node: name,
                nodePlugin: runsNodePlugin,
                controllerPlugin: runsController,
              },
            },
          ],
        },
      ),
    ),
  );
}

function stopping(cluster: Cluster, { name, node }: NodePart): ModelAction[] {
  const { controllerPlugin, server: servers } = cluster;
  const controllers = controllersOf(cluster);
  const read = { node, controllerPlugin, controllers: controllers.map((one) => one.node) };
  return [
    world('stops a machine', {
      of: name,
      source: sources.machine,
      participants: read,
      step: ({ node, controllerPlugin, controllers: views }) =>
        node.at('machine.running')
          ? [node.gets('crashes'), ...pluginWhileReady(controllerPlugin, controllers, views, name, false)]
          : disabled,
      seen: () => [{ what: 'machine stops', fields: { node: name } }],
    }),
    operator('deregisters a node', {
      of: name,
      source: sources.nodeGC,
      participants: { ...read, server: servers },
      step: ({ node, controllerPlugin, controllers: views, server }) =>
        !node.at('believed.collected') && server.at('leader')
          ? [node.gets('isCollected'), ...pluginWithout(controllerPlugin, controllers, views, name)]
          : disabled,
      seen: () => [
        { what: 'request', fields: { op: 'Node.BatchDeregister', node: name } },
        { what: 'write', fields: { type: 'NodeBatchDeregister', node: name } },
        { what: 'reply', fields: { op: 'Node.BatchDeregister', node: name, ok: true } },
      ],
    }),
    // The periodic collection of nodes asks nobody.
    server('collects a node by itself', {
      of: name,
      source: sources.nodeGC,
      participants: { ...read, server: servers },
      step: ({ node, controllerPlugin, controllers: views, server }) =>
        node.at('believed.down') && server.at('leader')
          ? [node.gets('isCollected'), ...pluginWithout(controllerPlugin, controllers, views, name)]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'NodeBatchDeregister', node: name } }],
      waitsFor: 'timer',
    }),
  ];
}

/** Statuses: a node that is silent is down, or disconnected where its allocations allow it to be. */
function hearing(cluster: Cluster, { name, node }: NodePart): ModelAction[] {
  const { controllerPlugin, server: servers } = cluster;
  const controllers = controllersOf(cluster);
  const read = { node, controllerPlugin, server: servers, controllers: controllers.map((one) => one.node) };
  const status = (word: string) => [
    { what: 'write' as const, fields: { type: 'NodeUpdateStatus', node: name, status: word } },
  ];
  return [
    server('misses the heartbeats of a node', {
      of: name,
      source: sources.heartbeat,
      participants: read,
      step: ({ node, controllerPlugin, server, controllers: views }) =>
        !node.at('machine.running') && node.at('believed.ready') && server.at('leader')
          ? [node.gets('missedHeartbeats'), ...pluginWhileReady(controllerPlugin, controllers, views, name, false)]
          : disabled,
      seen: () => status('down'),
      waitsFor: 'timer',
    }),
    server('holds a silent node for disconnected', {
      of: name,
      source: sources.heartbeat,
      participants: read,
      step: ({ node, server }) =>
        !node.at('machine.running') && node.at('believed.ready') && server.at('leader') ? [] : disabled,
      seen: () => status('disconnected'),
      waitsFor: 'timer',
    }),
    server('hears from a node again', {
      of: name,
      source: sources.updateStatus,
      participants: read,
      step: ({ node, controllerPlugin, server, controllers: views }) =>
        node.at('machine.running') && node.at('believed.down', 'believed.ready') && server.at('leader')
          ? [
              ...(node.at('believed.down') ? [node.gets('heartbeats')] : []),
              ...pluginWhileReady(controllerPlugin, controllers, views, name, true),
            ]
          : disabled,
      seen: () => status('ready'),
      waitsFor: 'machine',
    }),
    server('hears of a node that it initializes', {
      of: name,
      source: sources.updateStatus,
      participants: read,
      step: ({ node, server }) =>
        node.at('machine.running') && node.at('believed.ready') && server.at('leader') ? [] : disabled,
      seen: () => status('initializing'),
      waitsFor: 'machine',
    }),
  ];
}

/** In a recording a plugin's state is told beside the log. */
function telling({ name, node }: NodePart): ModelAction[] {
  return flags.map((registered) =>
    world(registered ? 'has a node plugin' : 'has no node plugin', {
      of: name,
      source: sources.fingerprint,
      participants: { node },
      step: ({ node }) => (node.at(registered ? 'plugin.known' : 'plugin.unknown') ? [] : disabled),
      seen: () => [{ what: 'plugin', fields: { node: name, registered } }],
    }),
  );
}
