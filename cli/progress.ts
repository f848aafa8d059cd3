import type { Result } from '#report/document.ts';
import { distinct } from '#report/verdict-table.ts';
import { faultsInWords, grouped } from '#report/words.ts';
import type { Progress, World } from './engine.ts';
import type { Stage } from './stage.ts';

/** Tells on stderr how far the searches have come: one line that moves on a terminal, now and then a plain line elsewhere. */
export interface ProgressTeller {
  readonly heard: (progress: Progress) => void;
  readonly finished: (world: World, outcome: string) => void;
  readonly end: () => void;
}

/** The same for work of any kind: a line while it goes on, and a line for each piece that is finished. */
export interface LineTeller<P> {
  readonly heard: (progress: P) => void;
  readonly finished: (line: string) => void;
  readonly end: () => void;
}

const movesEveryMs = 100;
const beatsEveryMs = 5000;
const clearLine = '\r\u001B[2K';

/** Follows so many worlds. Every finished world gets a line with its verdicts at once, so nobody waits for the table. */
export function followProgress(worlds: number, stage: Pick<Stage, 'err' | 'errIsTerminal' | 'now'>): ProgressTeller {
  const lines = followLines<Progress>(
    worlds,
    stage,
    (progress, finished, elapsedMs) => `${rate(progress)}${remaining({ progress, finished, worlds, elapsedMs })}`,
  );
  return {
    ...lines,
    finished: (world, outcome) => lines.finished(`${world.design.name} in ${world.scope.name}: ${outcome}`),
  };
}

/** Follows so many pieces of work; `tell` says in a line how far one has come. */
export function followLines<P>(
  pieces: number,
  stage: Pick<Stage, 'err' | 'errIsTerminal' | 'now'>,
  tell: (progress: P, finished: number, elapsedMs: number) => string,
): LineTeller<P> {
  const { err, errIsTerminal, now } = stage;
  const startedAt = now();
  let toldAt = startedAt;
  let finished = 0;
  const clear = () => {
    if (errIsTerminal) err(clearLine);
  };
  return {
    heard: (progress) => {
      if (now() - toldAt < (errIsTerminal ? movesEveryMs : beatsEveryMs)) return;
      toldAt = now();
      const line = `[${finished}/${pieces}] ${tell(progress, finished, toldAt - startedAt)}`;
      err(errIsTerminal ? `${clearLine}${line}` : `${line}\n`);
    },
    finished: (line) => {
      finished++;
      clear();
      err(`[${finished}/${pieces}] ${line}\n`);
    },
    end: () => {
      clear();
    },
  };
}

/** Follows runs of which so many are asked for: how many there were, how fast, and how long the rest may take. */
export function followRuns<P extends { readonly runs: number }>(
  asked: number,
  stage: Pick<Stage, 'err' | 'errIsTerminal' | 'now'>,
  tell: (progress: P) => string,
): Pick<LineTeller<P>, 'heard' | 'end'> {
  const { err, errIsTerminal, now } = stage;
  const startedAt = now();
  let toldAt = startedAt;
  return {
    heard: (progress) => {
      if (now() - toldAt < (errIsTerminal ? movesEveryMs : beatsEveryMs)) return;
      toldAt = now();
      const spentMs = toldAt - startedAt;
      const perSecond = grouped(Math.round((progress.runs * 1000) / spentMs));
      const line = `[${grouped(progress.runs)}/${grouped(asked)}] ${tell(progress)}, ${perSecond} runs/s${remainingAfter(progress.runs, asked, spentMs)}`;
      err(errIsTerminal ? `${clearLine}${line}` : `${line}\n`);
    },
    end: () => {
      if (errIsTerminal) err(clearLine);
    },
  };
}

/**
 * How long it may still take. Worlds that are finished say something about those that are not; before the first is
 * finished, states that are found but not yet looked at say how long it takes at least.
 */
export function remaining(so: { progress: Progress; finished: number; worlds: number; elapsedMs: number }): string {
  if (so.finished > 0) return remainingAfter(so.finished, so.worlds, so.elapsedMs);
  const { states, frontier, elapsedMs } = so.progress;
  const expanded = states - frontier;
  return expanded > 0 ? `, at least ${seconds((elapsedMs / expanded) * frontier)} left` : '';
}

/** The same, judged by the pieces that are finished; nothing can be said before the first is. */
export function remainingAfter(finished: number, pieces: number, elapsedMs: number): string {
  return finished === 0 ? '' : `, about ${seconds((elapsedMs / finished) * (pieces - finished))} left`;
}

function rate({ design, scope, faults, states, elapsedMs }: Progress): string {
  const perSecond = elapsedMs > 0 ? `, ${grouped(Math.round((states * 1000) / elapsedMs))} a second` : '';
  return `${design} in ${scope}, ${faultsInWords(faults)}: ${grouped(states)} states${perSecond}`;
}

/** The verdicts of a world on one line, the broken promises first. */
export function verdictsInWords(results: readonly Result[]): string {
  const by = (verdict: Result['verdict']) =>
    distinct(results.filter((one) => one.verdict === verdict).map(({ promise }) => promise));
  const [violated, unknown, holds] = [by('violated'), by('unknown'), by('holds')];
  return [
    ...(violated.length > 0 ? [`violated: ${violated.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`unknown: ${unknown.join(', ')}`] : []),
    `${holds.length} of ${results.length} hold`,
  ].join('; ');
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}
