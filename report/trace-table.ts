import { columns } from './columns.ts';
import type { Trace } from './document.ts';
import type { Colours } from './telling.ts';
import { changesInWords } from './words.ts';

/** A run as a table: step, who, action, what changed, and where Nomad does it; the cycle is marked where it starts and ends. */
export function traceTable(trace: Trace, colours: Colours): string {
  const mark = (text: string) => ['', '', colours.magenta(text), '', ''];
  return columns([
    ['step', 'who', 'action', 'what changed', 'in Nomad'].map(colours.bold),
    ...trace.steps.flatMap((step, at) => [
      ...(trace.loopsTo === at ? [mark(cycleStarts)] : []),
      [String(at + 1), step.who, step.action, changesInWords(step).join('\n'), colours.dim(step.source)],
    ]),
    ...(trace.loopsTo === null ? [] : [mark(cycleEnds(trace.loopsTo))]),
  ]);
}

/** Said before the first step of a cycle. */
export const cycleStarts = 'the cycle starts here';

/** Said after the last step of a cycle; people count steps from 1. */
export function cycleEnds(loopsTo: number): string {
  return `back to step ${loopsTo + 1}`;
}
