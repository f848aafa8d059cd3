import type { View } from '#composition/instance.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { ControllerPluginView, nodePlugin } from '#models/machines/plugins.ts';

/** An allocation is over when the servers hold it for client-terminal, or no longer at all. */
export const isOver = (allocation: AllocationView): boolean => allocation.at('record.terminal', 'record.collected');

/**
 * The plugins that a release needs answer: the controller's, and the node's where its machine is one the servers would
 * ask. A promise that asks for it says nothing about a plugin that stays away for ever.
 */
export function answers(at: {
  readonly controllerPlugin: ControllerPluginView;
  readonly plugin: View<typeof nodePlugin>;
  readonly node: NodeView;
}): boolean {
  return (
    at.controllerPlugin.at('registered') &&
    (at.plugin.at('registered') || at.node.at('believed.down', 'believed.collected'))
  );
}

/** The instances that tell whether a claim's plugins answer. */
export function pluginsOf(cluster: Cluster, part: ClaimPart) {
  return { controllerPlugin: cluster.controllerPlugin, plugin: part.node.plugin, node: part.node.node };
}

/** The claims that can be released at all: a provider that refuses every detach of a volume never answers for it. */
export const releasable = ({ claims }: Cluster): ClaimPart[] => claims.filter((part) => !part.volume.neverDetaches);
