import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimcheck } from './fake.ts';

const here = mkdtempSync(join(tmpdir(), 'claimcheck-'));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(here, name), content);
  return join(here, name);
};
const noise = Uint8Array.from({ length: 10 * 1024 * 1024 }, (_, i) => (i * 2654435761) >>> 13);
mkdirSync(join(here, 'folder.json'));

const scopeFile = (change: object): string =>
  JSON.stringify({
    name: 'mine',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    ...change,
  });

const mistakes: Readonly<Record<string, { args: readonly string[]; says: RegExp }>> = {
  'no command': { args: [], says: /command/ },
  'an unknown command': { args: ['chekc'], says: /chekc.*Did you mean check/ },
  'an unknown option': { args: ['check', '--desing', 'x'], says: /--desing.*Did you mean --design/ },
  'an option without its value': { args: ['check', '--design'], says: /--design.*argument missing/ },
  'a word too many': { args: ['check', 'nomad-2.0.5'], says: /too many arguments/ },
  'no token': { args: ['trace'], says: /missing required argument 'token'/ },
  'a bad token': { args: ['trace', 'rubbish'], says: /"rubbish" is no token; expected a token/ },
  'an unknown design': {
    args: ['check', '--design', 'nomad-2.0.6'],
    says: /no design "nomad-2.0.6".*did you mean "nomad-2/,
  },
  'an unknown behaviour': {
    args: ['check', '--design', 'nomad-1.9.7+limit-watchr'],
    says: /did you mean "limit-watcher"/,
  },
  'an unknown scope': {
    args: ['check', '--scope', 'hapy-path'],
    says: /no scope "hapy-path".*did you mean "happy-path"/,
  },
  'an unknown promise': { args: ['check', '--promise', 'retriesAreBound'], says: /did you mean "retriesAreBounded"/ },
  'an unknown format': { args: ['check', '--format', 'xml'], says: /xml.*Allowed choices are text, json/ },
  'an unknown shape': { args: ['trace', 'v1:a:b', '--as', 'svg'], says: /svg.*Allowed choices are table, log/ },
  'two formats at once': { args: ['check', '--json', '--format', 'junit'], says: /contradict/ },
  '0 workers': { args: ['check', '--workers', '0'], says: /--workers.*'0' is invalid.*1 or more/ },
  'a negative rung': { args: ['check', '--faults', '-1'], says: /--faults.*'-1' is invalid.*0 or more/ },
  'half a state': { args: ['check', '--max-states', '1.5'], says: /--max-states.*whole number, 1 or more/ },
  'no number': { args: ['check', '--max-memory', 'lots'], says: /--max-memory.*'lots'/ },
  'a missing file': { args: ['check', '--scope', join(here, 'none.json')], says: /none\.json: there is no such file/ },
  'a directory': { args: ['check', '--scope', join(here, 'folder.json')], says: /folder\.json: this is a directory/ },
  'a device': { args: ['check', '--scope', '/dev/zero'], says: /\/dev\/zero: this is no regular file/ },
  'an empty file': {
    args: ['check', '--scope', file('empty.json', '')],
    says: /empty\.json: the file is empty; expected/,
  },
  'a file of spaces': {
    args: ['check', '--design', file('spaces.json', ' \n ')],
    says: /spaces\.json: the file is empty/,
  },
  '10 MB of noise': {
    args: ['check', '--scope', file('noise.json', noise)],
    says: /noise\.json: the file has 10485760 bytes; expected at most 1048576/,
  },
  'a little noise': {
    args: ['check', '--scope', file('small.json', noise.slice(0, 900))],
    says: /small\.json: not JSON/,
  },
  'half a file': { args: ['check', '--scope', file('half.json', '{ "name": ')], says: /half\.json: not JSON/ },
  'JSON of another kind': { args: ['check', '--scope', file('list.json', '[]')], says: /list\.json: .*expected/ },
  'a wrong field': {
    args: ['check', '--scope', file('field.json', scopeFile({ nods: [] }))],
    says: /field\.json: nods: .*did you mean "nodes"/,
  },
  'a wrong value': {
    args: ['check', '--scope', file('value.json', scopeFile({ topFaults: -1 }))],
    says: /value\.json: topFaults: .*expected/,
  },
  'a name that nothing has': {
    args: [
      'check',
      '--scope',
      file('name.json', scopeFile({ allocations: [{ name: 'a1', volume: 'v2', node: 'n1' }] })),
    ],
    says: /name\.json: allocations\[0\]\.volume: .*"v2".*did you mean "v1"/,
  },
  'a design of no known origin': {
    args: ['check', '--design', file('from.json', '{ "name": "mine", "from": "nomad-1.9.8" }')],
    says: /from\.json: from: .*did you mean "nomad-1.9.7"/,
  },
  'two files with one name': {
    args: ['check', '--scope', file('one.json', scopeFile({})), '--scope', file('two.json', scopeFile({}))],
    says: /two\.json: "mine" is also the name of .*one\.json; expected another name/,
  },
  'a file named as a default scope': {
    args: ['check', '--scope', 'happy-path', '--scope', file('taken.json', scopeFile({ name: 'happy-path' }))],
    says: /taken\.json: "happy-path" is also the name of a built-in one/,
  },
  'a form that nothing can be exported to': {
    args: ['export', '--to', 'prolog'],
    says: /prolog.*Allowed choices are promela, aut, json/,
  },
  'an export without a form': { args: ['export'], says: /no form is given; expected --to promela or --to aut/ },
  'an export in two forms': { args: ['export', '--json', '--to', 'aut'], says: /--json and --to aut contradict/ },
  'an export of a scope that there is not': {
    args: ['export', '--to', 'aut', '--scope', 'hapy-path'],
    says: /there is no scope "hapy-path".*did you mean "happy-path"/,
  },
  'an export to nowhere': {
    args: ['export', '--to', 'aut', '--out', join(here, 'no', 'out.aut')],
    says: /out\.aut: there is no folder/,
  },
  'no folder to write to': {
    args: ['check', '--out', join(here, 'no', 'out.txt')],
    says: /out\.txt: there is no folder/,
  },
  'a directory to write to': {
    args: ['check', '--out', join(here, 'folder.json')],
    says: /folder\.json: this is a directory/,
  },
};

