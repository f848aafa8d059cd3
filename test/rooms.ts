/** Each room may import itself and the rooms listed here; nothing else. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  checker: [],
  composition: ['checker'],
  models: ['composition', 'checker'],
  properties: ['models', 'composition', 'checker'],
  incidents: ['models', 'properties', 'composition', 'checker'],
  conformance: ['models', 'properties', 'incidents', 'composition', 'checker'],
  simulation: ['models', 'composition'],
  report: ['composition', 'checker'],
  review: ['checker', 'composition', 'models', 'properties', 'incidents', 'conformance', 'simulation', 'report'],
  cli: ['checker', 'composition', 'models', 'properties', 'incidents', 'conformance', 'simulation', 'report', 'review'],
};

/** What a machine is written with; everything else of XState is the business of the composition. */
const xstateForModels = ['setup', 'assign', 'stateIn', 'and', 'or', 'not'];

/** Names that say what kind of thing is in a file and not which idea. */
const kindNames = ['utils', 'helpers', 'types', 'common', 'constants', 'misc', 'shared', 'index'];

/** What only the command line may touch, found in a file's text without its comments. */
const outside: readonly (readonly [string, RegExp])[] = [
  ['the process', /\bprocess\.\w/],
  ['the clock', /\b(Date\.now|performance\.now|setTimeout|setInterval)\b|\bnew Date\(\s*\)/],
  ['chance', /\bMath\.random\b/],
];

/** A source file: its path from the root of the repository, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every breach of the rules of the rooms, each as `file: what is wrong`; none if all is well. */
export function breaches(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const room = path.split('/')[0] ?? '';
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
    const found = [
      ...(mayImport[room] ? [] : ['is in no known room']),
      ...(kindNames.includes(path.replace(/^.*\//, '').replace(/\..*$/, ''))
        ? ['is named by its kind, not by its idea']
        : []),
      ...(isBarrel(code) ? ['is a barrel'] : []),
      ...importsOf(code).flatMap((one) => importBreach(path, room, one)),
      ...(room === 'cli' ? [] : outside.flatMap(([what, pattern]) => (pattern.test(code) ? [`touches ${what}`] : []))),
    ];
    return found.map((breach) => `${path}: ${breach}`);
  });
}

interface Import {
  readonly from: string;
  /** The names that are imported as values; empty if only types are. */
  readonly values: readonly string[];
}

function importsOf(code: string): Import[] {
  const statements = code.matchAll(/\b(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s*['"]([^'"]+)['"]/g);
  const bare = code.matchAll(/\bimport\s*\(?\s*['"]([^'"]+)['"]/g);
  return [
    ...[...statements].map(([, type, clause = '', from = '']) => ({ from, values: type ? [] : valuesOf(clause) })),
    ...[...bare].map(([, from = '']) => ({ from, values: ['*'] })),
  ];
}

function valuesOf(clause: string): string[] {
  const named = /\{([^}]*)\}/.exec(clause)?.[1];
  if (named === undefined) return ['*'];
  return named.split(',').flatMap((part) => {
    const name = part.trim().split(/\s/)[0] ?? '';
    return name === '' || name === 'type' ? [] : [name];
  });
}

function importBreach(path: string, room: string, { from, values }: Import): string[] {
  if (from.startsWith('.')) {
    const target = new URL(from, `file:///${path}`).pathname.slice(1);
    return target.startsWith(`${room}/`) ? [] : [`imports ${from}, which is in another room; say #room/file.ts`];
  }
  if (from.startsWith('#')) {
    const target = from.slice(1).split('/')[0] ?? '';
    return target === room || mayImport[room]?.includes(target)
      ? []
      : [`imports ${from}, but ${room} may not import ${target}`];
  }
  return packageBreach(room, from, values);
}

function packageBreach(room: string, from: string, values: readonly string[]): string[] {
  if (room === 'checker') return [`imports ${from}, but checker imports nothing but itself`];
  if (from.startsWith('node:'))
    return room === 'cli' ? [] : [`imports ${from}, but only cli touches the machine it runs on`];
  if (/^(@xstate\/|xstate($|\/))/.test(from) && room !== 'composition') {
    const allowed = room === 'models' && from === 'xstate' ? xstateForModels : [];
    const wrong = values.filter((name) => !allowed.includes(name));
    return wrong.length > 0 ? [`imports ${wrong.join(', ')} from ${from}, but only composition knows XState`] : [];
  }
  return [];
}

/** A barrel passes on what others export and has nothing of its own; passing on everything is one in any case. */
function isBarrel(code: string): boolean {
  if (/\bexport\s*\*/.test(code)) return true;
  const passedOn = /\bexport\s+(type\s+)?\{[^}]*\}\s*from\s*['"][^'"]+['"];?/g;
  return (
    passedOn.test(code) &&
    code
      .replaceAll(passedOn, '')
      .replaceAll(/\bimport\b[^;]*;/g, '')
      .trim() === ''
  );
}
