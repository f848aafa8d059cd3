import type { ScopeInput } from '#models/scopes/scope.ts';

/** What happened in the field, as data: no machine knows of it. */
export interface Incident {
  /** `N01`; `K` for incidents of Kubernetes. */
  readonly key: string;
  /** Its kebab name. */
  readonly name: string;
  /** What went wrong, in a line. */
  readonly title: string;
  /** Issues, pull requests and comments, with their dates. */
  readonly references: readonly string[];
  /** What happened, in a few sentences. */
  readonly story: string;
  /** The designs that have it, all of them. */
  readonly affected: readonly string[];
  /** A default scope, or one of its own. */
  readonly scope: string | ScopeInput;
  /** The rung of the scope's ladder of faults. */
  readonly faults: number;
  /** The promise that is broken. */
  readonly promise: string;
  /** Which of the promise's obligations are meant, by what their names contain; all if not given. */
  readonly about?: string;
  /** For a bound: the count that is meant, between two ticks or in all; either if not given. */
  readonly half?: 'perTick' | 'total';
  /** For a bound: what is broken is not that there is no end, but that there are more than so many. */
  readonly atMost?: number;
  /**
   * Actions, by rule or by rule and whom it is about, that the breaking run takes in this order, with whatever else in between:
   * a constraint on the run, not the run.
   */
  readonly trigger: readonly string[];
  /** The designs that do not break the promise by any run that contains the trigger; empty if nobody has fixed it. */
  readonly fixed: readonly string[];
  /** What people did about it. */
  readonly workaround: string;
  /** The workarounds, by name, that are judged on the first affected design when the incident is told alone. */
  readonly judges?: readonly string[];
  /** What the reproduction leaves out, or shows in another way than the field did. */
  readonly leavesOut?: string;
}

/** An incident of the field that cannot be reproduced here. */
export interface LeftOut {
  readonly key: string;
  readonly name: string;
  /** The mechanism that the model leaves out, and why. */
  readonly because: string;
}
