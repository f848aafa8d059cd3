import type { Sending } from '#composition/instance.ts';
import type { AllocationView } from '#models/machines/allocation.ts';
import type { ClaimView } from '#models/machines/claim.ts';
import type { ServerView } from '#models/machines/server.ts';
import type { VolumeView } from '#models/machines/volume.ts';
import type { ClaimPart, Cluster } from './cluster.ts';
import type { Behaviours } from './designs/behaviour.ts';

/** Whether a claim of this allocation counts as past when the volume is read (state_store.go: csiVolumeDenormalizeTxn). */
export function isOver(of: AllocationView, { collectedAllocation, pastClaimWhen }: Behaviours): boolean {
  return (
    of.at('record.terminal') ||
    (collectedAllocation === 'isPast' && of.at('record.collected')) ||
    (pastClaimWhen === 'serverOrClientTerminal' && of.at('record.stopping', 'record.unknown.stopping'))
  );
}

/** Whether the servers hold the allocation for over by either word (structs.Allocation.TerminalStatus), or no longer at all. */
export function isTerminal(of: AllocationView): boolean {
  return !of.at('record.live', 'record.unknown.wanted');
}

/**
 * The participants of a write to a volume's row: its claims are read as the write is applied, and what counts as past
 * by then is stored as past (state_store.go: CSIVolumeClaim).
 */
export function rowWrite({ server }: Cluster, written: ClaimPart) {
  const beside = written.volume.claims.filter((one) => one !== written);
  return {
    server,
    volume: written.volume.volume,
    claim: written.claim,
    claimsBeside: beside.map((one) => one.claim),
    allocationsBeside: beside.map((one) => one.allocation),
  };
}

/** A row write's participants, as an action sees them. */
export interface RowViews {
  readonly server: ServerView;
  readonly volume: VolumeView;
  readonly claim: ClaimView;
  readonly claimsBeside: readonly ClaimView[];
  readonly allocationsBeside: readonly AllocationView[];
}

/** The events of an applied write: the claim's own, its neighbours' that became past, and the table's index that wakes the watchers. */
export function written(row: Omit<RowViews, 'claim'>, behaviours: Behaviours, ...own: readonly Sending[]): Sending[] {
  const becamePast = row.claimsBeside.flatMap((one, i) => {
    const of = row.allocationsBeside[i];
    return of && one.at('taken') && isOver(of, behaviours) ? [one.gets('becamePast')] : [];
  });
  return [...own, row.server.gets('volumesWritten'), ...becamePast];
}

/** Before 0.12.2 the update of an allocation wakes the watchers as a write to the volume table does. */
export function wokenByUpdate(server: ServerView, { releaseStartedBy }: Behaviours): Sending[] {
  return releaseStartedBy === 'update' ? [server.gets('volumesWritten')] : [];
}
