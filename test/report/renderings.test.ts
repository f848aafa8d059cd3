import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import type { Result } from '#report/document.ts';
import { renderItf } from '#report/itf.ts';
import { renderJunit } from '#report/junit.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { renderMermaid } from '#report/mermaid.ts';
import { renderSarif } from '#report/sarif.ts';
import { renderTerminal } from '#report/terminal.ts';
import { traceTable } from '#report/trace-table.ts';
import { sample, spin } from './sample.ts';

const plain = pc.createColors(false);
const replay = ({ trace }: Result) => `npx claimcheck trace ${trace?.token}`;
const oneScope = { ...sample, results: sample.results.filter(({ scope }) => scope === 'node-collected') };

// The golden files are read in review as prose; UPDATE=1 rewrites them.
describe('a report reads as its golden file', () => {
  const rendered: Readonly<Record<string, string>> = {
    'compare.txt': renderTerminal(sample, { colours: plain, replay, traces: false }),
    'check-one-scope.txt': renderTerminal(oneScope, { colours: plain, replay, traces: true }),
    'compare.md': renderMarkdown(sample, { replay, traces: false }),
    'check.md': renderMarkdown(sample, { replay, traces: true }),
    'check.junit.xml': renderJunit(sample),
    'check.sarif': renderSarif(sample),
    'trace.txt': `${traceTable(spin, plain)}\n`,
    'trace.itf.json': renderItf(spin),
    'trace.mmd': renderMermaid(spin),
  };
  test.each(Object.keys(rendered))('%s', async (name) => {
    await expect(rendered[name]).toMatchFileSnapshot(`golden/${name}`);
  });
});

test('colours change nothing but colours', () => {
  const coloured = renderTerminal(sample, { colours: pc.createColors(true), replay, traces: true });
  expect(coloured).toContain('\u001B[31m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
  const stripped = coloured.replaceAll(/\u001B\[\d+m/g, '').replaceAll(/ +$/gm, '');
  expect(stripped).toBe(renderTerminal(sample, { colours: plain, replay, traces: true }));
});

test('an empty report is no mistake', () => {
  const empty = { ...sample, results: [] };
  expect(renderTerminal(empty, { colours: plain, replay, traces: true })).toContain('0 verdicts');
  expect(renderMarkdown(empty, { replay, traces: true })).toContain('promise');
  expect(JSON.parse(renderSarif(empty)).runs[0].results).toEqual([]);
  expect(renderJunit(empty)).toContain('tests="0"');
});
