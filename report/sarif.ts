import type { CodeFlow, Location, Log, Result as SarifResult } from 'sarif';
import type { TraceStep } from '#composition/trace.ts';
import type { ReportDocument, Result, Trace } from './document.ts';
import { distinct } from './verdict-table.ts';
import { changesInWords } from './words.ts';

/** The report as SARIF 2.1.0: a rule for each promise; a broken one is an error, with its trace as a code flow through Nomad. */
export function renderSarif({ model, results }: ReportDocument): string {
  const rules = distinct(results.map(({ promise }) => promise));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Claimcheck',
            properties: { model },
            rules: rules.map((id) => ({ id, shortDescription: { text: `The promise ${id} is kept.` } })),
          },
        },
        originalUriBaseIds: { NOMAD: { description: { text: 'A checkout of hashicorp/nomad.' } } },
        results: results.map((result) => sarifResult(result, rules.indexOf(result.promise))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const kinds = {
  holds: { kind: 'pass', level: 'none' },
  violated: { kind: 'fail', level: 'error' },
  unknown: { kind: 'open', level: 'none' },
} as const;

function sarifResult(result: Result, ruleIndex: number): SarifResult {
  const { design, scope, faults, promise, verdict, states, transitions, depth, bound, sentence, trace } = result;
  const last = trace?.steps.findLast(({ source }) => source !== '');
  return {
    ruleId: promise,
    ruleIndex,
    ...kinds[verdict],
    message: { text: sentence },
    ...(last ? { locations: [locationOf(last)] } : {}),
    ...(trace && trace.length > 0 && verdict === 'violated' ? { codeFlows: [codeFlow(trace)] } : {}),
    partialFingerprints: { 'claimcheck/v1': `${design}/${scope}/${promise}` },
    properties: {
      design,
      scope,
      faults,
      states,
      transitions,
      depth,
      ...(bound ? { bound } : {}),
      token: trace?.token ?? null,
    },
  };
}

function codeFlow({ steps, loopsTo }: Trace): CodeFlow {
  return {
    threadFlows: [
      {
        locations: steps.map((step, at) => ({
          executionOrder: at + 1,
          // A viewer indents what is nested, so the cycle stands out from the way to it.
          nestingLevel: loopsTo !== null && at >= loopsTo ? 1 : 0,
          location: locationOf(step),
        })),
      },
    ],
  };
}

/** A source such as `csi_endpoint.go: controllerUnpublishVolume` is a file under the base NOMAD and a function in it. */
function locationOf(step: TraceStep): Location {
  const text = [step.action, ...changesInWords(step)].join('; ');
  const file = /^[\w./-]+\.go\b/.exec(step.source)?.[0];
  return {
    message: { text },
    ...(file ? { physicalLocation: { artifactLocation: { uri: file, uriBaseId: 'NOMAD' } } } : {}),
    ...(step.source === '' ? {} : { logicalLocations: [{ fullyQualifiedName: step.source }] }),
  };
}
