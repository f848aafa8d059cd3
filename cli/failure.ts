import { CommanderError } from 'commander';
import { InputError } from '#models/input.ts';

/** How a command ends; `interrupted` is what a shell expects after Ctrl-C. */
export const exits = { kept: 0, violated: 1, misuse: 2, unknown: 3, interrupted: 130 } as const;

/** What went wrong, as the one line that the user gets; `null` if commander has already said it. */
export function failureLine(error: unknown): string | null {
  if (error instanceof CommanderError) return null;
  if (error instanceof InputError) return `claimcheck: ${oneLine(error.message, 2000)}`;
  return `claimcheck: internal error: ${oneLine(error instanceof Error ? error.message : String(error), 2000)}`;
}

/** Text on one line, without control characters, cut after so many characters. */
export function oneLine(text: string, charactersMax: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > charactersMax ? `${line.slice(0, charactersMax)}...` : line;
}
