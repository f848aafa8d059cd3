import type { PathsDocument } from './paths-document.ts';
import { grouped } from './words.ts';

const kinds = {
  shortest: 'one shortest path to each state',
  simple: 'every path that passes no state twice',
  cover: 'as few paths as take every step, and of those with as few steps',
} as const satisfies Record<PathsDocument['kind'], string>;

/** The paths for a reader: where each ends, and what happens on the way. */
export function renderPathList({
  of,
  design,
  scope,
  faults,
  kind,
  stopped,
  states,
  steps,
  paths,
}: Omit<PathsDocument, 'schema' | 'model'>): string {
  const place = (state: number): string => {
    const places = states[state] ?? [];
    const holds = [...new Set(places.map((one) => one.holds))].filter((one) => one !== '');
    return [...places.map(({ path }) => path.join('.')), ...holds].join(', ');
  };
  const isLong = (states[0] ?? []).length > 4;
  const names = new Map<number, string>();
  const nameOf = (state: number): string => {
    const known = names.get(state) ?? (isLong ? `state ${state}` : place(state));
    names.set(state, known);
    return known;
  };
  return [
    `${of}, ${design} in scope ${scope} with ${faults} ${faults === 1 ? 'fault' : 'faults'}: ${grouped(states.length)} states, ${grouped(steps.length)} steps between them`,
    `${grouped(paths.length)} paths: ${kinds[kind]}`,
    ...(stopped === null ? [] : [`Not complete: ${stopped}`]),
    ...paths.flatMap((path) => [
      '',
      `${nameOf(path.to)}: ${path.length} ${path.length === 1 ? 'step' : 'steps'}`,
      ...path.steps.map(({ event, to }, at) => `  ${at + 1}. ${event}${isLong ? '' : ` -> ${nameOf(to)}`}`),
    ]),
    '',
  ].join('\n');
}
