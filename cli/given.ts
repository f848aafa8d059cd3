import { findScopeOrIncidents } from '#incidents/incidents.ts';
import { type Design, designNames, findDesign, readDesign } from '#models/designs/design.ts';
import { InputError, unknownName } from '#models/input.ts';
import { readScope, type Scope, scopeNames } from '#models/scopes/scope.ts';
import { isFile, readJson } from './disk.ts';
import type { Find } from './engine.ts';

/** A design or a scope that the user named, and the file it came from, if any. */
export interface Given<T> {
  readonly value: T;
  readonly file: string | null;
}

/** The design of that name or in that file. */
export function givenDesign(nameOrFile: string): Given<Design> {
  return given(nameOrFile, designNames, findDesign, readDesign);
}

/** The scope of that name or in that file. */
export function givenScope(nameOrFile: string): Given<Scope> {
  return given(nameOrFile, scopeNames, findScopeOrIncidents, readScope);
}

/** The promise names, each of which there must be; all of them if none is given. */
export function givenPromises(names: readonly string[], known: readonly string[]): readonly string[] {
  for (const name of names) if (!known.includes(name)) throw unknownName('promise', name, known);
  return names.length === 0 ? known : [...new Set(names)];
}

/** Each once, in the order given. Two different ones of one name could not be told apart in the report. */
export function eachOnce<T extends { readonly name: string }>(all: readonly Given<T>[]): readonly Given<T>[] {
  const byName = new Map<string, Given<T>>();
  for (const one of all) {
    const before = byName.get(one.value.name);
    if (before && before.file !== one.file) {
      throw new InputError(`"${one.value.name}" is also the name of ${before.file ?? 'a built-in one'}`, {
        where: one.file ?? 'built in',
        expected: 'another name',
      });
    }
    byName.set(one.value.name, one);
  }
  return [...byName.values()];
}

/** Looks names up among the user's own first. */
export function findAmong(designs: readonly Given<Design>[], scopes: readonly Given<Scope>[]): Find {
  return {
    design: (name) => designs.find(({ value }) => value.name === name)?.value ?? findDesign(name),
    scope: (name) => scopes.find(({ value }) => value.name === name)?.value ?? findScopeOrIncidents(name),
  };
}

/** A name that is known is never taken for a file; what looks like a path, or is one, is never taken for a name. */
function given<T>(
  nameOrFile: string,
  known: readonly string[],
  find: (name: string) => T,
  read: (json: unknown, where: string) => T,
): Given<T> {
  const looksLikeFile = /[/\\]|\.json$/i.test(nameOrFile) || isFile(nameOrFile);
  return !known.includes(nameOrFile) && looksLikeFile
    ? { value: read(readJson(nameOrFile), nameOrFile), file: nameOrFile }
    : { value: find(nameOrFile), file: null };
}
