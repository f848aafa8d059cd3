import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { ControllerPluginView } from '#models/machines/plugins.ts';
import type { PublishView } from '#models/machines/publish.ts';
import { type ModelAction, type Observation, provider, server, world } from '#models/note.ts';
import { type RowViews, rowWrite, written } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { isFull, reply, takes, taking } from './claimWrite.ts';

/** How a server has a claimed volume attached, and where it writes the claim only then: server.md section 2. */
export function publishing(cluster: Cluster, part: ClaimPart): ModelAction[] {
  return [...attaching(cluster, part), ...writing(cluster, part)];
}

/** The server's part after the apply, and the provider's answer; the client may be gone by then. */
function attaching({ behaviours, byHand, controllerPlugin, faults, scope }: Cluster, part: ClaimPart): ModelAction[] {
  const { allocation, attachment, publish } = part;
  const { node } = part.node;
  const needsNone = (plugin: ControllerPluginView) => !scope.controllerRequired || plugin.at('gone');
  /** By hand a record may be collected under a claim. */
  const isUnknown = (at: AllocationView) => byHand && at.at('record.collected');
  const writesAfter = behaviours.claimIsWritten === 'afterPublish';
  const isSerial = behaviours.controllerCalls === 'oneAtATime';
  /** With the attach a request is answered, or has its claim yet to write. */
  const attached = (publish: PublishView, allocation: AllocationView) =>
    writesAfter ? [publish.gets('isAttached')] : [publish.gets('ends'), ...hears(allocation, 'claimAnswered')];
  const answers = (): Observation[] => (writesAfter ? [] : [reply(part)]);
  const unlocks = (publish: PublishView, plugin: ControllerPluginView) =>
    isSerial ? [plugin.gets(publish.context.old ? 'oldCallEnds' : 'callEnds')] : [];
  const call = (what: 'call' | 'return', ok?: boolean): Observation => ({
    what,
    fields: {
      rpc: 'ControllerAttachVolume',
      vol: part.volume.name,
      target: `i-${part.node.name}`,
      ...(ok !== undefined && { ok }),
    },
  });

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
          ? [publish.gets('asksController'), ...(isSerial ? [controllerPlugin.gets('callStarts')] : [])]
          : disabled,
      seen: () => [call('call')],
      waitsFor: 'lock',
    }),
    server('needs no controller to attach', {
      of: part.name,
      source: sources.controllerPublish,
      participants: { publish, allocation, controllerPlugin },
      step: ({ publish, allocation, controllerPlugin }) =>
        publish.at('publishing') && needsNone(controllerPlugin) ? attached(publish, allocation) : disabled,
      seen: answers,
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
      seen: () => [reply(part, 'controller publish')],
    }),
    provider('attaches', {
      of: part.name,
      source: sources.providerPublish,
      participants: { publish, allocation, attachment, controllerPlugin },
      step: ({ publish, allocation, attachment, controllerPlugin }) =>
        publish.at('attaching')
          ? [...attached(publish, allocation), attachment.gets('attached'), ...unlocks(publish, controllerPlugin)]
          : disabled,
      seen: () => [call('return', true), ...answers()],
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
              ...unlocks(publish, controllerPlugin),
              faults.gets('happens', { kind: 'rpcFailure' }),
            ]
          : disabled,
      seen: () => [call('return', false), reply(part, 'controller publish')],
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
            ? [publish.gets('ends'), ...unlocks(publish, controllerPlugin)]
            : disabled,
        seen: () => [reply(part, 'controller publish'), ...late.map((ok) => call('return', ok))],
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
              ...unlocks(publish, controllerPlugin),
              faults.gets('happens', { kind: 'replyLost' }),
            ]
          : disabled,
      seen: () => [call('return', true), reply(part, 'controller publish')],
      fault: 'replyLost',
      waitsFor: 'call',
    }),
  ];
}

/** Before 1.3.0 the claim was written only now, and what the controller has attached stays so if the write is refused. */
function writing(cluster: Cluster, part: ClaimPart): ModelAction[] {
  const { behaviours, byHand } = cluster;
  if (behaviours.claimIsWritten === 'beforePublish') return [];
  const { allocation } = part;
  const participants = { publish: part.publish, allocation, ...rowWrite(cluster, part) };
  type Writing = RowViews & { readonly publish: PublishView; readonly allocation: AllocationView };
  const mayWrite = (at: Writing) => at.publish.at('attached') && !at.publish.context.old && at.server.at('leader');
  const isRefused = (at: Writing) => at.volume.at('row.missing') || isFull(cluster, part, at);
  const again = behaviours.fullVolume === 'isTriedAgain' ? 'claimRefused' : 'claimFailed';
  return [
    server('writes the claim of what is attached', {
      of: part.name,
      source: sources.claimApply,
      participants,
      step: (at) =>
        mayWrite(at) && !isRefused(at)
          ? written(
              at,
              behaviours,
              at.publish.gets('ends'),
              ...hears(at.allocation, 'claimAnswered'),
              ...takes(part, at),
            )
          : disabled,
      seen: () => [taking(cluster, part), reply(part)],
    }),
    server('is refused the claim of what is attached', {
      of: part.name,
      source: sources.claimApply,
      participants,
      step: (at) =>
        mayWrite(at) && isRefused(at)
          ? [at.publish.gets('ends'), ...hears(at.allocation, at.volume.at('row.missing') ? 'claimFailed' : again)]
          : disabled,
      seen: () => [taking(cluster, part), reply(part, 'volume max claims reached')],
    }),
    ...(byHand || cluster.scope.faults.leaderChange
      ? [
          server('has no leader to write the claim of what is attached', {
            of: part.name,
            source: sources.claim,
            participants: { publish: part.publish, allocation },
            step: ({ publish, allocation }) =>
              publish.at('attached') && publish.context.old
                ? [publish.gets('ends'), ...hears(allocation, 'claimFailed')]
                : disabled,
            seen: () => [reply(part, 'node is not the leader')],
          }),
        ]
      : []),
  ];
}

function hears(at: AllocationView, answer: 'claimAnswered' | 'claimFailed' | 'claimRefused') {
  return at.at('client.claiming') ? [at.gets(answer)] : [];
}
