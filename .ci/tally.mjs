// Counts what vitest's JSON report says. A file that could not even be loaded counts as one failure; a skipped test is one too.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const report =
  text === '' ? { numPassedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] } : JSON.parse(text);

const unloaded = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
);
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const notPassed = tests.filter(({ status }) => status !== 'passed');
for (const { status, fullName } of notPassed) console.log(`${status}: ${fullName}`);
for (const { name, message } of unloaded) console.log(`failed: ${name ?? 'no report'} ${message ?? ''}`);

const failures = notPassed.length + unloaded.length;
console.log(`${report.numPassedTests} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
