import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { canonical } from '#composition/canonical.ts';
import { InputError } from '#models/input.ts';
import type { Result } from '#report/document.ts';
import { resultSchema } from '#report/schema.ts';
import { writeWhole } from './disk.ts';
import type { World } from './engine.ts';

/** Verdicts of earlier runs, kept in the user's cache folder: one small file each. */
export interface Remembered {
  /** The verdict on a promise in a world, if it was found before by the same model. */
  find(world: World, promise: string): Result | null;
  /** Keeps a verdict. What cannot be written is not kept, and said once. */
  keep(world: World, result: Result): void;
}

/** What the verdicts depend on beside the world: a hash of all code that is the same for every promise, and of each promise's own. */
export interface Code {
  readonly shared: string;
  promise(name: string): string;
}

/** Verdicts of a model that nobody has used for so long are thrown away. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Remembers verdicts in a folder. An entry is found by the hash of model, design, scope and promise; the entry names them
 * all again, so that one that is cut short, altered or of another world is taken for none and written anew. Nothing but
 * `holds` and `violated` is kept: what a limit left unknown, another limit may decide.
 */
export function rememberIn(folder: string, code: Code, warn: (message: string) => void, now: () => number): Remembered {
  const own = join(folder, code.shared);
  let isWarned = false;
  let isTidied = false;
  const keyOf = (world: World, promise: string) => {
    // How many threads search makes no difference to what is found.
    const { promises: _promises, threads: _threads, limits, ...about } = world;
    return canonical([code.shared, code.promise(promise), about, limits.faults ?? null, promise]);
  };
  const fileOf = (key: string) => join(own, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  return {
    find(world, promise) {
      const key = keyOf(world, promise);
      try {
        const entry = v.safeParse(entrySchema, JSON.parse(readFileSync(fileOf(key), 'utf8')));
        return entry.success && entry.output.key === key ? { ...entry.output.result, remembered: true } : null;
      } catch {
        // No entry, or one that was cut short: the verdict is found again.
        return null;
      }
    },
    keep(world, result) {
      if (result.verdict === 'unknown') return;
      const key = keyOf(world, result.promise);
      try {
        mkdirSync(own, { recursive: true });
        writeWhole(fileOf(key), JSON.stringify({ key, result }));
        if (!isTidied) forgetOthers(folder, code.shared, now() - keptMs);
        isTidied = true;
      } catch (error) {
        if (!isWarned) warn(`verdicts are not remembered: ${reasonOf(error, own)}`);
        isWarned = true;
      }
    },
  };
}

const entrySchema = v.strictObject({ key: v.string(), result: resultSchema });

function forgetOthers(folder: string, shared: string, before: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== shared && statSync(path).mtimeMs < before) rmSync(path, { recursive: true, force: true });
  }
}

function reasonOf(error: unknown, folder: string): string {
  if (error instanceof InputError) return error.message;
  return `${folder}: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`;
}
