import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster, UnpublishPart } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import type { ClaimView } from '#models/machines/claim.ts';
import { mayHappen } from '#models/machines/faults.ts';
import type { NodeView } from '#models/machines/node.ts';
import type { ControllerPluginView } from '#models/machines/plugins.ts';
import type { UnpublishView } from '#models/machines/unpublish.ts';
import { type ModelAction, type Observation, provider, server, world } from '#models/note.ts';
import { isTerminal } from '#models/past.ts';
import { sources } from '#models/sources.ts';
import { checkpoints } from './checkpoint.ts';
import { answered, failed, log, orphaned } from './telling.ts';

/** What the controller step decides on, read once: nothing is looked at again after a wait. */
interface ControllerStep {
  readonly unpublish: UnpublishView;
  readonly node: NodeView;
  readonly controllerPlugin: ControllerPluginView;
  readonly neighbours: readonly AllocationView[];
}

type Decision = 'free' | 'noPlugin' | 'unknownNode' | 'noFingerprint' | 'call';

/** The controller step of an Unpublish and its end: server.md sections 3.3 and 3.4. */
export function controllerStep(cluster: Cluster, one: UnpublishPart): ModelAction[] {
  const part = one.of;
  const { behaviours, controllerPlugin, faults, scope } = cluster;
  const { unpublish } = one;
  const { node } = part.node;
  const vol = part.volume.name;
  const beside = usersOnNode(cluster, part);
  const reads = { node, controllerPlugin, neighbours: beside.map((other) => other.allocation) };
  const all = { unpublish, ...reads };

  /** The order of the questions is Nomad's and matters. */
  const decide = (at: ControllerStep): Decision => {
    const isUsedBeside = at.neighbours.some(
      (other, i) => at.unpublish.context.others.includes(beside[i]?.alloc ?? '') && !isTerminal(other),
    );
    if (!scope.controllerRequired) return 'free';
    if (at.controllerPlugin.at('missing')) return 'noPlugin';
    if (at.controllerPlugin.at('gone')) return 'free';
    if (isUsedBeside) return 'free';
    // The claims as they were read are asked before the node's row, and one of an old release may know the name.
    if (at.unpublish.context.external) return 'call';
    if (at.node.at('believed.collected')) return 'unknownNode';
    return at.node.at('plugin.unknown') ? 'noFingerprint' : 'call';
  };
  const decides = (at: ControllerStep, what: Decision) => at.unpublish.at('controllerStep') && decide(at) === what;
  const isSerial = behaviours.controllerCalls === 'oneAtATime';
  const isLocked = ({ unpublish, controllerPlugin }: ControllerStep) =>
    unpublish.context.old ? controllerPlugin.context.oldBusy : controllerPlugin.context.busy;
  const mayAsk = (at: ControllerStep) => (at.unpublish.at('queued') || decides(at, 'call')) && !isLocked(at);
  const callEnds = ({ unpublish, controllerPlugin }: Pick<ControllerStep, 'unpublish' | 'controllerPlugin'>) =>
    isSerial ? [controllerPlugin.gets(unpublish.context.old ? 'oldCallEnds' : 'callEnds')] : [];
  const call = (what: 'call' | 'return', ok?: boolean): Observation => ({
    what,
    fields: { rpc: 'ControllerDetachVolume', vol, target: `i-${part.node.name}`, ...(ok !== undefined && { ok }) },
  });
  const cannotDetach = 'could not detach from controller';
  const gives = (does: string, error: string, mean: Decision, source: string) =>
    server(does, {
      of: one.name,
      source,
      participants: all,
      step: (at) => (decides(at, mean) ? [at.unpublish.gets('ends')] : disabled),
      seen: () => answered(one, error),
      logged: () => [log.controllerUnpublish(vol), ...failed(one, error)],
    });

  return [
    // No controller is needed or registered, or another allocation on the machine still uses the volume.
    checkpoints(cluster, one, 'frees the claim without a controller step', {
      source: sources.controllerUnpublish,
      reads,
      when: (at, unpublish) => decides({ ...at, unpublish }, 'free'),
      state: () => 'ready-to-free',
      becomes: (unpublish) => unpublish.gets('ends'),
      isLast: true,
      logged: () => [log.controllerUnpublish(vol), log.releasing(vol)],
    }),
    gives('finds no such plugin', 'no such plugin', 'noPlugin', sources.controllerUnpublish),
    gives(
      'finds no fingerprint of the node plugin',
      `missing external node ID: failed to find storage provider info for client "${part.node.name}", node plugin`,
      'noFingerprint',
      sources.lookupExternalNodeID,
    ),
    behaviours.controllerStepOnUnknownNode === 'fail'
      ? gives(
          'finds no such node',
          `missing external node ID: Unknown node: ${part.node.name}`,
          'unknownNode',
          sources.lookupExternalNodeID,
        )
      : // Nobody is left to detach from: the step is given up, and what the provider has stays with it.
        checkpoints(cluster, one, 'abandons the controller step', {
          source: sources.controllerUnpublish,
          reads,
          when: (at, unpublish) => decides({ ...at, unpublish }, 'unknownNode'),
          state: () => 'ready-to-free',
          becomes: (unpublish) => unpublish.gets('readyToFree'),
          logged: () => [log.controllerUnpublish(vol), log.detachSkipped(vol)],
        }),
    // Deciding and sending are one step where the lock is free: what happens between them may as well happen after.
    server("waits for the plugin's lock", {
      of: one.name,
      source: sources.serializedCall,
      participants: all,
      step: (at) => (decides(at, 'call') && isLocked(at) ? [at.unpublish.gets('queues')] : disabled),
      logged: () => [log.controllerUnpublish(vol)],
    }),
    // A waiter that loses the race for the lock tries again at each release, so it does not lose for ever.
    server('asks the controller to detach', {
      of: one.name,
      source: sources.serializedCall,
      fairness: 'strong',
      participants: all,
      step: (at) =>
        mayAsk(at) && at.controllerPlugin.at('registered')
          ? [
              at.unpublish.gets('callsController'),
              ...(isSerial
                ? [at.controllerPlugin.gets(at.unpublish.context.old ? 'oldCallStarts' : 'callStarts')]
                : []),
            ]
          : disabled,
      seen: () => [call('call')],
      logged: ({ unpublish }) => (unpublish.at('controllerStep') ? [log.controllerUnpublish(vol)] : []),
      waitsFor: 'lock',
      counts: { what: 'controllerCalls', claim: part.name },
    }),
    server('finds no controller to ask', {
      of: one.name,
      source: sources.chooseController,
      fairness: 'strong',
      participants: all,
      step: (at) => (mayAsk(at) && !at.controllerPlugin.at('registered') ? [at.unpublish.gets('ends')] : disabled),
      seen: ({ unpublish }) => answered(one, unpublish.context.old ? 'node is not the leader' : cannotDetach),
      logged: () =>
        failed(one, `${cannotDetach}: controller detach volume: failed to find clients running controller plugin`),
      waitsFor: 'lock',
      counts: { what: 'controllerCalls', claim: part.name },
    }),
    provider('detaches', {
      of: one.name,
      source: sources.provider,
      participants: { unpublish, controllerPlugin, attachment: part.attachment },
      step: ({ unpublish, controllerPlugin, attachment }) =>
        unpublish.at('controllerCall') &&
        controllerPlugin.at('registered') &&
        !part.volume.neverDetaches &&
        !part.volume.neverAnswers
          ? [
              unpublish.gets(unpublish.context.old ? 'ends' : 'controllerAnswered'),
              ...callEnds({ unpublish, controllerPlugin }),
              attachment.gets('detached'),
            ]
          : disabled,
      seen: ({ unpublish }) => [call('return', true), ...orphaned(one, unpublish)],
      logged: ({ unpublish }) => (unpublish.context.old ? [] : [log.detachComplete(vol)]),
    }),
    ...(part.volume.neverDetaches
      ? [
          provider('refuses to detach', {
            of: one.name,
            source: sources.provider,
            participants: { unpublish, controllerPlugin },
            step: ({ unpublish, controllerPlugin }) =>
              unpublish.at('controllerCall')
                ? [unpublish.gets('ends'), ...callEnds({ unpublish, controllerPlugin })]
                : disabled,
            seen: () => [call('return', false), ...answered(one, cannotDetach)],
            logged: () => failed(one, `${cannotDetach}: controller detach volume: provider says no`),
          }),
        ]
      : []),
    // The controller's own machine or process went while it was asked.
    provider('goes away under a call', {
      of: one.name,
      source: sources.provider,
      participants: { unpublish, controllerPlugin },
      step: ({ unpublish, controllerPlugin }) =>
        unpublish.at('controllerCall') && !controllerPlugin.at('registered')
          ? [unpublish.gets('ends'), ...callEnds({ unpublish, controllerPlugin })]
          : disabled,
      seen: () => answered(one, cannotDetach),
      logged: () => failed(one, `${cannotDetach}: controller detach volume: No path to node`),
    }),
    // By hand, what it answers all the same is heard by the recorder only.
    ...(cluster.byHand ? [true, false] : []).map((ok) =>
      provider(`goes away under a call, answers ${ok} late`, {
        of: one.name,
        source: sources.provider,
        participants: { unpublish, controllerPlugin },
        step: ({ unpublish, controllerPlugin }) =>
          unpublish.at('controllerCall') && !controllerPlugin.at('registered')
            ? [unpublish.gets('ends'), ...callEnds({ unpublish, controllerPlugin })]
            : disabled,
        seen: () => [...answered(one, cannotDetach), call('return', ok)],
      }),
    ),
    world('fails a detach', {
      of: one.name,
      source: sources.provider,
      participants: { unpublish, controllerPlugin, faults },
      step: ({ unpublish, controllerPlugin, faults }) =>
        unpublish.at('controllerCall') && mayHappen(faults.context, 'rpcFailure')
          ? [
              unpublish.gets('ends'),
              ...callEnds({ unpublish, controllerPlugin }),
              faults.gets('happens', { kind: 'rpcFailure' }),
            ]
          : disabled,
      seen: () => [call('return', false), ...answered(one, cannotDetach)],
      logged: () => failed(one, `${cannotDetach}: controller detach volume: the provider failed`),
      fault: 'rpcFailure',
      waitsFor: 'call',
    }),
    world('loses the reply of a detach', {
      of: one.name,
      source: sources.provider,
      participants: { unpublish, controllerPlugin, attachment: part.attachment, faults },
      step: ({ unpublish, controllerPlugin, attachment, faults }) =>
        unpublish.at('controllerCall') && controllerPlugin.at('registered') && mayHappen(faults.context, 'replyLost')
          ? [
              unpublish.gets('ends'),
              ...callEnds({ unpublish, controllerPlugin }),
              attachment.gets('detached'),
              faults.gets('happens', { kind: 'replyLost' }),
            ]
          : disabled,
      seen: () => [call('return', true), ...answered(one, cannotDetach)],
      logged: () => failed(one, `${cannotDetach}: controller detach volume: context deadline exceeded`),
      fault: 'replyLost',
      waitsFor: 'call',
    }),
    checkpoints(cluster, one, 'writes the claim ready to free', {
      source: sources.controllerUnpublish,
      reads: {},
      when: (_, unpublish) => unpublish.at('controllerDone'),
      state: () => 'ready-to-free',
      becomes: (unpublish) => unpublish.gets('readyToFree'),
    }),
    checkpoints(cluster, one, 'frees the claim', {
      source: sources.unpublish,
      reads: {},
      when: (_, unpublish) => unpublish.at('freeing'),
      state: () => 'ready-to-free',
      becomes: (unpublish) => unpublish.gets('ends'),
      isLast: true,
      logged: () => [log.releasing(vol)],
    }),
  ];
}

