import type { Behaviours } from './behaviour.ts';
import { releases } from './releases.ts';

/**
 * Kubernetes' external attacher, as far as it has the same shape: the VolumeAttachment is the claim, the attacher's work
 * queue the watcher, its back-off the limiter. It calls no node: the kubelet unmounts, and a machine that is gone is passed
 * over. Left out: its two objects and their finalizers, the informer's delay, the detach by force after six minutes.
 */
const attacher: Behaviours = {
  ...(releases['nomad-2.0.5'] as Behaviours),
  controllerStepOnUnknownNode: 'fail',
  watcherLimiter: { burst: 1, perTick: 1 },
  claimCollectionWithoutAcls: 'allowed',
};

/** The attach/detach controller, which is woken by what becomes of a pod and keeps in memory what it is to do. */
const controller: Behaviours = { ...attacher, releaseStartedBy: 'update', periodicClaimCollection: 'none' };

/** Designs of other orchestrators that have incidents of the same shape. */
export const elsewhere: Readonly<Record<string, Behaviours>> = {
  /** The provider's name of a node is looked up on the node's object, which may be gone. */
  'kubernetes-attacher-before-86': attacher,
  /** It is written on the VolumeAttachment when the volume has been attached. */
  'kubernetes-attacher-86': { ...attacher, claimIsWritten: 'afterPublish' },
  /** With a driver that takes a node it does not know for one that has nothing attached. */
  'kubernetes-attacher-unknown-is-detached': { ...attacher, controllerStepOnUnknownNode: 'abandon' },
  /** A controller that starts again learns of what happens from then on. */
  'kubernetes-controller-before-39732': { ...controller, newLeader: 'waits' },
  /** It rebuilds what it is to do as it starts. */
  'kubernetes-controller-39732': controller,
};
