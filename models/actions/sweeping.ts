import { disabled } from '#composition/action.ts';
import type { Sending } from '#composition/instance.ts';
import type { Cluster, NodePart, VolumePart } from '#models/cluster.ts';
import { type CollectionPlan, type CollectorView, isDone } from '#models/machines/collector.ts';
import { type ModelAction, type Observation, server } from '#models/note.ts';
import { written } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { controllersOf, pluginWithout } from './byHand/plugin.ts';

/** The stages of a run of the collections, in Nomad's order, over what its snapshot showed: server.md 5.6. */
export function sweeping(cluster: Cluster): ModelAction[] {
  return [
    ...reaping(cluster),
    ...cluster.volumes.map((volume) => claims(cluster, volume)),
    ...cluster.nodes.map((part) => node(cluster, part)),
    ...(cluster.byHand ? [ending(cluster)] : []),
    ...(cluster.elsewhere ? [failingElsewhere(cluster)] : []),
    ...ops(cluster).map((op) => leaderless(cluster, op)),
  ];
}

/** What is run. */
export type Op = CollectionPlan['op'];

/** What may be run: by hand also the collection of claims alone. */
export const ops = ({ byHand }: Cluster): readonly Op[] => (byHand ? ['claim gc', 'system gc'] : ['system gc']);

const replied = (op: Op, error?: string): Observation => ({
  what: 'reply',
  fields: { op, ok: error === undefined, ...(error !== undefined && error !== '' && { error }) },
});

/** By hand the run is over when it is answered; elsewhere, nobody waits for an answer. */
export const goesOn = ({ byHand }: Cluster, collector: CollectorView, left: CollectionPlan): Sending =>
  byHand ? collector.gets('goesOn', { left }) : collector.gets('sweeps', { left });

/** Whether a run is at its records, its plugin, or at this volume or node of its own. */
function isAt(
  collector: CollectorView,
  stage: 'allocations' | 'plugin' | { volume: string } | { node: string },
): boolean {
  const { allocations, plugin, volumes, nodes } = collector.context.left;
  if (!collector.at('sweeping')) return false;
  if (stage === 'allocations') return allocations.length > 0;
  if (stage === 'plugin') return allocations.length === 0 && plugin;
  if (allocations.length > 0 || plugin) return false;
  return 'volume' in stage ? volumes.includes(stage.volume) : volumes.length === 0 && nodes.includes(stage.node);
}

/** Records of allocations and the plugin's row; a plugin that is in use again by then is left alone, without an error. */
function reaping(cluster: Cluster): ModelAction[] {
  const { collector, controllerPlugin, nodes, claims: parts, server: servers } = cluster;
  return [
    ...(cluster.byHand
      ? []
      : [
          server('reaps the records of allocations', {
            of: '',
            source: sources.evalGC,
            participants: { collector, server: servers, allocations: parts.map((part) => part.allocation) },
            step: ({ collector, server, allocations }) => {
              const { left } = collector.context;
              if (!isAt(collector, 'allocations') || !server.at('leader')) return disabled;
              const reaped = allocations.filter(
                (one, i) => left.allocations.includes(parts[i]?.alloc ?? '') && one.at('record.terminal'),
              );
              return [
                goesOn(cluster, collector, { ...left, allocations: [] }),
                ...reaped.map((one) => one.gets('isCollected')),
              ];
            },
            seen: ({ collector: { context } }) => [
              { what: 'write', fields: { type: 'EvalDelete', allocs: context.left.allocations } },
            ],
          }),
        ]),
    server('reaps the plugin', {
      of: '',
      source: sources.pluginGC,
      participants: { collector, controllerPlugin, plugins: nodes.map((one) => one.plugin), server: servers },
      step: ({ collector, controllerPlugin, plugins, server }) => {
        if (!isAt(collector, 'plugin') || !server.at('leader')) return disabled;
        const isEmpty = controllerPlugin.at('gone') && plugins.every((one) => one.at('gone'));
        if (!isEmpty && cluster.behaviours.pluginInUse === 'endsTheRun') return [collector.gets('ends')];
        return [
          goesOn(cluster, collector, { ...collector.context.left, plugin: false }),
          ...(isEmpty ? [controllerPlugin.gets('isDeleted')] : []),
        ];
      },
    }),
  ];
}

