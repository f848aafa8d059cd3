import { columns } from './columns.ts';
import type { ProofDocument, ProvedQuestion, ProvedWorld } from './proof-document.ts';
import type { Colours } from './telling.ts';
import { distinct } from './verdict-table.ts';
import { faultsInWords, grouped } from './words.ts';

/** Our own checker and Spin side by side: a world a row, a promise a line; then every difference as a sentence. */
export function proofTable({ worlds }: ProofDocument, colours: Colours): string {
  const differences = worlds.flatMap((world) =>
    world.differences.map((one) => `${world.design} in ${world.scope}, ${faultsInWords(world.faults)}: ${one}`),
  );
  const sections = [
    columns([
      ['scope', 'design', 'faults', 'states', 'steps', 'promises'].map(colours.bold),
      ...worlds.map((world) => [
        world.scope,
        world.design,
        String(world.faults),
        counts(world.states, colours),
        counts(world.transitions, colours),
        distinct(world.questions.map(({ promise }) => promise))
          .map((promise) => verdicts(world, promise, colours))
          .join('\n'),
      ]),
    ]),
    ...differences.map(colours.red),
    ...fairnessNote(worlds),
    summary(worlds),
  ];
  return `${sections.join('\n\n')}\n`;
}

function counts({ own, spin }: ProvedWorld['states'], { green, red }: Colours): string {
  return own === spin ? green(`${grouped(own)} =`) : red(`${grouped(own)}, Spin ${grouped(spin)}`);
}

/** One verdict for the promise if both say the same of all that it is about. */
function verdicts({ questions }: ProvedWorld, promise: string, { green, red, yellow }: Colours): string {
  const asked = questions.filter((one) => one.promise === promise);
  const [own, spin] = [worst(asked.map((one) => one.own)), worst(asked.map((one) => one.spin))];
  if (asked.some((one) => one.own !== one.spin)) return red(`${promise}: ${own}, Spin ${spin}`);
  return own === 'unknown' ? yellow(`${promise}: unknown`) : green(`${promise}: ${own} =`);
}

function worst(all: readonly ProvedQuestion['own'][]): ProvedQuestion['own'] {
  return all.includes('violated') ? 'violated' : all.includes('unknown') ? 'unknown' : 'holds';
}

function fairnessNote(worlds: readonly ProvedWorld[]): string[] {
  const others = worlds.filter(({ questions }) => questions.some(({ own, declared }) => own !== declared));
  return others.map(
    ({ design, scope, faults, questions }) =>
      `${design} in ${scope}, ${faultsInWords(faults)}: with the strong fairness that some actions declare the verdict is another on ${questions.flatMap((one) => (one.own === one.declared ? [] : [`"${one.name}" (${one.declared})`])).join(', ')}; Spin was asked with weak fairness.`,
  );
}

function summary(worlds: readonly ProvedWorld[]): string {
  const agreeing = worlds.filter(({ agrees }) => agrees).length;
  const asked = worlds.reduce((sum, { questions }) => sum + questions.length, 0);
  return `${worlds.length} ${worlds.length === 1 ? 'world' : 'worlds'}, ${asked} verdicts: Spin agrees on ${agreeing === worlds.length ? 'all counts and verdicts' : `${agreeing} of the worlds`}`;
}
