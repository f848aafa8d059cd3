import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { ControllerPluginView } from '#models/machines/plugins.ts';
import type { PublishView } from '#models/machines/publish.ts';
import { client, type ModelAction, type Observation, provider, server, world } from '#models/note.ts';
import { isTerminal, type RowViews, rowWrite, written } from '#models/past.ts';
import { sources } from '#models/sources.ts';

/** How a client takes a claim, has the volume attached and mounts it: server.md section 2, surroundings.md A.2. */
export function claiming(cluster: Cluster): ModelAction[] {
  return cluster.claims.flatMap((part) => [
    ...requesting(cluster, part),
    ...attaching(cluster, part),
    ...(cluster.byHand ? [] : mounting(cluster, part)),
  ]);
}

type Refusal = 'volume not found' | 'volume is currently unschedulable' | 'volume max claims reached';

/** What a claim request is decided on. */
interface Asking extends RowViews {
  readonly allocation: AllocationView;
  readonly publish: PublishView;
  readonly node: NodeView;
  readonly controllerPlugin: ControllerPluginView;
  readonly replaced?: AllocationView;
}

function requesting(cluster: Cluster, part: ClaimPart): ModelAction[] {
  const { behaviours, controllerPlugin, scope } = cluster;
  const { node } = part.node;
  const { allocation } = part;
  const asks = {
    allocation,
    publish: part.publish,
    node,
    controllerPlugin,
    ...(part.replaces && { replaced: part.replaces.allocation }),
    ...rowWrite(cluster, part),
  };
  /** It is the client's turn, and a server answers. */
  const isDue = (at: Asking) =>
    at.publish.at('idle') &&
    at.server.at('leader') &&
    (cluster.byHand ||
      (at.allocation.at('client.waiting') &&
        at.allocation.at('record.live') &&
        at.node.at('believed.ready') &&
        at.node.at('machine.running') &&
        (at.replaced === undefined || isTerminal(at.replaced))));
  /** Why the apply would refuse it, in the order of Nomad's questions. */
  const beside = part.volume.claims.filter((one) => one !== part);
  const refusal = (at: Asking): Refusal | null => {
    if (at.volume.at('row.missing')) return 'volume not found';
    if (!isSchedulable(at.controllerPlugin) || refusesAll(part)) return 'volume is currently unschedulable';
    if (at.claim.context.held) return null;
    // A claim of another allocation counts until it is ready to free, past or not.
    const held = beside.filter((_, i) => at.claimsBeside[i]?.context.held).map((one) => one.mode);
    return isFull(part, held) ? 'volume max claims reached' : null;
  };
  /** What fingerprints say of the plugin; by hand a machine that has stopped is still what it said last. */
  const isSchedulable = (plugin: ControllerPluginView) =>
    cluster.byHand
      ? plugin.context.nodes.length > 0 && (!scope.controllerRequired || plugin.context.controllers.length > 0)
      : !scope.controllerRequired || plugin.at('registered');
  const isRefused = (at: Asking, error: Refusal) => isDue(at) && refusal(at) === error;
  // By hand the client's own word is taken for the access mode.
  const take = taking(part, cluster.byHand ? {} : { access: part.volume.access });
  const seen = (error: Refusal): Observation[] => [
    request(part),
    take,
    { what: 'reply', fields: { ...asked(part), ok: false, error } },
  ];
  /** Only a full volume is worth another try; with anything else the allocation fails. */
  const gives = (error: Exclude<Refusal, 'volume max claims reached'>) =>
    client(`is refused a claim: ${error}`, {
      of: part.name,
      source: sources.claimApply,
      participants: asks,
      step: (at) => (isRefused(at, error) ? (cluster.byHand ? [] : [at.allocation.gets('claimFailed')]) : disabled),
      seen: () => seen(error),
    });

  return [
    client('claims the volume', {
      of: part.name,
      source: sources.claimApply,
      participants: asks,
      step: (at) => {
        if (!isDue(at) || refusal(at) !== null) return disabled;
        const starts = cluster.byHand ? [] : [at.allocation.gets('claimed')];
        return written(
          at,
          behaviours,
          ...starts,
          at.publish.gets('begins'),
          ...(at.claim.context.held ? [] : [at.claim.gets('taken')]),
        );
      },
      seen: () => [request(part), take],
    }),
    // The apply is refused: the log has the entry, the table has not, and nobody is woken. The client tries again later.
    client('is refused a claim: volume max claims reached', {
      of: part.name,
      source: sources.claimApply,
      fairness: 'none',
      participants: asks,
      step: (at) => (isRefused(at, 'volume max claims reached') ? [] : disabled),
      seen: () => seen('volume max claims reached'),
    }),
    gives('volume is currently unschedulable'),
    gives('volume not found'),
    ...(cluster.byHand
      ? []
      : [
          client('gives up before it claimed', {
            of: part.name,
            source: sources.claimWithRetry,
            participants: { allocation },
            step: ({ allocation }) =>
              allocation.at('client.waiting') && !allocation.at('record.live')
                ? [allocation.gets('neverStarted')]
                : disabled,
          }),
        ]),
  ];
}

