import type { LeftOut } from './incident.ts';

/** The Nomad incidents that are not reproduced: which mechanism the model leaves out, and why. */
export const leftOut: readonly LeftOut[] = [];