describe('is answered with one clear line and exit 2', () => {
  test.each(Object.keys(mistakes))('%s', async (name) => {
    const { args = [], says = /$^/ } = mistakes[name] ?? {};
    const { code, out, err, judged } = await claimcheck(args);
    expect(err).toMatch(says);
    if (name !== 'no command') expect(err).toMatch(/^claimcheck: [^\n\p{Cc}]+\n$/u);
    expect({ code, out, judged }).toEqual({ code: 2, out: '', judged: [] });
  });
});

test('a failure inside is one line too', async () => {
  const { code, err } = await claimcheck(
    ['check'],
    {},
    {
      engine: {
        promises: [],
        provable: [],
        reproduce: () => Promise.reject(new Error('never')),
        judge: () => Promise.reject(new Error('event freed: claim v1/a1\ncannot take it in taken')),
        applies: () => true,
        exercise: () => Promise.resolve(null),
        carryOver: () => null,
        export: () => Promise.reject(new Error('never')),
        replay: () => {
          throw new Error('never');
        },
      },
    },
  );
  expect(code).toBe(2);
  expect(err).toBe('claimcheck: internal error: event freed: claim v1/a1 cannot take it in taken\n');
});

test('a reduction that cannot judge a promise refuses it by name', async () => {
  const { code, err } = await claimcheck(['check', '--reduce', 'ample', '--promise', 'retriesAreBounded']);
  expect(code).toBe(2);
  expect(err).toContain(
    'ample cannot judge retriesAreBounded, which is of the form "bound"; expected promises of the form "always"',
  );
});
