import type { NodePart, VolumePart } from '#models/cluster.ts';
import type { CollectorView } from '#models/machines/collector.ts';
import type { Model } from '#models/model.ts';
import { isOver, isTerminal } from '#models/past.ts';
import { everywhere, type Obligation, type PromiseSpec } from '#properties/promise.ts';

/**
 * Otherwise what is gone stays in the store: nodes, the plugin, and claims that nobody else will release.
 *
 * Expected to fail from 2.0.1 on where ACLs are disabled: the collection of claims is denied every time, and in a
 * `nomad system gc` everything that comes after it is left out as well (executed.md X12, X13). A volume that is
 * deregistered under a run of `system gc` fails that run in every release.
 */
export const collectionIsNeverBlocked: PromiseSpec = {
  name: 'collectionIsNeverBlocked',
  form: 'leads to',
  words: 'node, plugin and volume collection ends: what it is due to collect, it collects',
  appliesTo: everywhere,
  obligations: (model) => {
    const { cluster } = model;
    const { events } = cluster.scope;
    return [
      ...cluster.volumes.map((volume) => claimsAreStored(model, volume)),
      ...(events.includes('nodeCollected') ? cluster.nodes.map((part) => nodeIsCollected(model, part)) : []),
      ...(cluster.scope.faults.pluginStops && cluster.scope.controllerRequired ? [pluginIsCollected(model)] : []),
      ...(events.includes('systemGC') ? cluster.nodes.map((part) => runReachesNode(model, part)) : []),
    ];
  },
  witnesses: (model) => {
    const { cluster, composition } = model;
    return [
      ...cluster.volumes.map((volume) => ({
        formula: { kind: 'sometimes' as const, name: `a claim on ${volume.name} is due`, holds: isDue(model, volume) },
        broken: `no claim on ${volume.name} is ever due for collection`,
      })),
      ...(cluster.scope.events.includes('nodeCollected')
        ? cluster.nodes.map(({ name, node }) => ({
            formula: {
              kind: 'sometimes' as const,
              name: `${name} is collected`,
              holds: composition.predicate({ node }, ({ node }) => node.at('believed.collected')),
            },
            broken: `node ${name} is never collected`,
          }))
        : []),
    ];
  },
};

/** Some claim on the volume is past when it is read, and is not yet stored as past. */
function isDue({ cluster, composition }: Model, volume: VolumePart) {
  return composition.predicate(
    {
      claims: volume.claims.map((part) => part.claim),
      allocations: volume.claims.map((part) => part.allocation),
    },
    ({ claims, allocations }) =>
      claims.some((one, i) => {
        const of = allocations[i];
        return of !== undefined && one.at('taken') && isOver(of, cluster.behaviours);
      }),
  );
}

function claimsAreStored(model: Model, volume: VolumePart): Obligation {
  const due = isDue(model, volume);
  return {
    formula: {
      kind: 'leadsTo',
      name: `due claims on ${volume.name} are stored as past`,
      from: due,
      to: { participants: due.participants, holds: (locals) => !due.holds(locals) },
      stays: true,
      forGood: false,
    },
    broken: `a claim on ${volume.name} is due, and no collection ever stores it as past`,
  };
}

function nodeIsCollected({ composition: { predicate } }: Model, { name, node, claims }: NodePart): Obligation {
  return {
    formula: {
      kind: 'leadsTo',
      name: `node ${name} is collected`,
      from: predicate(
        { node, allocations: claims.map((part) => part.allocation) },
        ({ node, allocations }) => node.at('believed.down') && allocations.every(isTerminal),
      ),
      to: predicate({ node }, ({ node }) => !node.at('believed.down')),
      stays: true,
      forGood: false,
    },
    broken: `node ${name} is down with nothing left to run, and is never collected`,
  };
}

/** The periodic collection is taken to come, which elsewhere nobody owes: its threshold is an hour. */
function pluginIsCollected({ cluster, composition: { actions, predicate } }: Model): Obligation {
  const { controllerPlugin } = cluster;
  const collects = actions.flatMap(({ note }, id) => (note.rule === 'server collects the plugin' ? [id] : []));
  return {
    formula: {
      kind: 'leadsTo',
      name: 'the plugin is collected',
      from: predicate(
        { controllerPlugin, plugins: cluster.nodes.map((part) => part.plugin) },
        ({ controllerPlugin, plugins }) => controllerPlugin.at('gone') && plugins.every((one) => one.at('gone')),
      ),
      to: predicate({ controllerPlugin }, ({ controllerPlugin }) => controllerPlugin.at('missing')),
      stays: true,
      forGood: false,
      fairness: new Map(collects.map((id) => [id, 'weak'] as const)),
    },
    broken: 'the plugin is gone from everywhere, and its row is never collected',
  };
}

function runReachesNode({ cluster, composition: { predicate } }: Model, { name, node }: NodePart): Obligation {
  const isPlanned = (at: CollectorView) => at.at('sweeping') && at.context.left.nodes.includes(name);
  return {
    formula: {
      kind: 'leadsTo',
      name: `a system gc that found ${name} collects it`,
      from: predicate({ collector: cluster.collector }, ({ collector }) => isPlanned(collector)),
      to: predicate({ node }, ({ node }) => node.at('believed.collected')),
      stays: false,
      forGood: false,
    },
    broken: `a system gc finds node ${name} down with nothing left to run, and ends without collecting it`,
  };
}
