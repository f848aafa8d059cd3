import pc from 'picocolors';
import type { Colours } from '#report/telling.ts';
import type { Engine } from './engine.ts';
import type { Remembered } from './remembered.ts';
import type { Spin } from './spin.ts';

/** What a command may touch outside itself, apart from the files it is given. */
export interface Stage {
  readonly engine: Engine;
  /** The second engine. */
  readonly spin: Spin;
  /** Verdicts of earlier runs; null where none are kept. */
  readonly remembered: Remembered | null;
  /** Hash of models, composition and promises. */
  readonly model: () => string;
  readonly version: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Colours if the terminal shows them and nobody asked for none (https://no-color.org). */
export function coloursOf({ env, outIsTerminal }: Stage, toFile: boolean): Colours {
  const wanted = Boolean(env.FORCE_COLOR) || (outIsTerminal && env.TERM !== 'dumb');
  return pc.createColors(wanted && !env.NO_COLOR && !toFile);
}
