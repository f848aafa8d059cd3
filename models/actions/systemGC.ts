import { disabled } from '#composition/action.ts';
import type { Cluster, NodePart } from '#models/cluster.ts';
import { type CollectionPlan, isDone, nothingToCollect } from '#models/machines/collector.ts';
import { mayCommand } from '#models/machines/operators.ts';
import { type ModelAction, type Observation, operator, server } from '#models/note.ts';
import { isOver, isTerminal } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { goesOn, type Op, ops, sweeping } from './sweeping.ts';

/**
 * `nomad system gc`, and by hand the collection of claims: one run over one snapshot, in Nomad's order (server.md 5.6):
 * records of allocations, the plugin, claims, nodes. What the snapshot showed is collected whatever has changed since,
 * and an error in one stage is the end of the run.
 *
 * By hand a run is asked for and taken up some time later, and records of allocations are collected at any time: which of
 * them a run reaps is up to evaluations, which the model leaves out. Elsewhere the operator's asking is the snapshot.
 * Left out: tokens and keys, which come between claims and nodes; jobs and deployments.
 */
export function systemGC(cluster: Cluster): ModelAction[] {
  if (!cluster.byHand && !cluster.scope.events.includes('systemGC')) return [];
  return [
    ...(cluster.byHand ? asking(cluster) : []),
    ...ops(cluster).map((op) => snapshot(cluster, op)),
    ...sweeping(cluster),
  ];
}

function asking({ collector }: Cluster): ModelAction[] {
  return (['claim gc', 'system gc'] as const).map((op) =>
    operator(`asks for a ${op}`, {
      of: '',
      source: op === 'claim gc' ? sources.claimGC : sources.systemGC,
      participants: { collector },
      step: ({ collector }) => (collector.at('idle') ? [collector.gets('isAsked', { op })] : disabled),
      seen: () => [{ what: 'request', fields: { op } }],
    }),
  );
}

/** Reads everything at once. An operator who would find nothing to collect need not ask. */
function snapshot(cluster: Cluster, op: Op): ModelAction {
  const { behaviours, bystanders, byHand, claims: parts, collector, controllerPlugin, nodes, scope } = cluster;
  const { operators } = cluster;
  const all = op === 'system gc';
  const participants = {
    collector,
    controllerPlugin,
    claims: parts.map((part) => part.claim),
    allocations: parts.map((part) => part.allocation),
    nodes: all ? nodes.map((part) => part.node) : [],
    plugins: all ? nodes.map((part) => part.plugin) : [],
    others: all ? bystanders.map((one) => one.allocation) : [],
    server: cluster.server,
    operators,
  };
  type Read = Parameters<Parameters<typeof operator<typeof participants>>[1]['step']>[0];
  const plan = ({ claims, allocations, controllerPlugin, nodes: seen, plugins, others }: Read): CollectionPlan => {
    const isPast = (i: number) => {
      const [claim, of] = [claims[i], allocations[i]];
      return (
        claim !== undefined && of !== undefined && (claim.at('past') || (claim.at('taken') && isOver(of, behaviours)))
      );
    };
    const isFree = (part: NodePart, i: number) =>
      seen[i]?.at('believed.down') === true &&
      parts.every((one, k) => one.node !== part || allocations[k] === undefined || isTerminal(allocations[k])) &&
      bystanders.every((one, k) => one.node !== part || others[k] === undefined || isTerminal(others[k]));
    const volumes = cluster.volumes.filter((one) => parts.some((part, i) => part.volume === one && isPast(i)));
    if (!all) return { op, ...nothingToCollect, volumes: volumes.map((one) => one.name) };
    return {
      op,
      allocations: byHand
        ? []
        : parts.filter((_, i) => allocations[i]?.at('record.terminal') === true).map((part) => part.alloc),
      plugin:
        scope.controllerRequired &&
        (behaviours.pluginInUse === 'endsTheRun'
          ? !controllerPlugin.at('missing')
          : controllerPlugin.at('gone') && plugins.every((one) => one.at('gone'))),
      volumes: volumes.map((one) => one.name),
      nodes: nodes.filter(isFree).map((part) => part.name),
    };
  };
  const declared = {
    of: byHand ? op : '',
    source: op === 'claim gc' ? sources.claimGC : sources.systemGC,
    participants,
    step: (read: Read) => {
      const { collector, operators, server } = read;
      const left = plan(read);
      const isDue = byHand ? collector.at('asked') && collector.context.left.op === op : collector.at('idle');
      return isDue && server.at('leader') && (byHand || (!isDone(left) && mayCommand(operators)))
        ? [goesOn(cluster, collector, left), ...(byHand ? [] : [operators.gets('command')])]
        : disabled;
    },
    seen: (): Observation[] => (byHand ? [] : [{ what: 'request', fields: { op } }]),
  };
  return byHand ? server('takes a snapshot for a collection', declared) : operator('runs a system gc', declared);
}
