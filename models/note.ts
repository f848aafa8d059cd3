import type { Fairness } from '#checker/system.ts';
import {
  type Announcement,
  action,
  type ComposedAction,
  nameViews,
  type Outcome,
  type Participants,
  type Views,
} from '#composition/action.ts';
import type { View } from '#composition/instance.ts';
import type { FaultKind } from '#models/scopes/fault.ts';

/** Who performs an action. */
export type Actor = 'watcher' | 'client' | 'server' | 'provider' | 'operator' | 'world';

/**
 * Something a recorder of Nomad's servers sees: an event of the recordings' format with the fields it must have.
 * A string field `error` need only be contained in what was recorded; `null` means absent or null.
 */
export interface Observation {
  readonly what:
    | 'write'
    | 'call'
    | 'return'
    | 'request'
    | 'reply'
    | 'machine stops'
    | 'plugin'
    | 'allocation'
    | 'leader steps down'
    | 'leader elected';
  readonly fields: Readonly<Record<string, string | boolean | null | readonly string[]>>;
}

/** A line of the server's log, in the parts that hclog prints. */
export interface LogLine {
  readonly level: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly logger: string;
  readonly message: string;
  readonly pairs?: Readonly<Record<string, string>>;
  /** The text of one error, printed as a multierror block of its own. */
  readonly error?: string;
}

/** What a step has to wait for before it is taken; `nothing` is taken at once. */
export type Wait = 'nothing' | 'call' | 'lock' | 'token' | 'timer' | 'machine' | 'person';

/** What is counted of one claim: starts of an unpublish, calls to its node, calls to its controller. */
export type Counted = 'attempts' | 'nodeCalls' | 'controllerCalls';

/** What the model keeps beside an action: for the recorder, the log, the bounds and the faults. */
export interface Note {
  /** The action without its participants: `server skips the node step`. */
  readonly rule: string;
  /** What the recorder sees of it, in order; empty if nobody sees it. */
  seen(views: readonly View[]): readonly Observation[];
  logged(views: readonly View[]): readonly LogLine[];
  readonly waitsFor: Wait;
  readonly fault: FaultKind | null;
  readonly counts: { readonly what: Counted; readonly claim: string } | null;
  /** The volume whose watcher's limiter gives a token for it. */
  readonly token: string | null;
  /** Time passes in it: bounds are counted between two of these. */
  readonly isTick: boolean;
}

/** An action of the model. */
export type ModelAction = ComposedAction<Note>;

/** What is declared of an action beside its participants and its step; what is left out is none of it. */
interface Declared<P extends Participants> {
  /** Whom it is about, in the cluster's names: `v1/a1`. */
  readonly of: string;
  readonly source: string;
  readonly fairness?: Fairness;
  readonly participants: P;
  readonly step: (views: Views<P>) => Outcome;
  readonly announcements?: readonly Announcement[];
  readonly seen?: (views: Views<P>) => readonly Observation[];
  readonly logged?: (views: Views<P>) => readonly LogLine[];
  readonly waitsFor?: Wait;
  readonly fault?: FaultKind;
  readonly counts?: { readonly what: Counted; readonly claim: string };
  readonly token?: string;
  readonly isTick?: boolean;
}

/**
 * Declares actions of one actor. What Nomad, a client or the provider does, it does in the end (weak fairness) unless
 * declared otherwise; what the world or an operator does, nobody owes.
 */
function performedBy(who: Actor, fairness: Fairness, waitsFor: Wait) {
  return <P extends Participants>(does: string, declared: Declared<P>): ModelAction => {
    const { of, participants, seen, logged } = declared;
    return action({
      name: of === '' ? `${who} ${does}` : `${who} ${does} (${of})`,
      who,
      does,
      source: declared.source,
      fairness: declared.fairness ?? fairness,
      participants,
      step: declared.step,
      ...(declared.announcements && { announcements: declared.announcements }),
      note: {
        rule: `${who} ${does}`,
        seen: (views: readonly View[]) => seen?.(nameViews(participants, views)) ?? [],
        logged: (views: readonly View[]) => logged?.(nameViews(participants, views)) ?? [],
        waitsFor: declared.waitsFor ?? waitsFor,
        fault: declared.fault ?? null,
        counts: declared.counts ?? null,
        token: declared.token ?? null,
        isTick: declared.isTick ?? false,
      },
    });
  };
}

/** A step of Nomad's servers. */
export const server = performedBy('server', 'weak', 'nothing');
/** A step of a volume's watcher on the leader. */
export const watcher = performedBy('watcher', 'weak', 'nothing');
/** A step of a client: its agent, its hook or its node plugin. */
export const client = performedBy('client', 'weak', 'machine');
/** An answer of the storage provider's controller. */
export const provider = performedBy('provider', 'weak', 'call');
/** What an operator or a job's owner does. */
export const operator = performedBy('operator', 'none', 'person');
/** What happens to the cluster: faults, recoveries, time. */
export const world = performedBy('world', 'none', 'machine');
