import type { TraceStep } from '#composition/trace.ts';
import type { Trace } from './document.ts';
import { distinct } from './verdict-table.ts';

/** A run as a Mermaid sequence diagram: who sends which events to which instances; the cycle is a loop. */
export function renderMermaid({ steps, loopsTo }: Trace): string {
  const actors = distinct(steps.map(({ who }) => who));
  const instances = distinct(steps.flatMap(({ events }) => events.map(({ to }) => to)));
  const actor = (name: string) => `actor${actors.indexOf(name)}`;
  const instance = (name: string) => `instance${instances.indexOf(name)}`;
  const lines = steps.flatMap((step, at) => [
    ...(loopsTo === at ? ['loop for ever'] : []),
    ...messages(step, at + 1, actor, instance),
  ]);
  return `${[
    'sequenceDiagram',
    ...actors.map((name) => `  actor ${actor(name)} as ${quoted(name)}`),
    ...instances.map((name) => `  participant ${instance(name)} as ${quoted(name)}`),
    ...lines.map((line) => `  ${line}`),
    ...(loopsTo === null ? [] : ['  end']),
  ].join('\n')}\n`;
}

function messages(
  { who, action, events }: TraceStep,
  number: number,
  actor: (name: string) => string,
  instance: (name: string) => string,
): string[] {
  return [
    `Note over ${actor(who)}: ${number}. ${quoted(action)}`,
    ...events.map(({ to, type }) => `${actor(who)}->>${instance(to)}: ${quoted(type)}`),
  ];
}

/** Mermaid ends a statement at `;` and a line, and reads `#` as the start of an entity, `<` as that of a tag. */
function quoted(text: string): string {
  return text.replaceAll(/[#;<>]/g, (sign) => `#${sign.charCodeAt(0)};`).replaceAll(/\s+/g, ' ');
}
