import type { Run } from '#checker/formula.ts';
import { InputError } from '#models/input.ts';
import type { Model } from '#models/model.ts';

/** What a token says: which world, which run of it, and of which model. */
export interface TokenParts {
  readonly fingerprint: string;
  readonly design: string;
  readonly scope: string;
  readonly faults: number;
  readonly run: Run;
}

/** The first part of every token: its format's version. */
const FORMAT = 'cc1';

/** Writes a run down so that another process can replay it: no character in it needs quoting in a shell. */
export function writeToken({ fingerprint, design, scope, faults, run }: TokenParts): string {
  const actions = run.actions.map((action) => action.toString(36)).join('.');
  const names = [design, scope].map((name) => encodeURIComponent(name).replaceAll("'", '%27'));
  return [FORMAT, fingerprint, ...names, faults, run.loopsTo ?? '-', actions].join('/');
}

/** Reads a token. Throws an `InputError` that says which part is wrong. */
export function readToken(token: string): TokenParts {
  const parts = token.trim().split('/');
  const [format, fingerprint, design, scope, faults, loop, actions] = parts;
  if (format !== FORMAT)
    throw new InputError(`"${short(token)}" is no token`, {
      expected: `a token that starts with ${FORMAT}/, as a report prints it`,
    });
  if (parts.length !== 7 || !fingerprint || !design || !scope || actions === undefined) {
    throw new InputError(`the token has ${parts.length} parts`, {
      expected: '7 parts between slashes; was it cut off?',
    });
  }
  const list =
    actions === ''
      ? []
      : actions.split('.').map((digits) => (/^[0-9a-z]+$/.test(digits) ? Number.parseInt(digits, 36) : Number.NaN));
  const wrong = list.findIndex(Number.isNaN);
  if (wrong >= 0)
    throw new InputError(`step ${wrong + 1} of the token is no action`, { expected: 'digits and small letters' });
  const loopsTo = loop === '-' ? null : Number(loop);
  if (loopsTo !== null && !(Number.isInteger(loopsTo) && loopsTo >= 0 && loopsTo < list.length)) {
    throw new InputError(`the token loops to step "${loop}"`, { expected: `- or a number below ${list.length}` });
  }
  if (!/^\d{1,3}$/.test(faults ?? ''))
    throw new InputError(`the token allows "${faults}" faults`, { expected: 'a number' });
  return {
    fingerprint,
    design: decodeName(design),
    scope: decodeName(scope),
    faults: Number(faults),
    run: { actions: list, loopsTo },
  };
}

/** Eight digits that differ between models whose actions or instances differ; a token carries them. */
export function fingerprintOf({ composition: { actions, instances } }: Model): string {
  let hash = 0x811c9dc5;
  for (const name of [...instances.map((one) => one.name), ...actions.map((one) => `${one.name} ${one.fairness}`)]) {
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x0a, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InputError(`the name "${short(text)}" in the token is garbled`, {
      expected: 'a name as a report prints it',
    });
  }
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
