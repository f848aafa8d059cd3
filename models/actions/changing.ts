import { announce, disabled } from '#composition/action.ts';
import type { Cluster, NodePart } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { ControllerPluginView } from '#models/machines/plugins.ts';
import type { ServerView } from '#models/machines/server.ts';
import { client, type ModelAction, server, world } from '#models/note.ts';
import { isTerminal, wokenByUpdate } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { disconnecting, patient } from './disconnecting.ts';

/** How machines, agents and nodes come and go, and what the servers make of it: surroundings.md B. */
export function changing(cluster: Cluster): ModelAction[] {
  return cluster.nodes.flatMap((part) => [
    ...failing(cluster, part),
    ...returning(cluster, part),
    ...hearing(cluster, part),
    ...disconnecting(cluster, part),
  ]);
}

const isClaiming = (one: AllocationView) => one.at('client.claiming');

function failing({ faults, scope }: Cluster, part: NodePart): ModelAction[] {
  const { node } = part;
  const allocations = part.claims.map((one) => one.allocation);
  const mounts = [...new Set(part.claims.map((one) => one.mount))];
  // Not while a claim is in flight: its answer would be lost, which is a fault of its own.
  const silencing = (does: string, kind: 'cutOff' | 'agentRestart', type: 'isCutOff' | 'agentStops') =>
    scope.faults[kind]
      ? [
          world(does, {
            of: part.name,
            source: sources.machine,
            participants: { node, allocations, faults },
            step: ({ node, allocations, faults }) =>
              node.at('machine.running') &&
              node.at('believed.ready') &&
              !allocations.some(isClaiming) &&
              mayHappen(faults.context, kind)
                ? [node.gets(type), faults.gets('happens', { kind })]
                : disabled,
            fault: kind,
          }),
        ]
      : [];
  return [
    ...(scope.faults.nodeDown
      ? [
          world('takes a machine down', {
            of: part.name,
            source: sources.machine,
            participants: { node, faults },
            step: ({ node, faults }) =>
              node.at('machine.running') && node.at('believed.ready') && mayHappen(faults.context, 'nodeDown')
                ? [node.gets('crashes'), faults.gets('happens', { kind: 'nodeDown' })]
                : disabled,
            announcements: [announce(allocations, { type: 'machineDied' }), announce(mounts, { type: 'hostDied' })],
            seen: () => [{ what: 'machine stops', fields: { node: part.name } }],
            fault: 'nodeDown',
          }),
        ]
      : []),
    ...silencing('cuts an agent off', 'cutOff', 'isCutOff'),
    ...silencing('stops an agent', 'agentRestart', 'agentStops'),
  ];
}

function returning({ scope }: Cluster, part: NodePart): ModelAction[] {
  const { node } = part;
  const allocations = part.claims.map((one) => one.allocation);
  const back = scope.events.includes('nodeBack');
  return [
    // Only once it is believed down and its allocations are marked: a faster reboot is left out.
    ...(back && scope.faults.nodeDown
      ? [
          world('brings a machine back', {
            of: part.name,
            source: sources.register,
            participants: { node, allocations },
            step: ({ node, allocations }) =>
              node.at('machine.gone') &&
              node.at('believed.down', 'believed.collected') &&
              !allocations.some((one) => one.at('record.live', 'record.stopping', 'record.unknown.wanted'))
                ? [node.gets('boots')]
                : disabled,
          }),
        ]
      : []),
    ...(back && scope.faults.cutOff
      ? [
          world('reconnects an agent', {
            of: part.name,
            source: sources.machine,
            participants: { node },
            step: ({ node }) => (node.at('machine.partitioned') ? [node.gets('reconnects')] : disabled),
          }),
        ]
      : []),
    ...(scope.faults.agentRestart
      ? [
          // What is over by then is not restored, so its Postrun never comes; the rest goes on where it was.
          world('starts an agent again', {
            of: part.name,
            source: sources.allocRunner,
            participants: { node },
            step: ({ node }) => (node.at('machine.agentGone') ? [node.gets('agentStarts')] : disabled),
            announcements: [
              announce(allocations, { type: 'agentStarted' }),
              announce([...new Set(part.claims.map((one) => one.mount))], { type: 'agentStarted' }),
            ],
          }),
        ]
      : []),
    client('registers a collected node anew', {
      of: part.name,
      source: sources.register,
      participants: { node },
      step: ({ node }) =>
        node.at('believed.collected') && node.at('machine.running') ? [node.gets('registers')] : disabled,
    }),
    client('fingerprints its node plugin', {
      of: part.name,
      source: sources.fingerprint,
      participants: { node, plugin: part.plugin },
      step: ({ node, plugin }) =>
        node.at('plugin.unknown') &&
        node.at('machine.running') &&
        !node.at('believed.collected') &&
        plugin.at('registered')
          ? [node.gets('fingerprints')]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'NodeRegister', node: part.name, nodePlugin: true } }],
    }),
  ];
}

