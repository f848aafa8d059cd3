import { disabled } from '#composition/action.ts';
import type { Cluster, VolumePart } from '#models/cluster.ts';
import { type ModelAction, server } from '#models/note.ts';
import { isOver, written } from '#models/past.ts';
import { sources } from '#models/sources.ts';

/** Before #8021 an allocation that is over makes an evaluation for its volume, which collects the claims on it. */
export function evaluating(cluster: Cluster): ModelAction[] {
  return cluster.volumes.flatMap((volume) => evaluations(cluster, volume));
}

function evaluations(cluster: Cluster, volume: VolumePart): ModelAction[] {
  const { behaviours, server: servers } = cluster;
  const { claims, evaluation, name } = volume;
  const [first] = claims;
  if (!evaluation || !first) return [];
  const row = {
    server: servers,
    volume: volume.volume,
    claimsBeside: claims.map((part) => part.claim),
    allocationsBeside: claims.map((part) => part.allocation),
  };
  return [
    server('makes an evaluation for a volume', {
      of: name,
      source: sources.claimGC,
      participants: { evaluation, ...row },
      step: ({ evaluation, server, claimsBeside, allocationsBeside }) => {
        const isDue = claimsBeside.some((one, i) => {
          const of = allocationsBeside[i];
          return of !== undefined && one.at('taken') && isOver(of, behaviours);
        });
        return evaluation.at('none') && server.at('leader') && isDue ? [evaluation.gets('isMade')] : disabled;
      },
      waitsFor: 'timer',
    }),
    server('collects the claims of an evaluation', {
      of: name,
      source: sources.claimGC,
      participants: { evaluation, ...row },
      step: ({ evaluation, ...row }) =>
        evaluation.at('pending') && row.server.at('leader') && row.volume.at('row.registered')
          ? written(row, behaviours, evaluation.gets('isDone'))
          : disabled,
      waitsFor: 'timer',
    }),
    // It is taken for a failure like any other, so it comes back, for ever.
    server('fails an evaluation: volume not found', {
      of: name,
      source: sources.claimApply,
      participants: { evaluation, volume: volume.volume, server: servers },
      step: ({ evaluation, volume: row, server }) =>
        evaluation.at('pending') && row.at('row.missing') && server.at('leader')
          ? [evaluation.gets('fails')]
          : disabled,
      logged: () => [
        {
          level: 'ERROR',
          logger: 'nomad.fsm',
          message: 'CSIVolumeClaim failed',
          pairs: { error: `volume not found: ${name}` },
        },
      ],
      waitsFor: 'timer',
      counts: { what: 'attempts', claim: first.name },
    }),
  ];
}
