import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { type ModelAction, operator, provider, server, world } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** What is noticed of volumes that a world leaves out, and the requests that are in vain in every release. */
export function elsewhere(cluster: Cluster): ModelAction[] {
  return [writing(cluster), ...(cluster.elsewhere ? calling(cluster) : []), ...detaching(cluster)];
}

/** Any write to the table of another volume wakes every watcher. */
function writing({ server: servers }: Cluster): ModelAction {
  return server('writes another volume', {
    of: 'another volume',
    source: sources.upsertVolume,
    participants: { server: servers },
    step: ({ server }) => (server.at('leader') ? [server.gets('volumesWritten')] : disabled),
    seen: () => [{ what: 'write', fields: { type: 'another volume' } }],
    waitsFor: 'person',
  });
}

/** A controller call for another volume holds the plugin's lock as any other does. */
function calling({ behaviours, controllerPlugin, scope }: Cluster): ModelAction[] {
  const fields = { type: 'another volume' };
  const isSerial = behaviours.controllerCalls === 'oneAtATime';
  return [
    server('asks the controller about another volume', {
      of: 'another volume',
      source: sources.serializedCall,
      participants: { controllerPlugin },
      step: ({ controllerPlugin }) =>
        !isSerial ? [] : controllerPlugin.context.busy ? disabled : [controllerPlugin.gets('callStartsElsewhere')],
      seen: () => [{ what: 'call', fields }],
      waitsFor: 'person',
    }),
    provider('answers about another volume', {
      of: 'another volume',
      source: sources.provider,
      participants: { controllerPlugin },
      step: ({ controllerPlugin }) =>
        controllerPlugin.context.elsewhere ? [controllerPlugin.gets('callEndsElsewhere')] : [],
      seen: () => [{ what: 'return', fields }],
    }),
    // Its machine is gone, so the server gives up, whatever is heard of the call later.
    world('loses a call about another volume', {
      of: 'another volume',
      source: sources.serializedCall,
      participants: { controllerPlugin },
      step: ({ controllerPlugin }) =>
        controllerPlugin.context.elsewhere && !controllerPlugin.at('registered')
          ? [controllerPlugin.gets('callEndsElsewhere')]
          : disabled,
    }),
    ...(scope.faults.leaderChange
      ? [
          server('had asked the controller about another volume', {
            of: 'another volume',
            source: sources.serializedCall,
            participants: { controllerPlugin },
            step: ({ controllerPlugin }) =>
              controllerPlugin.context.oldBusy || !isSerial
                ? disabled
                : [controllerPlugin.gets('oldCallStartsElsewhere')],
            seen: () => [{ what: 'call', fields }],
            waitsFor: 'person',
          }),
          provider('answers a former leader about another volume', {
            of: 'another volume',
            source: sources.provider,
            participants: { controllerPlugin },
            step: ({ controllerPlugin }) =>
              controllerPlugin.context.oldElsewhere ? [controllerPlugin.gets('oldCallEndsElsewhere')] : disabled,
            seen: () => [{ what: 'return', fields }],
          }),
        ]
      : []),
  ];
}

/** `nomad volume detach` names no allocation, which the apply takes for an unknown one (executed.md X11). */
function detaching({ volumes, server: servers }: Cluster): ModelAction[] {
  return volumes.flatMap(({ name, volume }) => {
    const request = { what: 'request' as const, fields: { op: 'Detach', vol: name } };
    const reply = (error: string) => ({
      what: 'reply' as const,
      fields: { op: 'Detach', vol: name, ok: false, error },
    });
    return [
      operator('asks in vain for a detach', {
        of: name,
        source: sources.unpublish,
        participants: { volume, server: servers },
        step: ({ volume, server }) => (volume.at('row.registered') && server.at('leader') ? [] : disabled),
        seen: () => [
          request,
          { what: 'write', fields: { type: 'CSIVolumeClaim', vol: name, alloc: null, mode: 'gc', state: 'taken' } },
          reply('Unknown allocation'),
        ],
      }),
      operator('asks for a detach from no volume', {
        of: name,
        source: sources.unpublish,
        participants: { volume },
        step: ({ volume }) => (volume.at('row.missing') ? [] : disabled),
        seen: () => [request, reply('no such volume')],
      }),
    ];
  });
}
