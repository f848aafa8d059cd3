import { between } from '#models/designs/between.ts';
import type { Design } from '#models/designs/design.ts';
import { differenceOf } from '#report/difference.ts';
import type { Difference, Result } from '#report/document.ts';
import type { Engine } from './engine.ts';
import type { Matter } from './judging-options.ts';

/** What changed from the first design to the second; null unless exactly two were compared. */
export function differenceIn(
  results: readonly Result[],
  { designs, scopes }: Matter,
  { carryOver }: Engine,
): Difference | null {
  const [from, to, third] = designs.map(({ value }) => value);
  if (!from || !to || third) return null;
  const { gained, lost, differ } = between(from.behaviours, to.behaviours);
  const named = new Set([...gained, ...lost].flatMap(({ sets }) => Object.keys(sets)));
  const told = (change: 'gained' | 'lost') => (one: (typeof gained)[number]) => ({
    change,
    name: one.name,
    says: one.says,
    from: one.from,
    since: one.since,
    serves: one.serves,
    isRegression: one.isRegression === true,
  });
  return {
    from: from.name,
    to: to.name,
    behaviours: [...gained.map(told('gained')), ...lost.map(told('lost'))],
    values: differ
      .filter((name) => !named.has(name))
      .map((name) => ({
        behaviour: name,
        from: JSON.stringify(from.behaviours[name]),
        to: JSON.stringify(to.behaviours[name]),
      })),
    ...differenceOf(results, [from.name, to.name], (result, name) => {
      const scope = scopes.find(({ value }) => value.name === result.scope)?.value;
      const other: Design = name === to.name ? to : from;
      if (!scope || !result.trace) throw new RangeError(`no trace in scope ${result.scope}`);
      return carryOver(result.trace, other, scope, result.faults);
    }),
  };
}
