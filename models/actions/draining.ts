import { disabled } from '#composition/action.ts';
import type { Cluster, NodePart } from '#models/cluster.ts';
import { mayCommand } from '#models/machines/operators.ts';
import { type ModelAction, operator, server } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** How an operator drains a node, and when its plugins go: surroundings.md B.7. */
export function draining(cluster: Cluster): ModelAction[] {
  if (!cluster.scope.events.includes('nodeDrained')) return [];
  return cluster.nodes.flatMap((part) => drains(cluster, part));
}

function drains({ behaviours, operators, server: servers }: Cluster, part: NodePart): ModelAction[] {
  const { node, plugin } = part;
  const allocations = part.claims.map((one) => one.allocation);
  return [
    operator('drains a node', {
      of: part.name,
      source: sources.drain,
      participants: { node, allocations, operators, server: servers },
      step: ({ node, allocations, operators, server }) =>
        node.at('drain.none') && node.at('believed.ready') && server.at('leader') && mayCommand(operators)
          ? [
              operators.gets('command'),
              node.gets('isDrained'),
              ...allocations.filter((one) => one.at('record.live')).map((one) => one.gets('isToldToStop')),
            ]
          : disabled,
    }),
    // Since 1.3.0 not before all that uses volumes has said that it is over, which is not to say that it has unmounted.
    // One that has stopped by itself is told so too, and does not come back either.
    server('stops the plugin of a drained node', {
      of: part.name,
      source: sources.drain,
      participants: { node, plugin, allocations, server: servers },
      step: ({ node, plugin, allocations, server }) =>
        node.at('drain.asked') &&
        server.at('leader') &&
        (behaviours.drainStopsPlugins === 'atOnce' ||
          allocations.every((one) => one.at('record.terminal', 'record.collected')))
          ? [node.gets('drainCompletes'), ...(plugin.at('registered') ? [plugin.gets('stops')] : [])]
          : disabled,
      waitsFor: 'machine',
    }),
    // It undoes what a command did, and counts as none.
    operator('makes a drained node eligible again', {
      of: part.name,
      source: sources.eligibility,
      participants: { node, server: servers },
      step: ({ node, server }) =>
        node.at('drain.complete') && server.at('leader') ? [node.gets('isMadeEligible')] : disabled,
    }),
  ];
}
