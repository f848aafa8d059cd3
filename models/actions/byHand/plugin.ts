import type { Sending } from '#composition/instance.ts';
import type { Cluster, NodePart } from '#models/cluster.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { ControllerPluginView } from '#models/machines/plugins.ts';

/** The machines that a recording ever tells to run a controller. */
export function controllersOf({ controllerPlugin, nodes }: Cluster): NodePart[] {
  const named = controllerPlugin.input?.controllers ?? [];
  return nodes.filter(({ name }) => named.includes(name));
}

/** How a machine stands after the step that is being decided. */
interface Change {
  readonly name: string;
  readonly runsController: boolean;
  readonly runsNodePlugin: boolean;
  /** The servers hold it for ready, and it is. */
  readonly isReady: boolean;
}

/**
 * The plugin after a change of one machine, with the views of the others: its row goes with the last entry in it
 * (state_store.go: updateOrGCPlugin), and a call needs a controller on a machine that is ready and answers.
 */
export function pluginAfter(
  plugin: ControllerPluginView,
  parts: readonly NodePart[],
  views: readonly NodeView[],
  change: Change,
): Sending[] {
  const entry = (list: readonly string[], runs: boolean) =>
    [...new Set([...list.filter((name) => name !== change.name), ...(runs ? [change.name] : [])])].sort();
  const controllers = entry(plugin.context.controllers, change.runsController);
  const nodes = entry(plugin.context.nodes, change.runsNodePlugin);
  const isReady = (name: string) => {
    if (name === change.name) return change.isReady;
    const view = views[parts.findIndex((part) => part.name === name)];
    return view?.at('believed.ready') === true && view.at('machine.running');
  };
  const state =
    controllers.length === 0
      ? nodes.length === 0
        ? 'missing'
        : 'gone'
      : controllers.some(isReady)
        ? 'registered'
        : 'unhealthy';
  return [plugin.gets('isSet', { state, controllers, nodes })];
}

/** The plugin after a machine's row is gone. */
export function pluginWithout(
  plugin: ControllerPluginView,
  parts: readonly NodePart[],
  views: readonly NodeView[],
  name: string,
): Sending[] {
  return pluginAfter(plugin, parts, views, { name, runsController: false, runsNodePlugin: false, isReady: false });
}

/** The plugin after a machine's readiness changed, and nothing of what it runs. */
export function pluginWhileReady(
  plugin: ControllerPluginView,
  parts: readonly NodePart[],
  views: readonly NodeView[],
  name: string,
  isReady: boolean,
): Sending[] {
  if (!plugin.context.controllers.includes(name)) return [];
  return pluginAfter(plugin, parts, views, {
    name,
    runsController: true,
    runsNodePlugin: plugin.context.nodes.includes(name),
    isReady,
  });
}