/** What the collection of a node reads. */
interface Collecting {
  readonly node: NodeView;
  readonly allocations: readonly AllocationView[];
  readonly plugins: readonly ControllerPluginView[];
  readonly server: ServerView;
}

const isDue = ({ node, allocations, server }: Collecting) =>
  node.at('believed.down') && server.at('leader') && allocations.every(isTerminal);

const namesMissingPlugin = ({ node, plugins }: Collecting) =>
  node.at('plugin.known') && plugins.some((one) => one.at('missing'));

/** What the servers make of a machine's silence and of its return. */
function hearing(cluster: Cluster, part: NodePart): ModelAction[] {
  const { behaviours, claims, controllerPlugin, server: servers, scope } = cluster;
  const { node } = part;
  const allocations = part.claims.map((one) => one.allocation);
  /** In the first releases a worker that waits for a release schedules nothing meanwhile; the model has one worker. */
  const releases =
    behaviours.releaseRunsOn === 'aWorker' ? claims.flatMap((one) => one.unpublishes.map((two) => two.unpublish)) : [];
  /** Asked only where a plugin without a row is in the way. */
  const plugins = behaviours.nodeOfMissingPlugin === 'failsToBe' ? [controllerPlugin] : [];
  return [
    server('misses the heartbeats of a node', {
      of: part.name,
      source: sources.heartbeat,
      participants: { node, patient: patient(part), server: servers },
      step: ({ node, patient, server }) =>
        !node.at('machine.running') &&
        node.at('believed.ready') &&
        server.at('leader') &&
        !patient.some((one) => one.at('record.live'))
          ? [node.gets('missedHeartbeats')]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'NodeUpdateStatus', node: part.name, status: 'down' } }],
      logged: () => [
        { level: 'WARN', logger: 'nomad.heartbeat', message: 'node TTL expired', pairs: { node_id: part.name } },
      ],
      waitsFor: 'timer',
    }),
    server('hears from a node again', {
      of: part.name,
      source: sources.updateStatus,
      participants: { node, server: servers },
      step: ({ node, server }) =>
        node.at('machine.running') && node.at('believed.down', 'believed.disconnected') && server.at('leader')
          ? [node.gets('heartbeats')]
          : disabled,
      seen: () => [{ what: 'write', fields: { type: 'NodeUpdateStatus', node: part.name, status: 'ready' } }],
      waitsFor: 'machine',
    }),
    ...part.claims.map(({ allocation, alloc }) =>
      server('marks an allocation lost', {
        of: alloc,
        source: sources.markLost,
        participants: { node, allocation, server: servers, releases },
        step: ({ node, allocation, server, releases: onWorker }) =>
          node.at('believed.down', 'believed.collected') &&
          !onWorker.some((one) => !one.at('idle')) &&
          allocation.at('record.live', 'record.stopping') &&
          server.at('leader')
            ? [allocation.gets('isMarkedLost'), ...wokenByUpdate(server, behaviours)]
            : disabled,
        seen: () => [{ what: 'write', fields: { type: 'ApplyPlanResults' } }],
        waitsFor: 'timer',
      }),
    ),
    ...(scope.events.includes('nodeCollected') && behaviours.nodeOfMissingPlugin === 'failsToBe'
      ? [
          server('fails to collect a node: csi_plugins missing plugin', {
            of: part.name,
            source: sources.nodeGC,
            participants: { node, allocations, plugins, server: servers },
            step: (at) => (isDue(at) && namesMissingPlugin(at) ? [] : disabled),
            logged: () => [
              {
                level: 'ERROR',
                logger: 'nomad.fsm',
                message: 'DeleteNode failed',
                pairs: { error: 'csi plugin delete failed: csi_plugins missing plugin' },
              },
            ],
            waitsFor: 'timer',
          }),
        ]
      : []),
    ...(scope.events.includes('nodeCollected')
      ? [
          server('collects a node', {
            of: part.name,
            source: sources.nodeGC,
            participants: { node, allocations, plugins, server: servers },
            // Claims are not looked at; an allocation that is over by either word is no obstacle.
            step: (at) => (isDue(at) && !namesMissingPlugin(at) ? [at.node.gets('isCollected')] : disabled),
            seen: () => [
              { what: 'request', fields: { op: 'Node.BatchDeregister', node: part.name } },
              { what: 'write', fields: { type: 'NodeBatchDeregister', nodes: [part.name] } },
              { what: 'reply', fields: { op: 'Node.BatchDeregister', node: part.name, ok: true } },
            ],
            logged: () => [
              {
                level: 'DEBUG',
                logger: 'core.sched',
                message: 'node GC found eligible nodes',
                pairs: { nodes: part.name },
              },
            ],
            waitsFor: 'timer',
          }),
        ]
      : []),
  ];
}
