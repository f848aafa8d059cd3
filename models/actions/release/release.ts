import type { Cluster } from '#models/cluster.ts';
import type { ModelAction } from '#models/note.ts';
import { controllerStep } from './controllerStep.ts';
import { nodeStep } from './nodeStep.ts';

/** Every step of an Unpublish once it is entered, whoever called it: server.md section 3. */
export function releasing(cluster: Cluster): ModelAction[] {
  return cluster.claims.flatMap((part) =>
    part.unpublishes.flatMap((one) => [...nodeStep(cluster, one), ...controllerStep(cluster, one)]),
  );
}