/** The claims of other allocations on the same volume from the same machine. */
function besideOnNode(part: ClaimPart): ClaimPart[] {
  return part.node.claims.filter((other) => other !== part && other.volume === part.volume);
}

/** Those whose use of the volume cancels the controller step: before 1.4.0 the claim's own allocation is among them. */
function usersOnNode({ behaviours }: Cluster, part: ClaimPart): ClaimPart[] {
  return behaviours.controllerStepCancelledBy === 'anyAllocation' ? [part, ...besideOnNode(part)] : besideOnNode(part);
}

/** What an Unpublish reads of the volume as it is entered, and keeps for its controller step. */
export function entering(cluster: Cluster, part: ClaimPart) {
  const users = usersOnNode(cluster, part);
  const own = cluster.behaviours.claimIsWritten === 'afterPublish' ? [part.claim] : [];
  return {
    reads: { users: users.map((one) => one.claim), own },
    enters: (
      unpublish: UnpublishView,
      at: { readonly users: readonly ClaimView[]; readonly own: readonly ClaimView[] },
    ) =>
      unpublish.gets('enters', {
        others: holders(users, at.users),
        external: at.own.some((one) => one.context.held),
      }),
  };
}

/** Which of these allocations hold their claim, by name. `views` are the claims' own. */
function holders(parts: readonly ClaimPart[], views: readonly ClaimView[]): string[] {
  return parts.filter((_, i) => views[i]?.context.held).map((part) => part.alloc);
}
