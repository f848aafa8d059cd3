import { disabled } from '#composition/action.ts';
import type { Sending } from '#composition/instance.ts';
import type { ClaimPart, Cluster, VolumePart } from '#models/cluster.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import type { ClaimView } from '#models/machines/claim.ts';
import { mayCommand } from '#models/machines/operators.ts';
import type { ClaimCopy } from '#models/machines/volume.ts';
import { type ModelAction, type Observation, operator, provider, server, world } from '#models/note.ts';
import { isTerminal } from '#models/past.ts';
import { sources } from '#models/sources.ts';

/** How operators register a volume and take it away: server.md section 7. */
export function registering(cluster: Cluster): ModelAction[] {
  const may = (event: Cluster['scope']['events'][number]) => cluster.byHand || cluster.scope.events.includes(event);
  return cluster.volumes.flatMap((volume) => [
    ...(may('volumeRegistered') ? registers(cluster, volume) : []),
    ...(may('volumeDeregistered') ? deregisters(cluster, volume, false) : []),
    ...(may('volumeDeregisteredByForce') ? deregisters(cluster, volume, true) : []),
    ...(cluster.byHand ? [false, true].map((force) => findsNone(cluster, volume, force)) : []),
  ]);
}

/** The row is read, validated by the controller, and written whole as it was read: what changed meanwhile is undone. */
function registers(
  { behaviours, byHand, controllerPlugin, operators, scope, server: servers }: Cluster,
  volume: VolumePart,
): ModelAction[] {
  const { name, claims } = volume;
  const own = { volume: volume.volume, claims: claims.map((part) => part.claim) };
  const asked = { op: 'Register', vol: name };
  /** Before 1.3.0 the row was replaced, unless the volume was in use by then. */
  const replaces = behaviours.registeringInUse === 'isRefused';
  const isInUse = (all: readonly ClaimView[]) => all.some((one) => one.context.held);
  const validation = (what: 'call' | 'return', ok?: boolean): Observation => ({
    what,
    fields: { rpc: 'ControllerValidateVolume', vol: name, ...(ok !== undefined && { ok }) },
  });
  return [
    operator('registers the volume', {
      of: name,
      source: sources.registerVolume,
      participants: { ...own, operators, server: servers },
      step: ({ volume, claims: all, operators, server }) =>
        volume.at('registration.none') && server.at('leader') && mayCommand(operators)
          ? [
              operators.gets('command'),
              volume.gets('isRead', {
                copy: volume.at('row.registered') ? all.flatMap((one, i) => copyOf(one, claims[i])) : [],
              }),
            ]
          : disabled,
      seen: () => [{ what: 'request', fields: asked }],
    }),
    server('refuses a registration', {
      of: name,
      source: sources.registerVolume,
      participants: { volume: volume.volume, controllerPlugin },
      step: ({ volume, controllerPlugin }) =>
        // By hand it may be at odds with the row in what the model leaves out: mount options, capabilities.
        volume.at('registration.read') && (byHand || (scope.controllerRequired && !controllerPlugin.at('registered')))
          ? [volume.gets('isRefused')]
          : disabled,
      seen: () => [{ what: 'reply', fields: { ...asked, ok: false } }],
      waitsFor: byHand ? 'person' : 'nothing',
    }),
    provider('validates the volume', {
      of: name,
      source: sources.registerVolume,
      participants: { volume: volume.volume, controllerPlugin },
      step: ({ volume, controllerPlugin }) =>
        volume.at('registration.read') && (!scope.controllerRequired || controllerPlugin.at('registered'))
          ? [volume.gets('isValidated')]
          : disabled,
      seen: () => (scope.controllerRequired ? [validation('call'), validation('return', true)] : []),
    }),
    ...(byHand && scope.controllerRequired
      ? [
          world('fails a validation', {
            of: name,
            source: sources.registerVolume,
            participants: { volume: volume.volume },
            step: ({ volume }) => (volume.at('registration.read') ? [volume.gets('isRefused')] : disabled),
            seen: () => [
              validation('call'),
              validation('return', false),
              { what: 'reply', fields: { ...asked, ok: false } },
            ],
            fault: 'rpcFailure',
          }),
        ]
      : []),
    server('writes the registration', {
      of: name,
      source: sources.upsertVolume,
      participants: { ...own, server: servers },
      step: ({ volume, claims: all, server }) => {
        if (!volume.at('registration.validated') || !server.at('leader')) return disabled;
        if (replaces && isInUse(all)) return disabled;
        return [
          volume.gets('isWritten'),
          server.gets('volumesWritten'),
          ...all.map((one, i) => restored(one, claims[i], replaces ? [] : volume.context.copy)),
        ];
      },
      seen: () => [
        { what: 'write', fields: { type: 'CSIVolumeRegister', vol: name } },
        { what: 'reply', fields: { ...asked, ok: true } },
      ],
    }),
    ...(replaces
      ? [
          server('refuses to register a volume in use', {
            of: name,
            source: sources.upsertVolume,
            participants: { ...own, server: servers },
            step: ({ volume, claims: all, server }) =>
              volume.at('registration.validated') && server.at('leader') && isInUse(all)
                ? [volume.gets('isRefused')]
                : disabled,
            seen: () => [{ what: 'reply', fields: { ...asked, ok: false, error: 'volume exists' } }],
          }),
        ]
      : []),
  ];
}

