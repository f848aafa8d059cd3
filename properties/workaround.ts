import { explore } from '#checker/explore.ts';
import type { Formula } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { onlyWhen } from '#checker/only-when.ts';
import type { Predicate } from '#checker/system.ts';
import { withTrigger } from '#checker/trigger.ts';
import type { ClaimPart, Cluster } from '#models/cluster.ts';
import type { Design } from '#models/designs/design.ts';
import { buildModel, type Model } from '#models/model.ts';
import { readScope, type Scope } from '#models/scopes/scope.ts';
import { actionsNamed } from './action-names.ts';
import { and, not, or } from './logic.ts';
import { volumeInUseIsNeverDetached } from './promises/volumeInUseIsNeverDetached.ts';
import { type ReadableTrace, traceOf } from './replay.ts';
import type { Workaround } from './workarounds.ts';

/** Whether something is left behind for ever: in no run, in some, in every one. */
export type Left = 'never' | 'perhaps' | 'always';

/** What a workaround does, computed over every run that does it to a stuck claim. */
export interface Afterwards {
  /** Whether its steps can all be done from every state in which the claim is stuck. */
  readonly alwaysPossible: boolean;
  /** Whether the servers come to rest after it, in every fair run. */
  readonly endsTheLoop: boolean;
  /** A run in which they do not, if there is one. */
  readonly loop: ReadableTrace | null;
  /** Whether the claim is gone after it, in every fair run. */
  readonly releasesTheClaim: boolean;
  /** The attachment at the provider. */
  readonly attachment: Left;
  /** The mount on a host that still runs. */
  readonly mount: Left;
  /** Whether the volume may be unmounted or detached after it while a task still runs on it. */
  readonly breaksARunningTask: boolean;
}

/** What became of a workaround in a design. */
export interface WorkaroundJudgement {
  readonly design: string;
  readonly workaround: string;
  /** Whether the claim of a collected node stays stuck in some run with nobody to help it. */
  readonly isNeeded: boolean;
  /** `null` if it is not needed, or cannot be done. */
  readonly afterwards: Afterwards | null;
  readonly states: number;
}

/** A machine is lost or cut off, its node is collected, and its claim is stuck; nothing else fails. */
export function scopeFor({ name, allows }: Workaround): Scope {
  return readScope(
    {
      name: `workaround-${name}`,
      says: 'one volume, one node, one allocation; the machine is lost or cut off, its node is collected, and somebody helps',
      cannotShow: 'a second fault, or a replacement that waits',
      topFaults: 1,
      volumes: [{ name: 'v1' }],
      nodes: ['n1'],
      allocations: [{ name: 'a1', volume: 'v1', node: 'n1', begins: 'running' }],
      faults: { nodeDown: true, cutOff: true },
      ...allows,
      events: ['jobStopped', 'nodeCollected', ...(allows.events ?? [])],
    },
    name,
  );
}

/** Judges a workaround in a design. The search is small and runs to its end. */
export function judgeWorkaround(design: Design, workaround: Workaround): WorkaroundJudgement {
  const model = buildModel(design, scopeFor(workaround), 1);
  const stuck = stuckIn(model);
  const steps = workaround.steps.map((rule) => new Set(actionsNamed(model, rule)));
  const { system, seen: done } = withTrigger(model.composition.system, steps);
  // Nobody helps before something is stuck, or does the second thing first.
  const patient = onlyWhen(system, (action) => {
    const step = steps.findIndex((one) => one.has(action));
    if (step < 0) return undefined;
    return step === 0 ? stuck : { participants: done.participants, holds: ([count]) => (count ?? 0) >= step };
  });
  const exploration = explore(patient, { edges: true });
  if (exploration.stopped !== null) throw new Error(`${workaround.name} was not searched to the end`);
  const ask = formulasFor(model, stuck, done);
  const formulas: Formula[] = Object.values(ask);
  const answers = judge(exploration, formulas);
  const answer = (formula: Formula) => answers[formulas.indexOf(formula)];
  const holds = (formula: Formula) => answer(formula)?.verdict === 'holds';
  const left = (goes: Formula, went: Formula): Left => (holds(goes) ? 'never' : holds(went) ? 'perhaps' : 'always');
  const isNeeded = !holds(ask.clearsByItself);
  const loop = answer(ask.endsTheLoop)?.run;
  const inUse = volumeInUseIsNeverDetached.obligations(model).map((one) => one.formula);
  return {
    design: design.name,
    workaround: workaround.name,
    isNeeded,
    afterwards:
      isNeeded && holds(ask.happens)
        ? {
            alwaysPossible: holds(ask.canBeDone),
            endsTheLoop: holds(ask.endsTheLoop),
            loop: loop ? traceOf(model, loop) : null,
            releasesTheClaim: holds(ask.releases),
            attachment: left(ask.attachmentGoes, ask.attachmentWent),
            mount: left(ask.mountGoes, ask.mountWent),
            breaksARunningTask: judge(exploration, inUse, { after: done }).some((one) => one.verdict === 'violated'),
          }
        : null,
    states: exploration.states,
  };
}

/** The claim is past and held, and the node behind it has no row. */
function stuckIn({ cluster, composition }: Model): Predicate {
  const { claim, allocation, node } = onlyClaim(cluster);
  return composition.predicate(
    { claim, node: node.node, allocation },
    ({ claim, node, allocation }) =>
      claim.at('past') && claim.context.held && node.at('believed.collected') && !allocation.at('record.live'),
  );
}

function onlyClaim({ claims }: Cluster): ClaimPart {
  const [part] = claims;
  if (!part) throw new RangeError('the world of a workaround has one claim');
  return part;
}

function formulasFor({ cluster, composition }: Model, isStuck: Predicate, done: Predicate) {
  const part = onlyClaim(cluster);
  const { volume } = part;
  const isHeld = composition.predicate({ claim: part.claim }, ({ claim }) => claim.context.held);
  const isQuiet = composition.predicate(
    { watcher: volume.watcher, all: part.unpublishes.map((one) => one.unpublish) },
    ({ watcher, all }) =>
      all.every((one) => one.at('idle')) &&
      !watcher.at('throttled') &&
      !(watcher.at('watching') && watcher.context.full),
  );
  const isDetached = composition.predicate({ attachment: part.attachment }, ({ attachment }) =>
    attachment.at('detached'),
  );
  const isUnmounted = composition.predicate(
    { mount: part.mount, node: part.node.node },
    ({ mount, node }) => mount.at('unstaged') || node.at('machine.gone'),
  );
  const after = (name: string, to: Predicate, forGood = false): Formula => ({
    kind: 'leadsTo',
    name,
    from: done,
    to,
    stays: true,
    forGood,
  });
  const once = (name: string, holds: Predicate): Formula => ({ kind: 'sometimes', name, holds: and(done, holds) });
  return {
    happens: { kind: 'sometimes', name: 'it is done', holds: done },
    clearsByItself: {
      kind: 'leadsTo',
      name: 'the claim is released by itself',
      from: isStuck,
      to: not(isHeld),
      stays: true,
      forGood: false,
    },
    canBeDone: {
      kind: 'possible',
      name: 'it can be done wherever the claim is stuck',
      goal: or(not(isStuck), done),
    },
    endsTheLoop: after('the servers come to rest', isQuiet, true),
    releases: after('the claim is gone', not(isHeld)),
    attachmentGoes: after('the attachment goes', isDetached),
    attachmentWent: once('the attachment is gone', isDetached),
    mountGoes: after('the mount goes', isUnmounted),
    mountWent: once('the mount is gone', isUnmounted),
  } satisfies Record<string, Formula>;
}
