import type { Sending } from '#composition/instance.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { Observation } from '#models/note.ts';
import type { RowViews } from '#models/past.ts';

/** Modes that let nobody write (structs.CSIVolume: WriteSchedulable). */
export function refusesAll({ mode, volume }: ClaimPart): boolean {
  return (
    mode === 'write' && (volume.access === 'single-node-reader-only' || volume.access === 'multi-node-reader-only')
  );
}

/**
 * Whether the claims that others hold leave no room (structs.CSIVolume: HasFreeReadClaims, HasFreeWriteClaims). A claim counts
 * until it is ready to free, past or not; before 1.3.0 those of the same job did not.
 */
export function isFull(
  { behaviours }: Cluster,
  part: ClaimPart,
  at: Pick<RowViews, 'claim' | 'claimsBeside'>,
): boolean {
  if (at.claim.context.held) return false;
  const held = part.volume.claims
    .filter((one) => one !== part)
    .filter(
      (one, i) => at.claimsBeside[i]?.context.held && !(behaviours.claimLimit === 'otherJobs' && isOfOneJob(one, part)),
    )
    .map((one) => one.mode);
  const { access } = part.volume;
  if (part.mode === 'write') return access !== 'multi-node-multi-writer' && held.includes('write');
  if (access === 'single-node-writer') return held.length > 0;
  return access === 'single-node-reader-only' && held.includes('read');
}

/** A claim is taken once; a volume that takes its users' mode takes it over. */
export function takes(part: ClaimPart, { claim, volume }: Pick<RowViews, 'claim' | 'volume'>): Sending[] {
  if (claim.context.held) return [];
  return [claim.gets('taken'), ...(part.volume.takesItsMode ? [volume.gets('isClaimed', { mode: part.mode })] : [])];
}

/** An allocation and the one that it replaces are of one job. */
function isOfOneJob(one: ClaimPart, other: ClaimPart): boolean {
  return one.replaces === other || other.replaces === one;
}

/** What a claim request and its answer are about. */
export const asked = (part: ClaimPart) => ({ op: 'Claim', vol: part.volume.name, alloc: part.alloc });

/** The answer to a claim request. */
export function reply(part: ClaimPart, error?: string): Observation {
  return { what: 'reply', fields: { ...asked(part), ok: error === undefined, ...(error !== undefined && { error }) } };
}

/** The write of a claim that is taken. */
export function taking({ behaviours, byHand }: Cluster, part: ClaimPart): Observation {
  return {
    what: 'write',
    fields: {
      type: 'CSIVolumeClaim',
      vol: part.volume.name,
      alloc: part.alloc,
      node: part.node.name,
      mode: part.mode,
      state: 'taken',
      // By hand the client's own word is taken for the access mode.
      ...(byHand ? {} : { access: part.volume.access }),
      externalNode: behaviours.claimIsWritten === 'afterPublish' ? `i-${part.node.name}` : null,
    },
  };
}
