import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { findDesign } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { alterations, type RawEvent } from './alterations.ts';

const folder = 'conformance/recordings';
const ledger = 'test/conformance/metamorphic.json';
/** Alterations of a kind for each recording; all of them where nobody waits for it: `EACH=1000 UPDATE=1`. */
const each = Number(process.env.EACH ?? 2);
const seed = 25349;

/**
 * A recording with one write that is not as it was is refused by its own release, unless a run of the model makes it
 * possible. Which are accepted is on record; each was read, and why Nomad could do it is told in `whyAccepted`.
 */
test('what is altered and still accepted is what is on record, and is told why', { timeout: 600_000 }, () => {
  const counts = { altered: 0, refused: 0, accepted: 0 };
  const accepted: string[] = [];
  for (const release of ['1.9.7', '1.10.0', '2.0.5']) {
    for (const file of readdirSync(`${folder}/${release}`)) {
      const raw = JSON.parse(readFileSync(`${folder}/${release}/${file}`, 'utf8')) as { readonly events: RawEvent[] };
      for (const { how, place, events } of alterations(raw.events, each, seed)) {
        counts.altered++;
        if (isAccepted({ ...raw, events }, release)) {
          counts.accepted++;
          accepted.push(`${release}/${file}: ${how}, event ${place}: ${about(how, raw.events, place)}`);
        } else counts.refused++;
      }
    }
  }
  const found = { share: Number((counts.refused / counts.altered).toFixed(3)), ...counts, seed, each, which: accepted };
  if (process.env.UPDATE === '1') writeFileSync(ledger, `${JSON.stringify(found, null, 2)}\n`);
  else expect(found).toEqual(JSON.parse(readFileSync(ledger, 'utf8')));
  expect(accepted.filter((one) => !Object.keys(whyAccepted).some((pattern) => new RegExp(pattern).test(one)))).toEqual(
    [],
  );
});

/** Why Nomad could have done it: by the words of an accepted alteration. */
const whyAccepted: Readonly<Record<string, string>> = {
  'repeated.*: NodeRegister': 'a client registers its machine again whenever its fingerprint changes',
  'exchanged.*: NodeRegister .*(NodeRegister|row|request|allocation|machine|reply|plugin)':
    'machines register when they come up, and nobody had asked about that one yet',
  'exchanged.*: (row|reply|request|allocation|plugin|machine stops).*NodeRegister': 'as above',
  'left out.*: NodeUpdateStatus':
    'an operator deregisters a machine that is not yet held for down, and sets its allocations by hand',
  'left out.*: NodeRegister': 'a machine that is told of by nothing else but its name',
  '(left out|repeated).*: ApplyPlanResults':
    'the allocation is set lost by hand as well, and a plan that says it again changes nothing',
  'exchanged.*ApplyPlanResults': 'the scheduler writes its plan beside the watcher, in either order',
  'exchanged.*: EvalDelete': 'a periodic collection of evaluations may come at any time, a system gc or not',
  'left out.*: EvalDelete': 'whether a record is collected is up to its evaluation, and the claim is past either way',
  'left out.*: CSIVolumeClaim unpublishing':
    "the watcher read the claim after the client's release had stored node-detached, and enters there",
  '(repeated|left out|exchanged).*: CSIVolumeClaim (unpublishing|node-detached)':
    'two releases of one claim write their steps in an order that changes from run to run (executed.md X23), and one that spins makes a pass more or less',
  '(repeated|left out|exchanged).*AllocClientUpdate':
    'a client reports when it likes, and what it reports is told by hand as well',
  'exchanged.*: reply (claim gc|system gc)': 'the collection is answered while the watcher it woke is at work',
  'exchanged.*: .*(NodeUpdateStatus|NodeBatchDeregister)': 'machines are noticed beside what volumes do',
};

// Helpers

function isAccepted(file: object, release: string): boolean {
  try {
    return conform(readRecording(file, 'altered'), findDesign(`nomad-${release}`)).accepted === true;
  } catch (error) {
    // A name that nothing introduces any more is refused before it is followed.
    if (error instanceof InputError) return false;
    throw error;
  }
}

function about(how: string, events: readonly RawEvent[], place: number): string {
  const told = (event: RawEvent | undefined) =>
    [
      event?.what === 'write' ? event.type : `${event?.what} ${event?.op ?? event?.rpc ?? ''}`,
      event?.state,
      event?.alloc ?? event?.node,
    ]
      .filter((word) => word !== undefined && word !== null)
      .join(' ');
  return how === 'exchanged' ? `${told(events[place])} with ${told(events[place + 1])}` : told(events[place]);
}
