import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { mayCommand } from '#models/machines/operators.ts';
import { type ModelAction, operator } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** What operators ask for beside registrations and collections: server.md section 7, surroundings.md B.5. */
export function commanding(cluster: Cluster): ModelAction[] {
  const may = (event: Cluster['scope']['events'][number]) => cluster.scope.events.includes(event);
  return [
    ...(may('volumeDetached') ? detaching(cluster) : []),
    ...(may('nodePurged') ? purging(cluster) : []),
    ...(may('pluginDeleted') ? deleting(cluster) : []),
  ];
}

/**
 * The command names a node and no allocation. What it writes first is refused for want of one (executed.md X11), so in
 * every release that checkpoints on entry it does nothing. Left out: what it did before, in releases that are not here.
 */
function detaching({ nodes, server: servers, volumes }: Cluster): ModelAction[] {
  return volumes.flatMap(({ name, volume }) =>
    nodes.map((part) =>
      operator('is refused a detach', {
        of: `${name}, ${part.name}`,
        source: sources.detachVolume,
        participants: { volume, server: servers },
        step: ({ volume, server }) => (volume.at('row.registered') && server.at('leader') ? [] : disabled),
      }),
    ),
  );
}

/**
 * No status is asked for: a node that is ready is purged as well, and its client registers it anew when it hears of it. One
 * that runs what is to stay is not. */
function purging({ nodes, operators, server: servers }: Cluster): ModelAction[] {
  const mayGo = nodes.filter((part) => !part.claims.some((one) => one.stays));
  return mayGo.map((part) =>
    operator('purges a node', {
      of: part.name,
      source: sources.purge,
      participants: { node: part.node, operators, server: servers },
      step: ({ node, operators, server }) =>
        !node.at('believed.collected') && server.at('leader') && mayCommand(operators)
          ? [operators.gets('command'), node.gets('isCollected')]
          : disabled,
    }),
  );
}

/** Volumes that use the plugin are not looked at; one that is in use is left alone, and the answer is the same. */
function deleting({ controllerPlugin, nodes, operators, scope, server: servers }: Cluster): ModelAction[] {
  if (!scope.controllerRequired) return [];
  return [
    operator('deletes the plugin', {
      of: '',
      source: sources.pluginDelete,
      participants: { controllerPlugin, plugins: nodes.map((one) => one.plugin), operators, server: servers },
      step: ({ controllerPlugin, plugins, operators, server }) => {
        if (controllerPlugin.at('missing') || !server.at('leader') || !mayCommand(operators)) return disabled;
        const isEmpty = controllerPlugin.at('gone') && plugins.every((one) => one.at('gone'));
        return isEmpty ? [operators.gets('command'), controllerPlugin.gets('isDeleted')] : [];
      },
    }),
  ];
}
