import { expect, test } from 'vitest';
import { between } from '#models/designs/between.ts';
import { behaviourChanges } from '#models/designs/changes.ts';
import { findDesign } from '#models/designs/design.ts';

const of = (from: string, to: string) => between(findDesign(from).behaviours, findDesign(to).behaviours);
const names = (changes: readonly { readonly name: string }[]) => changes.map(({ name }) => name);

test('between a design and itself lies nothing', () => {
  expect(of('nomad-2.0.5', 'nomad-2.0.5')).toEqual({ gained: [], lost: [], differ: [] });
});

test.each(behaviourChanges.map(({ name }, i) => [name, i] as const))('%s is gained when it is laid over', (name, i) => {
  const before = ['nomad-0.11.1', ...behaviourChanges.slice(0, i).map((one) => one.name)].join('+');
  expect(names(of(before, `${before}+${name}`).gained)).toEqual([name]);
  expect(names(of(`${before}+${name}`, before).lost)).toEqual([name]);
});

test('from 1.9.7 to 1.10.0 came the three parts of one pull request', () => {
  const { gained, lost } = of('nomad-1.9.7', 'nomad-1.10.0');
  expect(new Set(gained.map(({ from }) => from))).toEqual(new Set(['#25428']));
  expect(names(gained)).toEqual(['abandon-unknown-node', 'limit-watcher', 'notify-drops']);
  expect(lost).toEqual([]);
});
