import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { renderItf } from '#report/itf.ts';
import { renderJunit } from '#report/junit.ts';
import { renderMermaid } from '#report/mermaid.ts';
import { renderSarif } from '#report/sarif.ts';
import { sample, spin } from './sample.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => /^test(suite|case)$/.test(name),
});

test('JUnit counts every promise, and unknown is an error', () => {
  const xml = renderJunit(sample);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = parser.parse(xml);
  expect(testsuites).toMatchObject({ tests: '8', failures: '2', errors: '1' });
  const cases = testsuites.testsuite.flatMap((suite: { testcase: unknown[] }) => suite.testcase);
  expect(cases).toHaveLength(8);
  expect(cases.filter((one: object) => 'failure' in one)).toHaveLength(2);
  expect(cases.find((one: object) => 'failure' in one).failure.message).toBe(sample.results[4]?.sentence);
});

test('JUnit survives characters that XML has no place for', () => {
  const [first] = sample.results;
  const xml = renderJunit({
    ...sample,
    results: first ? [{ ...first, verdict: 'violated', sentence: '\u0000]]>\u001B[1m' }] : [],
  });
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).not.toMatch(/[\p{Cc}](?<!\n)/u);
});

test('SARIF says pass, fail or open, and a broken promise comes with its steps through Nomad', () => {
  const { version, runs } = JSON.parse(renderSarif(sample));
  expect(version).toBe('2.1.0');
  const [{ results, tool }] = runs;
  expect(results.map((one: { kind: string }) => one.kind)).toEqual([
    'pass',
    'pass',
    'pass',
    'pass',
    'fail',
    'fail',
    'pass',
    'open',
  ]);
  for (const one of results) expect(tool.driver.rules[one.ruleIndex].id).toBe(one.ruleId);
  const [flow] = results[4].codeFlows[0].threadFlows;
  expect(flow.locations.map((one: { nestingLevel: number }) => one.nestingLevel)).toEqual([0, 0, 1, 1]);
  expect(results[4].locations[0].physicalLocation.artifactLocation.uri).toBe('volumewatcher/volume_watcher.go');
});

test('ITF has one state more than the run has steps, each with every variable, and loops to the first step of the cycle', () => {
  const { vars, states, loop } = JSON.parse(renderItf(spin));
  expect(states).toHaveLength(spin.length + 1);
  for (const state of states) expect(Object.keys(state).sort()).toEqual(['#meta', ...vars].sort());
  expect(states[loop]['mbt::actionTaken']).toBe(spin.steps[spin.loopsTo ?? 0]?.action);
  expect(JSON.parse(renderItf({ ...spin, loopsTo: null }))).not.toHaveProperty('loop');
});

test('Mermaid opens and closes the loop once, and a run without a cycle has none', () => {
  const lines = renderMermaid(spin)
    .split('\n')
    .map((line) => line.trim());
  expect(lines.filter((line) => line === 'loop for ever')).toHaveLength(1);
  expect(lines.filter((line) => line === 'end')).toHaveLength(1);
  expect(renderMermaid({ ...spin, loopsTo: null })).not.toContain('loop');
});