/** The server's part after the apply, and the provider's answer; the client may be gone by then. */
function attaching({ byHand, controllerPlugin, faults, scope }: Cluster, part: ClaimPart): ModelAction[] {
  const { allocation, attachment, publish } = part;
  const { node } = part.node;
  const needsNone = (plugin: ControllerPluginView) => !scope.controllerRequired || plugin.at('gone');
  /** By hand a record may be collected under a claim. */
  const isUnknown = (at: AllocationView) => byHand && at.at('record.collected');
  const answer = (ok: boolean, error?: string): Observation => ({
    what: 'reply',
    fields: { ...asked(part), ok, ...(error !== undefined && { error }) },
  });
  const call = (what: 'call' | 'return', ok?: boolean): Observation => ({
    what,
    fields: {
      rpc: 'ControllerAttachVolume',
      vol: part.volume.name,
      target: `i-${part.node.name}`,
      ...(ok !== undefined && { ok }),
    },
  });
  const lockOf = ({ context }: PublishView) => (context.old ? 'oldCallEnds' : 'callEnds');
  const hears = (at: AllocationView, answer: 'claimAnswered' | 'claimFailed') =>
    at.at('client.claiming') ? [at.gets(answer)] : [];

  return [
    server('asks the controller to attach', {
      of: part.name,
      source: sources.controllerPublish,
      fairness: 'strong',
      participants: { publish, node, controllerPlugin },
      step: ({ publish, node, controllerPlugin }) =>
        publish.at('publishing') &&
        !needsNone(controllerPlugin) &&
        controllerPlugin.at('registered') &&
        !controllerPlugin.context.busy &&
        !node.at('believed.collected') &&
        node.at('plugin.known')
          ? [publish.gets('asksController'), controllerPlugin.gets('callStarts')]
          : disabled,
      seen: () => [call('call')],
      waitsFor: 'lock',
    }),
    server('needs no controller to attach', {
      of: part.name,
      source: sources.controllerPublish,
      participants: { publish, allocation, controllerPlugin },
      step: ({ publish, allocation, controllerPlugin }) =>
        publish.at('publishing') && needsNone(controllerPlugin)
          ? [publish.gets('ends'), ...hears(allocation, 'claimAnswered')]
          : disabled,
      seen: () => [answer(true)],
    }),
    // No rollback: the claim stays in Raft, and only an unpublish releases it.
    server('fails to publish', {
      of: part.name,
      source: sources.controllerPublish,
      participants: { publish, allocation, node, controllerPlugin },
      step: ({ publish, allocation, node, controllerPlugin }) =>
        publish.at('publishing') &&
        (isUnknown(allocation) || !needsNone(controllerPlugin)) &&
        (isUnknown(allocation) ||
          !controllerPlugin.at('registered') ||
          node.at('believed.collected') ||
          node.at('plugin.unknown'))
          ? [publish.gets('ends'), ...hears(allocation, 'claimFailed')]
          : disabled,
      seen: () => [answer(false, 'controller publish')],
    }),
    provider('attaches', {
      of: part.name,
      source: sources.providerPublish,
      participants: { publish, allocation, attachment, controllerPlugin },
      step: ({ publish, allocation, attachment, controllerPlugin }) =>
        publish.at('attaching')
          ? [
              publish.gets('ends'),
              ...hears(allocation, 'claimAnswered'),
              attachment.gets('attached'),
              controllerPlugin.gets(lockOf(publish)),
            ]
          : disabled,
      seen: () => [call('return', true), answer(true)],
    }),
    world('fails an attach', {
      of: part.name,
      source: sources.providerPublish,
      participants: { publish, allocation, controllerPlugin, faults },
      step: ({ publish, allocation, controllerPlugin, faults }) =>
        publish.at('attaching') && mayHappen(faults.context, 'rpcFailure')
          ? [
              publish.gets('ends'),
              ...hears(allocation, 'claimFailed'),
              controllerPlugin.gets(lockOf(publish)),
              faults.gets('happens', { kind: 'rpcFailure' }),
            ]
          : disabled,
      seen: () => [call('return', false), answer(false, 'controller publish')],
      fault: 'rpcFailure',
      waitsFor: 'call',
    }),
    // Its machine stopped under the call: the server gives up, and what the plugin answers is heard by the recorder only.
    ...(byHand ? [[], [true], [false]] : []).map((late) =>
      provider(`goes away under an attach${late.length === 0 ? '' : `, answers ${late} late`}`, {
        of: part.name,
        source: sources.providerPublish,
        participants: { publish, controllerPlugin },
        step: ({ publish, controllerPlugin }) =>
          publish.at('attaching') && !controllerPlugin.at('registered')
            ? [publish.gets('ends'), controllerPlugin.gets(lockOf(publish))]
            : disabled,
        seen: () => [answer(false, 'controller publish'), ...late.map((ok) => call('return', ok))],
      }),
    ),
    world('loses the reply of an attach', {
      of: part.name,
      source: sources.providerPublish,
      participants: { publish, allocation, attachment, controllerPlugin, faults },
      step: ({ publish, allocation, attachment, controllerPlugin, faults }) =>
        publish.at('attaching') && mayHappen(faults.context, 'replyLost')
          ? [
              publish.gets('ends'),
              ...hears(allocation, 'claimFailed'),
              attachment.gets('attached'),
              controllerPlugin.gets(lockOf(publish)),
              faults.gets('happens', { kind: 'replyLost' }),
            ]
          : disabled,
      seen: () => [call('return', true), answer(false, 'controller publish')],
      fault: 'replyLost',
      waitsFor: 'call',
    }),
  ];
}

