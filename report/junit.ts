import { create } from 'xmlbuilder2';
import type { ReportDocument, Result } from './document.ts';
import { cycleEnds } from './trace-table.ts';
import { distinct } from './verdict-table.ts';
import { boundInWords, changesInWords, grouped } from './words.ts';

/** The report as JUnit XML: a suite for each design and scope, a case for each promise; unknown is an error, never a pass. */
export function renderJunit({ results }: ReportDocument): string {
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' }).ele('testsuites', {
    name: 'claimcheck',
    ...counts(results),
  });
  for (const name of distinct(results.map(suiteName))) {
    const inside = results.filter((result) => suiteName(result) === name);
    const suite = root.ele('testsuite', { name, ...counts(inside) });
    for (const result of inside) {
      const one = suite.ele('testcase', { classname: name, name: result.promise, time: seconds(result.elapsedMs) });
      if (result.verdict === 'violated') {
        one.ele('failure', { type: result.promise, message: result.sentence }).txt(steps(result));
      }
      if (result.verdict === 'unknown') one.ele('error', { type: 'unknown', message: result.sentence });
      one.ele('system-out').txt(particulars(result));
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function suiteName({ design, scope }: Result): string {
  return `${design} in ${scope}`;
}

function counts(results: readonly Result[]): Record<string, string> {
  const count = (verdict: Result['verdict']) => String(results.filter((result) => result.verdict === verdict).length);
  return {
    tests: String(results.length),
    failures: count('violated'),
    errors: count('unknown'),
    time: seconds(results.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0)),
  };
}

function seconds(elapsedMs: number): string {
  return (elapsedMs / 1000).toFixed(3);
}

function steps({ trace }: Result): string {
  if (trace === null) return '';
  const lines = trace.steps.map((step, at) => `${at + 1}. ${step.action}: ${changesInWords(step).join('; ')}`);
  return [...lines, ...(trace.loopsTo === null ? [] : [cycleEnds(trace.loopsTo)])].join('\n');
}

function particulars({ states, transitions, depth, faults, bound, trace }: Result): string {
  return [
    `faults ${faults}, states ${grouped(states)}, transitions ${grouped(transitions)}, depth ${grouped(depth)}`,
    ...(bound ? [`bound: ${boundInWords(bound)}`] : []),
    ...(trace ? [`token: ${trace.token}`] : []),
  ].join('\n');
}
