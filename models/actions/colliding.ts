import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import { client, type ModelAction, provider } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/**
 * What two calls at once do to each other, in scopes whose provider and plugins do not sort it out by themselves: two attaches to
 * one machine choose the same device, and a node plugin refuses a second operation on a volume.
 */
export function colliding(cluster: Cluster): ModelAction[] {
  if (!cluster.scope.callsCollide) return [];
  return cluster.claims.flatMap((part) => [attach(cluster, part), ...mount(cluster, part)]);
}

function attach({ controllerPlugin }: Cluster, part: ClaimPart): ModelAction {
  const beside = part.node.claims.filter((other) => other !== part);
  return provider('fails an attach: device is already in use', {
    of: part.name,
    source: sources.providerPublish,
    fairness: 'none',
    participants: {
      publish: part.publish,
      allocation: part.allocation,
      controllerPlugin,
      others: beside.map((other) => other.publish),
    },
    step: ({ publish, allocation, controllerPlugin, others }) =>
      publish.at('attaching') && others.some((one) => one.at('attaching'))
        ? [
            publish.gets('ends'),
            ...(allocation.at('client.claiming') ? [allocation.gets('claimFailed')] : []),
            controllerPlugin.gets(publish.context.old ? 'oldCallEnds' : 'callEnds'),
          ]
        : disabled,
  });
}

function mount({ behaviours }: Cluster, part: ClaimPart): ModelAction[] {
  const beside = besideOnMount(part);
  if (beside.length === 0 || behaviours.nodeCalls === 'oneAtATime') return [];
  return [
    client('fails to mount: an operation with the volume is under way', {
      of: part.name,
      source: sources.mountVolume,
      fairness: 'none',
      participants: {
        allocation: part.allocation,
        calls: beside.flatMap((other) => other.unpublishes.map((one) => one.unpublish)),
      },
      step: ({ allocation, calls }) =>
        allocation.at('client.mounting') && calls.some((one) => one.at('nodeCall'))
          ? [allocation.gets('mountFailed')]
          : disabled,
    }),
  ];
}

/** The other claims on one volume from one machine. */
export function besideOnMount(part: ClaimPart): ClaimPart[] {
  return part.node.claims.filter((other) => other !== part && other.mount === part.mount);
}
