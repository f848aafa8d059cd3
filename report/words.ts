import type { TraceStep } from '#composition/trace.ts';
import type { BoundNumbers } from './document.ts';
import type { VerdictCell } from './verdict-table.ts';

/** How a rung of the ladder of faults is said: `no fault`, `1 fault`, `2 faults`. */
export function faultsInWords(faults: number): string {
  return faults === 0 ? 'no fault' : faults === 1 ? '1 fault' : `${faults} faults`;
}

/** How a bound is said: `4 per tick, 9 in all`. */
export function boundInWords({ perTick, total }: BoundNumbers): string {
  return `${perTick} per tick, ${total} in all`;
}

/** What stands below the verdict in a cell: the bound, and for what is not kept, where. */
export function cellNotes({ verdict, first, scopes, scopesAlike, bound }: VerdictCell): string[] {
  const where = `${first.scope}, ${faultsInWords(first.faults)}`;
  const others = scopesAlike > 1 ? ` and ${scopesAlike - 1} more of ${scopes} scopes` : '';
  return [...(bound ? [boundInWords(bound)] : []), ...(verdict === 'holds' ? [] : [`${where}${others}`])];
}

/** A number with its thousands set apart. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** What a step changed, a line for each instance. */
export function changesInWords({ changed }: TraceStep): string[] {
  return changed.map(({ instance, from, to }) => `${instance}: ${from} -> ${to}`);
}
