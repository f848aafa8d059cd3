import type pc from 'picocolors';
import type { Result } from './document.ts';

/** Colours for a terminal, or none at all. */
export type Colours = ReturnType<typeof pc.createColors>;

/** How a report is told to people: in which colours, by which command a trace is replayed, and whether its steps are shown. */
export interface Telling {
  readonly colours: Colours;
  readonly replay: (result: Result) => string;
  readonly traces: boolean;
}