function mounting({ faults }: Cluster, part: ClaimPart): ModelAction[] {
  const { allocation, mount } = part;
  const { node, plugin } = part.node;
  return [
    client('mounts the volume and starts the task', {
      of: part.name,
      source: sources.mountVolume,
      participants: { allocation, node, plugin, mount },
      step: ({ allocation, node, plugin, mount }) =>
        allocation.at('client.mounting') && !node.at('machine.gone', 'machine.agentGone') && plugin.at('registered')
          ? [allocation.gets('mounted'), mount.gets('published', { alloc: part.alloc })]
          : disabled,
    }),
    client('finds no plugin to mount with', {
      of: part.name,
      source: sources.mountVolume,
      participants: { allocation, node, plugin },
      step: ({ allocation, node, plugin }) =>
        allocation.at('client.mounting') && !node.at('machine.gone', 'machine.agentGone') && !plugin.at('registered')
          ? [allocation.gets('mountFailed')]
          : disabled,
    }),
    world('fails a mount', {
      of: part.name,
      source: sources.mountVolume,
      participants: { allocation, faults },
      step: ({ allocation, faults }) =>
        allocation.at('client.mounting') && mayHappen(faults.context, 'rpcFailure')
          ? [allocation.gets('mountFailed'), faults.gets('happens', { kind: 'rpcFailure' })]
          : disabled,
      fault: 'rpcFailure',
    }),
  ];
}

/** Modes that let nobody write (structs.CSIVolume: WriteSchedulable). */
function refusesAll({ mode, volume }: ClaimPart): boolean {
  return (
    mode === 'write' && (volume.access === 'single-node-reader-only' || volume.access === 'multi-node-reader-only')
  );
}

/** Whether the claims that others hold leave no room (structs.CSIVolume: HasFreeReadClaims, HasFreeWriteClaims). */
function isFull({ mode, volume: { access } }: ClaimPart, held: readonly ClaimPart['mode'][]): boolean {
  if (mode === 'write') return access !== 'multi-node-multi-writer' && held.includes('write');
  if (access === 'single-node-writer') return held.length > 0;
  return access === 'single-node-reader-only' && held.includes('read');
}

const asked = (part: ClaimPart) => ({ op: 'Claim', vol: part.volume.name, alloc: part.alloc });

function request(part: ClaimPart): Observation {
  return { what: 'request', fields: { ...asked(part), node: part.node.name, mode: part.mode } };
}

function taking(part: ClaimPart, access: { readonly access?: string }): Observation {
  return {
    what: 'write',
    fields: {
      type: 'CSIVolumeClaim',
      vol: part.volume.name,
      alloc: part.alloc,
      node: part.node.name,
      mode: part.mode,
      state: 'taken',
      ...access,
      externalNode: null,
    },
  };
}
