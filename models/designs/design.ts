import * as v from 'valibot';
import { InputError, nearest, unknownName } from '#models/input.ts';
import { validated } from '#models/validated.ts';
import type { BehaviourChange, Behaviours } from './behaviour.ts';
import { between } from './between.ts';
import { behaviourChanges } from './changes.ts';
import { elsewhere } from './elsewhere.ts';
import { releases } from './releases.ts';

/** A way for Nomad to be: a release, a proposal, or one of them with behaviours laid over it or taken back. */
export interface Design {
  readonly name: string;
  readonly behaviours: Behaviours;
}

const standing: Readonly<Record<string, Behaviours>> = { ...releases, ...elsewhere };

/** The names of all designs that stand by themselves, oldest first. */
export const designNames: readonly string[] = Object.keys(standing);

/** One of each: the names of those designs that differ in their behaviours from every older one. */
export const distinctDesigns: readonly string[] = designNames.filter(
  (name, i) => !designNames.slice(0, i).some((older) => behaveAlike(name, older)),
);

/** The designs that every table shows, left to right. */
export const defaultDesigns: readonly string[] = ['nomad-1.9.7', 'nomad-1.10.0', 'nomad-2.0.5'];

/**
 * The design of that name. `a+b` is design `a` with behaviour `b` laid over it, `a~b` is `a` with behaviour `b` taken
 * back; both may be repeated. Throws an `InputError` that names what is not known and the nearest valid name.
 */
export function findDesign(name: string): Design {
  const [base, ...changes] = name.split(/(?=[+~])/);
  const behaviours = base === undefined ? undefined : standing[base];
  if (base === undefined || behaviours === undefined) throw unknownName('design', base ?? '', designNames);
  return { name, behaviours: changes.reduce((so, change) => altered(so, change, name), behaviours) };
}

const limiter = v.strictObject({
  burst: v.pipe(v.number(), v.integer(), v.minValue(1, 'expected 1 or more'), v.maxValue(8, 'expected 8 or less')),
  perTick: v.pipe(v.number(), v.integer(), v.minValue(1, 'expected 1 or more'), v.maxValue(8, 'expected 8 or less')),
});

const BehavioursSchema = v.strictObject({
  controllerStepOnUnknownNode: v.picklist(['fail', 'abandon']),
  watcherLimiter: v.nullable(limiter),
  notifyWhenFull: v.picklist(['block', 'blockUntilItLeaves', 'drop']),
  pastClaimWhen: v.picklist(['serverOrClientTerminal', 'clientTerminal']),
  claimCollectionWithoutAcls: v.picklist(['allowed', 'denied']),
  claimIsWritten: v.picklist(['beforePublish', 'afterPublish']),
  claimLimit: v.picklist(['allAllocations', 'otherJobs']),
  fullVolume: v.picklist(['isTriedAgain', 'failsTheAllocation']),
  unmountBy: v.picklist(['client', 'servers']),
  failedUnmount: v.picklist(['unpublishes', 'holdsBack']),
  entryCheckpoint: v.picklist(['written', 'none']),
  nodeStepOnDownNode: v.picklist(['skip', 'call']),
  nodeCallToUnknownNode: v.picklist(['done', 'error']),
  emptyAccessMode: v.picklist(['stepDone', 'callsNode']),
  controllerStepCancelledBy: v.picklist(['otherAllocations', 'anyAllocation']),
  controllerCalls: v.picklist(['oneAtATime', 'asTheyCome']),
  collectedAllocation: v.picklist(['isPast', 'isIgnored']),
  newLeader: v.picklist(['sweeps', 'waits']),
  watcherToken: v.picklist(['ownLeaders', 'firstLeaders']),
  idleWatcher: v.picklist(['stays', 'leaves']),
  registeringInUse: v.picklist(['keepsClaims', 'isRefused']),
  watcherOfMissingVolume: v.picklist(['ends', 'crashes']),
  collectionReads: v.picklist(['aCopy', 'theStoredRow']),
  unmountMode: v.picklist(['claims', 'volumes']),
  nodeOfMissingPlugin: v.picklist(['isCollected', 'failsToBe']),
  pluginInUse: v.picklist(['isPassedOver', 'endsTheRun']),
  releaseStartedBy: v.picklist(['client', 'update']),
  claimEvaluations: v.picklist(['none', 'untilTheySucceed']),
  periodicClaimCollection: v.picklist(['runs', 'none']),
  nodeStepCheckpoint: v.picklist(['written', 'none']),
  releaseRunsOn: v.picklist(['itsWatcher', 'aWorker']),
  nodeCalls: v.picklist(['oneAtATime', 'asTheyCome']),
  drainStopsPlugins: v.picklist(['last', 'atOnce']),
  canaryOfSingleWriter: v.picklist(['isPlaced', 'isRefused']),
} satisfies { [K in keyof Behaviours]: v.GenericSchema });

/** A design as a user may write it: a name, a design to start from, and the behaviours that differ from it. */
export const DesignSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1, 'expected a name')),
  /** The design it starts from, in the same notation as on the command line. */
  from: v.string(),
  behaviours: v.optional(v.partial(BehavioursSchema), {}),
});

/** A user's own design. Throws an `InputError` that says which field is wrong; `where` names the file. */
export function readDesign(json: unknown, where: string): Design {
  const given = validated(DesignSchema, json, where);
  const base = designFrom(given.from, where);
  const changed = Object.fromEntries(Object.entries(given.behaviours).filter(([, value]) => value !== undefined));
  return { name: given.name, behaviours: { ...base.behaviours, ...changed } };
}

function designFrom(name: string, where: string): Design {
  try {
    return findDesign(name);
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(error.what, { where: `${where}: from`, expected: error.expected, nearest: error.nearest });
    }
    throw error;
  }
}

function behaveAlike(one: string, other: string): boolean {
  const [a, b] = [standing[one], standing[other]];
  return a !== undefined && b !== undefined && between(a, b).differ.length === 0;
}

function altered(behaviours: Behaviours, change: string, where: string): Behaviours {
  const named = changeNamed(change.slice(1), where);
  return { ...behaviours, ...(change.startsWith('+') ? named.sets : named.found) };
}

function changeNamed(name: string, where: string): BehaviourChange {
  const found = behaviourChanges.find((one) => one.name === name);
  const known = behaviourChanges.map((one) => one.name);
  if (!found) {
    throw new InputError(`there is no behaviour "${name}"`, {
      where,
      expected: `one of ${known.join(', ')}`,
      nearest: nearest(name, known),
    });
  }
  return found;
}
