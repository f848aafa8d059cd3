import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '#models/input.ts';
import { oneLine } from './failure.ts';

/** Whatever is larger was not written by hand, and is refused before it is parsed. */
const bytesMax = 1024 * 1024;

/** Whether the path leads to a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The JSON in a file. Throws an `InputError` if there is no such file, it is too large, empty, or not JSON. */
export function readJson(path: string): unknown {
  const text = readSmall(path).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new InputError('the file is empty', { where: path, expected: 'JSON' });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`not JSON (${oneLine(error instanceof Error ? error.message : String(error), 100)})`, {
      where: path,
    });
  }
}

function readSmall(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new InputError('there is no such file', { where: path });
  if (found.isDirectory()) throw new InputError('this is a directory', { where: path, expected: 'a JSON file' });
  if (!found.isFile()) throw new InputError('this is no regular file', { where: path, expected: 'a JSON file' });
  if (found.size > bytesMax) {
    throw new InputError(`the file has ${found.size} bytes`, { where: path, expected: `at most ${bytesMax}` });
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`the file cannot be read (${codeOf(error)})`, { where: path });
  }
}

/** Refuses a place to write to before any work is done for it. */
export function checkWritable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError('this is a directory', { where: path, expected: 'a file to write to' });
  }
  if (!existsSync(dirname(path))) throw new InputError(`there is no folder "${dirname(path)}"`, { where: path });
}

/** Writes a file whole or not at all: under another name beside it, then renamed. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new InputError(`the file cannot be written (${codeOf(error)})`, { where: path });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
