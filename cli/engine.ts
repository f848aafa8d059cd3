import type { Reproduction } from '#incidents/reproduce.ts';
import type { Design } from '#models/designs/design.ts';
import type { Scope } from '#models/scopes/scope.ts';
import type { Avoided } from '#properties/avoid.ts';
import type { Exercised } from '#properties/coverage.ts';
import type { ReductionName } from '#properties/reduced.ts';
import type { Result, Trace } from '#report/document.ts';
import type { Exported, ExportForm } from './export-thread.ts';
import type { Case, CaseProgress } from './incident-thread.ts';
import type { Provable } from './provable.ts';

/** What the commands ask of the model: the promises there are, judging a world, and replaying a run. */
export interface Engine {
  /** The names of the promises, in the order of every table. */
  readonly promises: readonly string[];
  /** Those of them that Spin can be asked about. */
  readonly provable: readonly Provable[];
  /** Whether a promise is about anything in a scope; there is no verdict on one that is not. */
  applies(promise: string, scope: Scope): boolean;
  judge(world: World, heard: (progress: Progress) => void): Promise<readonly Result[]>;
  /** What the world exercises of the model; null if a limit ended the search. */
  exercise(world: World, heard: (progress: Progress) => void): Promise<Exercised | null>;
  /** Writes the world out; the budget of faults is the scope's own top unless the limits name one. */
  export(world: World, form: ExportForm, heard: (progress: Progress) => void): Promise<Exported>;
  replay(token: string, find: Find): Replay;
  /** Where a run of another design stops in this one; null if it is a run of it too. */
  carryOver(
    run: Trace,
    design: Design,
    scope: Scope,
    faults: number,
  ): { readonly step: number; readonly action: string } | null;
  reproduce(asked: Case, heard: (progress: CaseProgress) => void): Promise<Reproduction>;
}

/** One design in one scope, the promises it is held to, and how far the search may go. All of it is plain data. */
export interface World {
  readonly design: Design;
  readonly scope: Scope;
  readonly promises: readonly string[];
  readonly limits: Limits;
  /** How many threads may search it; one unless it says otherwise. */
  readonly threads?: number;
  /** Runs that explain enough already; the verdicts are on the others. Not there if every run counts. */
  readonly avoid?: readonly Avoided[];
  /** How fewer states are searched. Not there if all are. */
  readonly reduce?: ReductionName;
}

/** Where a search stops: the rung of the ladder of faults, and what makes a verdict unknown. */
export interface Limits {
  readonly faults?: number;
  readonly maxStates?: number;
  /** In bytes. */
  readonly maxMemory?: number;
}

/** How far the search of one world has come. */
export interface Progress {
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  readonly states: number;
  readonly transitions: number;
  readonly frontier: number;
  readonly elapsedMs: number;
}

/** Where the names in a token are looked up: the user's own files first. */
export interface Find {
  design(name: string): Design;
  scope(name: string): Scope;
}

/** A run that was replayed, with the log lines that Nomad would print. */
export interface Replay {
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  readonly trace: Trace;
  readonly log: readonly string[];
}
