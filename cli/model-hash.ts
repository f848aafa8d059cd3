import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Code } from './remembered.ts';

/** The folder of the package, wherever in it this file was built to. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Hash of the sources that decide a verdict; the same from sources and from a build, on every machine. */
export function modelHash(): string {
  return hashOf(['models', 'composition', 'properties'], () => true);
}

/**
 * What a verdict depends on beside its design and scope, in two parts, so that a changed promise leaves the verdicts on
 * the others as they are. The default scopes and the releases come with the world itself.
 */
export function verdictCode(): Code {
  const comesWithTheWorld = ['models/scopes/defaults.ts', 'models/designs/releases.ts'];
  const isOfOnePromise = (file: string) => file.startsWith('properties/promises/');
  return {
    shared: hashOf(
      ['models', 'composition', 'checker', 'properties'],
      (file) => !isOfOnePromise(file) && !comesWithTheWorld.includes(file),
    ),
    promise: (name) => hashOf(['properties'], (file) => file === `properties/promises/${name}.ts`),
  };
}

function hashOf(rooms: readonly string[], counts: (file: string) => boolean): string {
  const root = packageFolder();
  const hash = createHash('sha256');
  for (const path of rooms.flatMap((room) => sources(join(root, room))).sort()) {
    const file = relative(root, path).replaceAll(sep, '/');
    if (!counts(file)) continue;
    hash.update(JSON.stringify([file, readFileSync(path, 'utf8').replaceAll('\r\n', '\n')]));
  }
  return hash.digest('hex').slice(0, 16);
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}
