import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, wherever in it this file was built to. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Hash of the sources that decide a verdict; the same from sources and from a build, on every machine. */
export function modelHash(rooms: readonly string[] = ['models', 'composition', 'properties']): string {
  const root = packageFolder();
  const hash = createHash('sha256');
  for (const file of rooms.flatMap((room) => sources(join(root, room))).sort()) {
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    hash.update(JSON.stringify([relative(root, file).replaceAll(sep, '/'), text]));
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
