import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { breaches, mayImport, type Source } from './rooms.ts';

function sourcesIn(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(path);
    return entry.name.endsWith('.ts') ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
}

const rooms = Object.keys(mayImport).filter((room) => existsSync(room));
const sources = rooms.flatMap(sourcesIn);

test('imports point one way, and every room keeps to its rules', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(breaches(sources)).toEqual([]);
});

test('every room with TypeScript in it is known', () => {
  const others = ['test', 'docs', 'node_modules', 'dist', 'coverage'];
  const folders = readdirSync('.', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !others.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => sourcesIn(name).length > 0);
  expect(folders.filter((name) => !(name in mayImport))).toEqual([]);
});

test.each([
  ['checker/explore.ts', `import { claim } from '#models/claim.ts';`, /checker may not import models/],
  ['checker/explore.ts', `import * as v from 'valibot';`, /nothing but itself/],
  ['composition/compose.ts', `import type { Claim } from '#models/claim.ts';`, /composition may not import models/],
  ['models/claim.ts', `import { always } from '#properties/always.ts';`, /models may not import properties/],
  ['properties/judge.ts', `import type { Result } from '#report/document.ts';`, /properties may not import report/],
  ['report/junit.ts', `const { find } = await import('#models/scopes/scope.ts');`, /report may not import models/],
  ['review/page.ts', `import { run } from '#cli/program.ts';`, /review may not import cli/],
  ['models/claim.ts', `import {\n  one,\n  two,\n} from '../checker/system.ts';`, /in another room; say #room/],
  ['models/claim.ts', `import { createActor, setup } from 'xstate';`, /imports createActor from xstate/],
  ['models/claim.ts', `import * as x from 'xstate';`, /imports \* from xstate/],
  ['properties/paths.ts', `import { getShortestPaths } from '@xstate/graph';`, /only composition knows XState/],
  ['report/junit.ts', `import { writeFileSync } from 'node:fs';`, /only cli touches/],
  ['report/junit.ts', `export const at = Date.now();`, /touches the clock/],
  ['models/claim.ts', `export const colour = process.env.COLOUR;`, /touches the process/],
  ['properties/sample.ts', `export const draw = Math.random();`, /touches chance/],
  ['models/all.ts', `export * from './claim.ts';\nexport const own = 1;`, /is a barrel/],
  [
    'models/all.ts',
    `/** All. */\nexport { claim } from './claim.ts';\nexport type { Node } from './node.ts';`,
    /is a barrel/,
  ],
  ['checker/utils.ts', 'export const one = 1;', /named by its kind/],
  ['models/designs/index.ts', 'export const one = 1;', /named by its kind/],
  ['attic/old.ts', 'export const one = 1;', /in no known room/],
])('fails when broken: %s with %j', (path, text, says) => {
  expect(breaches([{ path, text }]).join('\n')).toMatch(says);
});

test.each([
  [
    'models/claim.ts',
    `import { assign, type AnyStateMachine, setup } from 'xstate';\nimport type { ActorRef } from 'xstate';`,
  ],
  [
    'models/designs/design.ts',
    `import { InputError } from '#models/input.ts';\nimport { field } from '#checker/system.ts';`,
  ],
  ['composition/action.ts', `export { disabled } from '#checker/system.ts';\nexport const own = 1;`],
  ['checker/explore.ts', '// A process.exit() or a Date.now() in a comment is none.\nexport const one = 1;'],
  ['cli/disk.ts', `import { readFileSync } from 'node:fs';\nimport { explore } from '#checker/explore.ts';`],
])('passes when kept: %s with %j', (path, text) => {
  expect(breaches([{ path, text }])).toEqual([]);
});
