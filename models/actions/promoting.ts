import { disabled } from '#composition/action.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import { type ModelAction, server } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/** A canary runs beside the allocation that it is to take the place of, which is stopped once the canary runs well. */
export function promoting(cluster: Cluster): ModelAction[] {
  return cluster.claims.flatMap((part) => {
    const old = cluster.claims.find((one) => one.alloc === part.canaryOf);
    return old ? [promotes(cluster, part, old), ...refuses(cluster, part)] : [];
  });
}

function promotes({ server: servers }: Cluster, canary: ClaimPart, old: ClaimPart): ModelAction {
  return server('promotes a canary and stops what it replaces', {
    of: canary.alloc,
    source: sources.promote,
    participants: { canary: canary.allocation, old: old.allocation, server: servers },
    step: ({ canary, old, server }) =>
      canary.at('client.running') && old.at('record.live') && server.at('leader')
        ? [old.gets('isToldToStop')]
        : disabled,
    waitsFor: 'timer',
  });
}

/** The validation that was proposed: the job is refused, so the canary is never placed. */
function refuses({ behaviours }: Cluster, canary: ClaimPart): ModelAction[] {
  if (!refusesCanary(canary, behaviours.canaryOfSingleWriter)) return [];
  return [
    server('refuses the job of a canary', {
      of: canary.alloc,
      source: sources.jobRegister,
      participants: { canary: canary.allocation },
      step: ({ canary }) => (canary.at('client.waiting') ? [canary.gets('neverStarted')] : disabled),
      waitsFor: 'person',
    }),
  ];
}

/** Whether a job with this canary is refused when it is submitted. */
export function refusesCanary(part: ClaimPart, canary: 'isPlaced' | 'isRefused'): boolean {
  return canary === 'isRefused' && part.canaryOf !== null && part.volume.access === 'single-node-writer';
}
