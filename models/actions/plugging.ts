import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { mayHappen } from '#models/machines/faults.ts';
import { client, type ModelAction, server, world } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** How plugins stop, are forgotten and come back: server.md 5.3, surroundings.md A.6. */
export function plugging(cluster: Cluster): ModelAction[] {
  const { scope } = cluster;
  if (!scope.faults.pluginStops) return [];
  return [...controllers(cluster), ...nodePlugins(cluster)];
}

function controllers({ controllerPlugin, faults, nodes, scope, server: servers }: Cluster): ModelAction[] {
  if (!scope.controllerRequired) return [];
  const plugins = nodes.map((one) => one.plugin);
  return [
    world('stops the controller plugin', {
      of: '',
      source: sources.machine,
      participants: { controllerPlugin, faults },
      step: ({ controllerPlugin, faults }) =>
        controllerPlugin.at('registered') && mayHappen(faults.context, 'pluginStops')
          ? [controllerPlugin.gets('sickens'), faults.gets('happens', { kind: 'pluginStops' })]
          : disabled,
      fault: 'pluginStops',
    }),
    server('removes the last controller', {
      of: '',
      source: sources.updatePlugin,
      fairness: 'none',
      participants: { controllerPlugin, server: servers },
      step: ({ controllerPlugin, server }) =>
        controllerPlugin.at('unhealthy') && server.at('leader') ? [controllerPlugin.gets('stops')] : disabled,
      waitsFor: 'timer',
    }),
    // Volumes that use it are not looked at.
    server('collects the plugin', {
      of: '',
      source: sources.pluginGC,
      fairness: 'none',
      participants: { controllerPlugin, plugins, server: servers },
      step: ({ controllerPlugin, plugins, server }) =>
        controllerPlugin.at('gone') && plugins.every((one) => one.at('gone')) && server.at('leader')
          ? [controllerPlugin.gets('isDeleted')]
          : disabled,
      waitsFor: 'timer',
    }),
    ...(scope.events.includes('pluginBack')
      ? [
          world('starts the controller plugin again', {
            of: '',
            source: sources.fingerprint,
            participants: { controllerPlugin },
            step: ({ controllerPlugin }) =>
              controllerPlugin.at('registered')
                ? disabled
                : [controllerPlugin.gets(controllerPlugin.at('unhealthy') ? 'recovers' : 'starts')],
          }),
        ]
      : []),
  ];
}

function nodePlugins({ faults, nodes, scope }: Cluster): ModelAction[] {
  return nodes.flatMap(({ name, node, plugin }) => [
    world('stops a node plugin', {
      of: name,
      source: sources.machine,
      participants: { plugin, faults },
      step: ({ plugin, faults }) =>
        plugin.at('registered') && mayHappen(faults.context, 'pluginStops')
          ? [plugin.gets('stops'), faults.gets('happens', { kind: 'pluginStops' })]
          : disabled,
      fault: 'pluginStops',
    }),
    ...(scope.events.includes('pluginBack')
      ? [
          client('starts its node plugin again', {
            of: name,
            source: sources.fingerprint,
            fairness: 'none',
            // A node that was drained is not eligible, so its system jobs are not placed there again.
            participants: { node, plugin },
            step: ({ node, plugin }) =>
              plugin.at('gone') && !node.at('drain.complete') ? [plugin.gets('starts')] : disabled,
          }),
        ]
      : []),
  ]);
}
