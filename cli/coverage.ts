import { type Exercised, missed, parts, together } from '#properties/coverage.ts';
import { shownIn } from '#properties/shown.ts';
import type { Coverage, MissedPart } from '#report/document.ts';

/** What one world exercised; null if a limit ended its search. */
export interface ExercisedWorld {
  readonly design: string;
  readonly scope: string;
  readonly exercised: Exercised | null;
}

/** What all the worlds together exercised, in numbers, and of what none did: whose it is, and where it is shown. */
export function coverageOf(worlds: readonly ExercisedWorld[]): Coverage {
  const explored = worlds.flatMap(({ design, exercised }) => (exercised ? [{ design, exercised }] : []));
  const all = together(explored.map(({ exercised }) => exercised));
  const part = (of: Readonly<Record<string, boolean>>) => ({ of: Object.keys(of).length, missed: missed(of) });
  return {
    actions: part(all.actions),
    states: part(all.states),
    guards: part(all.guards),
    missed: parts.flatMap((kind) =>
      missed(all[kind]).map((name): MissedPart => {
        const having = explored.filter(({ exercised }) => Object.hasOwn(exercised[kind], name));
        const shown = shownIn(kind, name);
        return {
          part: kind,
          name,
          designs: [...new Set(having.map(({ design }) => design))],
          shownIn: shown && 'in' in shown ? shown.in : null,
          because: shown && 'nowhere' in shown ? shown.nowhere : null,
        };
      }),
    ),
    unfinished: worlds.flatMap(({ design, scope, exercised }) => (exercised ? [] : [{ design, scope }])),
  };
}