/** An empty claim for a volume that held a past one: applying it stores what is past by then, and wakes the watchers. */
function claims(cluster: Cluster, volume: VolumePart): ModelAction {
  const { behaviours, collector, scope, server: servers } = cluster;
  const isDenied = !scope.acls && behaviours.claimCollectionWithoutAcls === 'denied';
  const write: Observation = {
    what: 'write',
    fields: {
      type: 'CSIVolumeClaim',
      vol: volume.name,
      alloc: null,
      mode: 'gc',
      state: 'unpublishing',
      access: null,
      externalNode: null,
    },
  };
  const without = (left: CollectionPlan) => ({ ...left, volumes: left.volumes.filter((one) => one !== volume.name) });
  return server(isDenied ? 'is denied a stage of its own collection' : 'collects the claims that a snapshot showed', {
    of: volume.name,
    source: isDenied ? sources.authorizeClaim : sources.claimGC,
    participants: {
      collector,
      server: servers,
      volume: volume.volume,
      claimsBeside: volume.claims.map((part) => part.claim),
      allocationsBeside: volume.claims.map((part) => part.allocation),
    },
    step: (row): readonly Sending[] | typeof disabled => {
      const { collector, server } = row;
      if (!isAt(collector, { volume: volume.name }) || !server.at('leader')) return disabled;
      if (isDenied || row.volume.at('row.missing')) return [collector.gets('ends')];
      return written(row, behaviours, goesOn(cluster, collector, without(collector.context.left)));
    },
    seen: ({ collector: { context }, volume: row }) => {
      if (isDenied) return [replied(context.left.op, 'Permission denied')];
      if (row.at('row.missing')) return [write, replied(context.left.op, 'volume not found')];
      return [write];
    },
    logged: () => [
      {
        level: 'TRACE',
        logger: 'core.sched',
        message: 'garbage collecting unclaimed CSI volume claims',
        pairs: { 'eval.JobID': 'csi-volume-claim-gc' },
      },
    ],
  });
}

/** Nodes that were down and had nothing left to run; what has come back since goes with the others, and registers anew. */
function node(cluster: Cluster, part: NodePart): ModelAction {
  const { byHand, collector, controllerPlugin, server: servers } = cluster;
  const controllers = byHand ? controllersOf(cluster) : [];
  const without = (left: CollectionPlan) => ({ ...left, nodes: left.nodes.filter((one) => one !== part.name) });
  return server('reaps a node that a snapshot showed down', {
    of: part.name,
    source: sources.nodeGC,
    participants: {
      collector,
      node: part.node,
      plugins: byHand ? [controllerPlugin] : [],
      controllers: controllers.map((one) => one.node),
      server: servers,
    },
    step: ({ collector, node, plugins, controllers: views, server }) =>
      isAt(collector, { node: part.name }) && server.at('leader')
        ? [
            goesOn(cluster, collector, without(collector.context.left)),
            ...(node.at('believed.collected') ? [] : [node.gets('isCollected')]),
            ...plugins.flatMap((plugin) => pluginWithout(plugin, controllers, views, part.name)),
          ]
        : disabled,
    seen: () => [{ what: 'write', fields: { type: 'NodeBatchDeregister', node: part.name } }],
    logged: () => [
      { level: 'DEBUG', logger: 'core.sched', message: 'node GC found eligible nodes', pairs: { nodes: part.name } },
    ],
  });
}

/** By hand the caller is answered once nothing is left to do. */
function ending({ collector, server: servers }: Cluster): ModelAction {
  return server('answers that everything is collected', {
    of: '',
    source: sources.systemGC,
    participants: { collector, server: servers },
    step: ({ collector, server }) =>
      collector.at('sweeping') && isDone(collector.context.left) && server.at('leader')
        ? [collector.gets('ends')]
        : disabled,
    seen: ({ collector }) => [replied(collector.context.left.op)],
  });
}

/** The claims of a volume that this world leaves out may be what a run fails at. */
function failingElsewhere({ behaviours, collector, scope }: Cluster): ModelAction {
  const isDenied = !scope.acls && behaviours.claimCollectionWithoutAcls === 'denied';
  return server('fails a collection at another volume', {
    of: '',
    source: isDenied ? sources.authorizeClaim : sources.claimGC,
    participants: { collector },
    step: ({ collector }) => (collector.at('sweeping') ? [collector.gets('ends')] : disabled),
    seen: ({ collector }) => [replied(collector.context.left.op, isDenied ? 'Permission denied' : 'volume not found')],
    waitsFor: 'person',
  });
}

/** A run that comes to a stage while there is no leader fails there, unless its request waits for the next one. */
function leaderless({ collector, server: servers }: Cluster, op: Op): ModelAction {
  return server('has no leader for a collection', {
    of: op,
    source: sources.systemGC,
    fairness: 'none',
    participants: { collector, server: servers },
    step: ({ collector, server }) =>
      collector.at('asked', 'sweeping') && collector.context.left.op === op && server.at('electing')
        ? [collector.gets('ends')]
        : disabled,
    seen: () => [replied(op, '')],
    waitsFor: 'timer',
  });
}
