import { unknownName } from '#models/input.ts';
import type { PromiseSpec } from './promise.ts';
import { callsNeverOverlap } from './promises/callsNeverOverlap.ts';
import { checkpointsNeverGoBack } from './promises/checkpointsNeverGoBack.ts';
import { claimsAreGranted } from './promises/claimsAreGranted.ts';
import { clusterFallsQuiet } from './promises/clusterFallsQuiet.ts';
import { collectionIsNeverBlocked } from './promises/collectionIsNeverBlocked.ts';
import { detachFollowsUnmount } from './promises/detachFollowsUnmount.ts';
import { everyAttachmentIsReleased } from './promises/everyAttachmentIsReleased.ts';
import { everyClaimIsReleased } from './promises/everyClaimIsReleased.ts';
import { leaderOutlivesItsVolumes } from './promises/leaderOutlivesItsVolumes.ts';
import { noOrphanIsLeft } from './promises/noOrphanIsLeft.ts';
import { noWakeupIsLost } from './promises/noWakeupIsLost.ts';
import { releaseIsAlwaysPossible } from './promises/releaseIsAlwaysPossible.ts';
import { retriesAreBounded } from './promises/retriesAreBounded.ts';
import { schedulingGoesOn } from './promises/schedulingGoesOn.ts';
import { singleWriter } from './promises/singleWriter.ts';
import { storeChangesByWritesOnly } from './promises/storeChangesByWritesOnly.ts';
import { volumeInUseIsNeverDetached } from './promises/volumeInUseIsNeverDetached.ts';
import { volumesAreIsolated } from './promises/volumesAreIsolated.ts';

/** Every promise, in the order in which tables show them. */
export const promises: readonly PromiseSpec[] = [
  everyClaimIsReleased,
  everyAttachmentIsReleased,
  retriesAreBounded,
  noWakeupIsLost,
  detachFollowsUnmount,
  volumeInUseIsNeverDetached,
  singleWriter,
  checkpointsNeverGoBack,
  noOrphanIsLeft,
  volumesAreIsolated,
  collectionIsNeverBlocked,
  clusterFallsQuiet,
  releaseIsAlwaysPossible,
  callsNeverOverlap,
  claimsAreGranted,
  leaderOutlivesItsVolumes,
  schedulingGoesOn,
  storeChangesByWritesOnly,
];

/** The promise of that name. Throws an `InputError` that names the nearest one. */
export function findPromise(name: string): PromiseSpec {
  const found = promises.find((one) => one.name === name);
  if (!found)
    throw unknownName(
      'promise',
      name,
      promises.map((one) => one.name),
    );
  return found;
}