/** Without force a held claim is in the way; with force only an allocation that is not over by either word. */
function deregisters({ operators, server: servers }: Cluster, volume: VolumePart, force: boolean): ModelAction[] {
  const { name } = volume;
  const own = {
    volume: volume.volume,
    server: servers,
    claims: volume.claims.map((part) => part.claim),
    allocations: volume.claims.map((part) => part.allocation),
  };
  const inTheWay = (claims: readonly ClaimView[], allocations: readonly AllocationView[]) =>
    claims.some((one, i) => one.context.held && !(force && allocations[i] !== undefined && isTerminal(allocations[i])));
  const asked = { op: 'Deregister', vol: name, force };
  const seen = (ok: boolean): Observation[] => [
    { what: 'request', fields: asked },
    { what: 'write', fields: { type: 'CSIVolumeDeregister', vol: name, force } },
    { what: 'reply', fields: { op: 'Deregister', vol: name, ok, ...(!ok && { error: 'volume in use' }) } },
  ];
  return [
    // No call is sent for it: what is mounted and attached stays so.
    operator(force ? 'deregisters the volume by force' : 'deregisters the volume', {
      of: name,
      source: sources.deregisterVolume,
      participants: { ...own, operators },
      step: ({ volume, server, claims, allocations, operators }) => {
        if (!volume.at('row.registered') || !server.at('leader') || inTheWay(claims, allocations)) return disabled;
        if (!mayCommand(operators)) return disabled;
        const gone = claims
          .filter((one) => !one.at('absent'))
          .map((one) => one.gets('isRestored', { held: false, past: null, access: false }));
        return [operators.gets('command'), volume.gets('isDeregistered'), server.gets('volumesWritten'), ...gone];
      },
      seen: () => seen(true),
    }),
    operator(force ? 'is refused a deregistration by force' : 'is refused a deregistration', {
      of: name,
      source: sources.deregisterVolume,
      participants: own,
      step: ({ volume, server, claims, allocations }) =>
        volume.at('row.registered') && server.at('leader') && inTheWay(claims, allocations) ? [] : disabled,
      seen: () => seen(false),
    }),
  ];
}

/** By hand it may also be asked where there is nothing to deregister. */
function findsNone({ server: servers }: Cluster, { name, volume }: VolumePart, force: boolean): ModelAction {
  return operator(force ? 'finds no volume to deregister by force' : 'finds no volume to deregister', {
    of: name,
    source: sources.deregisterVolume,
    participants: { volume, server: servers },
    step: ({ volume, server }) => (volume.at('row.missing') && server.at('leader') ? [] : disabled),
    seen: () => [
      { what: 'request', fields: { op: 'Deregister', vol: name, force } },
      { what: 'write', fields: { type: 'CSIVolumeDeregister', vol: name, force } },
      { what: 'reply', fields: { op: 'Deregister', vol: name, ok: false } },
    ],
  });
}

function copyOf(one: ClaimView, part: ClaimPart | undefined): ClaimCopy[] {
  if (part === undefined || one.at('absent')) return [];
  const past = one.at('past.nodeDetached')
    ? ('nodeDetached' as const)
    : one.at('past')
      ? ('unpublishing' as const)
      : null;
  return [{ alloc: part.alloc, held: one.context.held, past, access: one.context.access }];
}

function restored(one: ClaimView, part: ClaimPart | undefined, copy: readonly ClaimCopy[]): Sending {
  const { held, past, access } = copy.find(({ alloc }) => alloc === part?.alloc) ?? {
    held: false,
    past: null,
    access: false,
  };
  return one.gets('isRestored', { held, past, access });
}
