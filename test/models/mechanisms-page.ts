import { type Mechanism, sectionOf } from '#models/mechanisms/mechanism.ts';
import { surroundings } from '#models/mechanisms/surroundings.ts';
import { mechanisms, sections } from '#models/mechanisms.ts';
import { sourcesAt } from '#models/sources.ts';

/** `docs/mechanisms.md`: every mechanism with what stands for it, every rule with its place in Nomad's code. */
export function mechanismsPage(placesByRule: ReadonlyMap<string, ReadonlySet<string>>): string {
  const modelled = mechanisms.filter((one) => one.rules !== undefined);
  return [
    '# What Nomad does, and where the model has it',
    '',
    'Written by `UPDATE=1 npx vitest run test/models/mechanisms.test.ts` from `models/mechanisms.ts`, which a test holds against the actions of every design.',
    `Sections and steps are those of server.md. ${modelled.length} of ${mechanisms.length} mechanisms are modelled, ${modelled.filter((one) => one.leftOut).length} of them in part; the others are left out, with the reason.`,
    '',
    ...sections.flatMap(([section, title]) => [
      `## ${section} ${title}`,
      '',
      '| step | what Nomad does | actions of the model | releases differ by | left out |',
      '| --- | --- | --- | --- | --- |',
      ...mechanisms.filter((one) => sectionOf(one) === section).map(row),
      '',
    ]),
    '## The surroundings',
    '',
    'Sections are those of surroundings.md; `recordings` are played by hand.',
    '',
    '| section | what happens | actions of the model |',
    '| --- | --- | --- |',
    ...surroundings.map(({ at, says, rules }) => `| ${at} | ${cell(says)} | ${code(rules)} |`),
    '',
    `## Actions, and where Nomad ${sourcesAt} does it`,
    '',
    '| action | file and function |',
    '| --- | --- |',
    ...[...placesByRule]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, places]) => `| ${rule} | ${code([...places])} |`),
    '',
  ].join('\n');
}

function row({ at, says, rules = [], changes = [], leftOut = '' }: Mechanism): string {
  const step = at.split(' ').slice(1).join(' ');
  return `| ${step} | ${cell(says)} | ${rules.join('<br>')} | ${code(changes)} | ${cell(leftOut)} |`;
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join('<br>');

const cell = (text: string): string => text.replaceAll('|', '\\|');
