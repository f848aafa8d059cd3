import type { LogLine } from './note.ts';

/**
 * The lines as Nomad's agent prints them to a file (hclog 1.6.3, text format): pairs that `With` implied come sorted, a
 * value of several lines as an indented block. `ms` is the time since the run began; the date is made up.
 */
export function renderLog(line: LogLine, ms: number): string {
  const stamp = new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
  const level = `[${line.level}]`.padEnd(7);
  const pairs = Object.entries(line.pairs ?? {}).map(([key, value]) => ` ${key}=${quote(value)}`);
  const colon = pairs.length > 0 || line.error !== undefined ? ':' : '';
  const head = `${stamp} ${level} ${line.logger}: ${line.message}${colon}${pairs.join('')}`;
  return line.error === undefined
    ? head
    : `${head}\n  error=\n${multierror(line.error)
        .map((text) => `  | ${text}`)
        .join('\n')}\n  `;
}

/** One error as go-multierror writes it; hclog escapes the tab. */
function multierror(error: string): string[] {
  return ['1 error occurred:', `\\t* ${error}`, ''];
}

function quote(value: string): string {
  return /^[\x2d-\x7e]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`;
}
