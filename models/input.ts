import { distance } from 'fastest-levenshtein';

/** A mistake in what a user gave: its message is one line that says what, where, what was expected and the nearest valid name. */
export class InputError extends Error {
  readonly what: string;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly nearest: string | undefined;

  constructor(
    what: string,
    more: { where?: string | undefined; expected?: string | undefined; nearest?: string | undefined } = {},
  ) {
    const where = more.where ? `${more.where}: ` : '';
    const expected = more.expected ? `; expected ${more.expected}` : '';
    const nearest = more.nearest ? ` (did you mean "${more.nearest}"?)` : '';
    super(`${where}${what}${expected}${nearest}`);
    this.name = 'InputError';
    this.what = what;
    this.where = more.where;
    this.expected = more.expected;
    this.nearest = more.nearest;
  }
}

/** The known name that is closest to the given one, if any is close enough to be meant. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, far: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.ceil(best.name.length / 2)) ? best.name : undefined;
}

/** The error for a name that is not among the known ones. */
export function unknownName(kind: string, given: string, known: readonly string[], where?: string): InputError {
  return new InputError(`there is no ${kind} "${given}"`, {
    where,
    expected: known.length <= 12 ? `one of ${known.join(', ')}` : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`,
    nearest: nearest(given, known),
  });
}
