import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { printed } from './printed.ts';
import { generatedBlocks, regenerated } from './readme.ts';

const folder = 'docs/findings';
const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
const contents = readFileSync(`${folder}/README.md`, 'utf8');

describe('the run of a finding is what the command prints today', () => {
  test.each(pages)('%s', { timeout: 120_000 }, (page) => {
    expect(inject('buildFailure')).toBeNull();
    const text = readFileSync(`${folder}/${page}`, 'utf8');
    expect(generatedBlocks(text)).not.toEqual([]);
    const today = regenerated(text, printed);
    if (process.env.UPDATE === '1') writeFileSync(`${folder}/${page}`, today);
    else expect(text).toBe(today);
  });
});

describe('a finding says all that is asked of it', () => {
  test.each(pages)('%s', (page) => {
    const headings = readFileSync(`${folder}/${page}`, 'utf8').match(/^## .*$/gm);
    expect(headings).toEqual([
      '## The run',
      "## In Nomad's code",
      '## Since',
      '## How an operator notices',
      '## What would fix it',
      '## How it is known',
    ]);
    expect(contents).toContain(`](${page})`);
  });
});

test('every promise that nomad-2.0.5 breaks in the ledger is in the table of findings, with its scope', () => {
  const ledger: Record<string, Record<string, Record<string, string>>> = JSON.parse(
    readFileSync('test/ledger.json', 'utf8'),
  );
  const rows = contents.split('\n').filter((line) => line.startsWith('| '));
  const broken = Object.entries(ledger).flatMap(([scope, designs]) =>
    Object.entries(designs['nomad-2.0.5'] ?? {}).flatMap(([promise, verdict]) =>
      verdict.startsWith('violated') ? [{ promise, scope }] : [],
    ),
  );
  expect(broken.length).toBeGreaterThan(0);
  const unexplained = broken.filter(
    ({ promise, scope }) =>
      !rows.some(
        (row) => row.includes(`\`${promise}\``) && (row.includes(scope) || row.includes('every default scope')),
      ),
  );
  expect(unexplained).toEqual([]);
});
