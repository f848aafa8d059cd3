import type { Cluster } from '#models/cluster.ts';
import type { ModelAction } from '#models/note.ts';
import { allocations } from './allocations.ts';
import { elsewhere } from './elsewhere.ts';
import { machines } from './machines.ts';

/**
 * What the driver of a recording does by hand in place of machines, clients and job owners: each at any time. Events of
 * a recording that name several allocations, nodes or volumes are seen here once for each: `ApplyPlanResults`,
 * `EvalDelete` with `alloc`, `NodeBatchDeregister` with `node`, `CSIVolumeDeregister` with `vol`.
 */
export function playingByHand(cluster: Cluster): ModelAction[] {
  return [...machines(cluster), ...allocations(cluster), ...elsewhere(cluster)];
}
