import type { TraceStep } from '#composition/trace.ts';

/** The versioned document that every rendering and every script reads. Field names are a contract. */
export interface ReportDocument {
  readonly schema: 'claimcheck/report@1';
  /** Hash of models, composition and promises. */
  readonly model: string;
  readonly results: readonly Result[];
  /** `incidents` only: what became of each field incident. */
  readonly incidents?: readonly IncidentOutcome[];
  /** `conform` only: what became of each recording. */
  readonly conform?: readonly ConformOutcome[];
  /** `compare` of two designs only: what changed from the first to the second. */
  readonly difference?: Difference;
  /** `check --coverage` only: what the worlds exercised of the model, and by name what none did. */
  readonly coverage?: Coverage;
  /** `sample` only: what was sampled of each design. What it broke is in `results`, what it did not in `notBroken`. */
  readonly sample?: readonly SampleOutcome[];
}

/** What sampling one design came to. A sampled run can break a promise; that none did proves nothing. */
export interface SampleOutcome {
  readonly design: string;
  readonly seed: number;
  /** small, medium, large, or a number of volumes. */
  readonly size: string;
  /** Schedules that were run, the steps in all of them, and the worlds they were run in. */
  readonly runs: number;
  readonly steps: number;
  readonly worlds: number;
  /** The steps of the longest run. */
  readonly longest: number;
  readonly elapsedMs: number;
  /** Of `elapsedMs`. */
  readonly shrinkingMs: number;
  /** While nothing was shrunk. */
  readonly runsPerSecond: number;
  /** How runs ended: in a promise broken, with nothing left to do at all, in a cycle, or at the limit on steps. */
  readonly endings: {
    readonly broken: number;
    readonly quiet: number;
    readonly cycle: number;
    readonly tooLong: number;
  };
  readonly broken: readonly SampleFinding[];
  /** In how many runs a promise could have been broken and was not. */
  readonly notBroken: readonly { readonly promise: string; readonly runs: number }[];
  /** Promises about all runs at once: one run cannot break them. */
  readonly cannotBreak: readonly string[];
  readonly actions: CoveragePart & { readonly taken: Readonly<Record<string, number>> };
  readonly states: CoveragePart;
}

/** A promise that a sampled run broke: in which run, and how far the run and its world were shrunk. */
export interface SampleFinding {
  readonly promise: string;
  readonly run: number;
  readonly foundIn: string;
  readonly stepsFound: number;
  readonly steps: number;
  readonly token: string;
}

/** What changed from one design to another, in the worlds that both were judged in. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  /** Named changes that the second has and the first has not (`gained`), and the reverse (`lost`). */
  readonly behaviours: readonly {
    readonly change: 'gained' | 'lost';
    readonly name: string;
    readonly says: string;
    /** The pull request, or `idea`. */
    readonly from: string;
    readonly since: readonly string[];
    /** The promise it serves; for a regression the one it costs. */
    readonly serves: string;
    readonly isRegression: boolean;
  }[];
  /** Behaviours that differ beyond the named changes, their values as JSON. */
  readonly values: readonly { readonly behaviour: string; readonly from: string; readonly to: string }[];
  readonly promises: readonly DifferentVerdict[];
  readonly bounds: readonly {
    readonly promise: string;
    readonly scope: string;
    readonly from: BoundNumbers;
    readonly to: BoundNumbers;
  }[];
  /** Each broken promise's trace, and the first step, from 1, that the other design cannot take; null if it is a run of both. */
  readonly traces: readonly {
    readonly design: string;
    readonly scope: string;
    readonly faults: number;
    readonly promise: string;
    readonly token: string;
    readonly stopsAt: { readonly step: number; readonly action: string } | null;
  }[];
}

/** A promise that one of two designs keeps and the other breaks, or that both break, on rungs that differ. */
export interface DifferentVerdict {
  readonly promise: string;
  readonly scope: string;
  readonly change: 'won' | 'lost' | 'later' | 'earlier' | 'undecided';
  readonly from: { readonly verdict: Result['verdict']; readonly faults: number };
  readonly to: { readonly verdict: Result['verdict']; readonly faults: number };
}

/** What some worlds exercised of the model: its actions, its machines' states, its guards (each once for either answer). */
export interface Coverage {
  readonly actions: CoveragePart;
  readonly states: CoveragePart;
  readonly guards: CoveragePart;
  /** Each of those that were missed. */
  readonly missed: readonly MissedPart[];
  /** Worlds that a limit ended: what they exercise is not counted. */
  readonly unfinished: readonly { readonly design: string; readonly scope: string }[];
}

/** What no world exercised, and where it is shown. */
export interface MissedPart {
  readonly part: 'actions' | 'states' | 'guards';
  readonly name: string;
  /** The designs judged that have it. */
  readonly designs: readonly string[];
  /** A world that shows it; `null` where none is known. */
  readonly shownIn: { readonly design: string; readonly scope: string; readonly faults: number } | null;
  /** Why no scope can show it; `null` where that is not so. */
  readonly because: string | null;
}

/** Of so many, which were missed. */
export interface CoveragePart {
  readonly of: number;
  readonly missed: readonly string[];
}

/** One promise of one design, judged in one scope, up to one rung of its ladder of faults. */
export interface Result {
  readonly design: string;
  readonly scope: string;
  /** The rung that was judged: the smallest that breaks, else the largest that was climbed. */
  readonly faults: number;
  readonly promise: string;
  readonly verdict: 'holds' | 'violated' | 'unknown';
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly elapsedMs: number;
  /** Bounds only: the largest of the counts. */
  readonly bound?: BoundNumbers;
  /** Bounds only: each count by its name. */
  readonly bounds?: Readonly<Record<string, BoundNumbers>>;
  /** One sentence in Nomad's words. */
  readonly sentence: string;
  readonly assumptions: readonly string[];
  /** The counterexample, or the run that reaches the bound; `null` where there is none to show. */
  readonly trace: Trace | null;
  /** The verdict is of an earlier run of the same model. */
  readonly remembered?: true;
}

/** The largest count of something, between two ticks and in all. */
export interface BoundNumbers {
  readonly perTick: Count;
  readonly total: Count;
}

/** A number, the fact that there is no largest one, or that a limit was reached. */
export type Count = number | 'unbounded' | 'unknown';

/**
 * A run as people read it. `loopsTo` is the number of steps before the cycle: `steps[loopsTo]` follows the last step again,
 * for ever; `null` if the run is finite.
 */
export interface Trace {
  readonly token: string;
  readonly length: number;
  readonly loopsTo: number | null;
  readonly steps: readonly TraceStep[];
}

/** A field incident: whether the affected design has it (by the trace of `token`), and whether the fixed design does without. */
export interface IncidentOutcome {
  readonly key: string;
  readonly design: string;
  readonly promise: string;
  readonly reproduced: boolean;
  readonly token: string | null;
  readonly fixedDesign: string | null;
  readonly fixedPasses: boolean | null;
}

/** A recording held against a design: all its events explained, or the first that no state explains and what was possible instead. */
export interface ConformOutcome {
  readonly file: string;
  readonly design: string;
  readonly accepted: boolean;
  readonly events: number;
  /** `event` is the place of the first event that no run explains, from 0 in the file. */
  readonly unexplained: { readonly event: number; readonly possible: readonly string[] } | null;
}

/** What `trace --json` prints: one run, replayed, with the log lines that Nomad would print on the way. */
export interface TraceDocument {
  readonly schema: 'claimcheck/trace@1';
  /** Hash of models, composition and promises. */
  readonly model: string;
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  readonly trace: Trace;
  readonly log: readonly string[];
}
