import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PanFindings, panForRuns, panForStates, readPan } from '#report/promela/pan.ts';
import { oneLine } from './failure.ts';

/** What Spin is asked about one text. */
export interface SpinSearch {
  readonly text: string;
  /** The questions about runs, by their numbers in the text. */
  readonly formulas: readonly number[];
  /** How many states are expected: the search stack and the hash table are as large as that needs. */
  readonly states: number;
  /** In bytes; a search that needs more ends early and says so. */
  readonly maxMemory: number;
}

/** What Spin found: in all states, and for each question about runs in the order asked. */
export interface SpinAnswer {
  readonly states: PanFindings;
  readonly runs: readonly PanFindings[];
}

/** Spin and its C compiler on this machine. */
export interface Spin {
  /** The commands that cannot be run here; none if all is there. */
  missing(): Promise<readonly string[]>;
  search(asked: SpinSearch): Promise<SpinAnswer>;
}

const execute = promisify(execFile);

/** Runs `spin`, `gcc` and the `pan` they make, in a temporary folder that is gone afterwards. */
export const spinHere: Spin = {
  async missing() {
    const there = await Promise.all([answers('spin', ['-V']), answers('gcc', ['--version'])]);
    return ['spin', 'gcc'].filter((_, at) => !there[at]);
  },
  async search({ text, formulas, states, maxMemory }) {
    return inFolder(async (folder) => {
      // Below this the compiler takes longer to think than the search takes without.
      const level = states < 10_000 ? '-O0' : '-O2';
      const memory = `-DMEMLIM=${Math.max(64, Math.floor(maxMemory / 1024 / 1024))}`;
      const all = await panIn(join(folder, 'states'), text, [], [level, memory, ...panForStates]);
      const found = await all([...sizesFor(states), '-E', '-c0']);
      if (formulas.length === 0) return { states: found, runs: [] };
      const flags = [level, memory, ...panForRuns];
      const fair = await panIn(join(folder, 'runs'), text, ['-DFAIR'], flags);
      const runs: PanFindings[] = [];
      for (const formula of formulas) {
        runs.push(await fair([...sizesFor(20 * states), '-a', '-N', `formula_${formula}`]));
      }
      return { states: found, runs };
    });
  },
};

/**
 * How fast Spin is at its fastest on a text: `-O3`, safety alone, nothing reduced. For the benchmark beside the explorer; the
 * text should have no questions, for the explorer asks none while it searches.
 */
export function timeSpin(text: string, states: number): Promise<PanFindings> {
  return inFolder(async (folder) => {
    const pan = await panIn(folder, text, [], ['-O3', ...panForStates]);
    return pan([...sizesFor(states), '-E']);
  });
}

/** Room for so many states: a depth that none exceeds, as far as that fits in memory, and a hash table of at least as many slots. */
function sizesFor(states: number): string[] {
  const depth = Math.min(Math.max(states + 100, 10_000), 20_000_000);
  const bits = Math.min(Math.max(Math.ceil(Math.log2(states + 1)) + 1, 16), 28);
  return [`-m${depth}`, `-w${bits}`];
}

/** Makes the checker for a text; what is returned runs it. */
async function panIn(
  folder: string,
  text: string,
  defined: readonly string[],
  flags: readonly string[],
): Promise<(options: readonly string[]) => Promise<PanFindings>> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'system.pml'), text);
  await finished('spin', [...defined, '-a', 'system.pml'], folder);
  await finished('gcc', ['-w', ...flags, '-o', 'pan', 'pan.c'], folder);
  return async (options) => {
    const printed = await finished(join(folder, 'pan'), options, folder);
    const findings = readPan(printed);
    if (!findings) throw new Error(`Spin's search says nothing of its end: ${oneLine(printed, 500)}`);
    return findings;
  };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'claimcheck-spin-'));
  // Ctrl-C ends the process at once, past every `finally`.
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function finished(command: string, args: readonly string[], cwd: string): Promise<string> {
  const running = execute(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  const stop = () => running.child.kill();
  process.once('exit', stop);
  try {
    return (await running).stdout;
  } catch (error) {
    const said = error as { stdout?: string; stderr?: string; message: string };
    // The end of a search is told on stdout, however it ended.
    if (said.stdout && readPan(said.stdout)) return said.stdout;
    throw new Error(`${command} ${args.join(' ')}: ${oneLine(said.stderr || said.stdout || said.message, 500)}`);
  } finally {
    process.off('exit', stop);
  }
}

async function answers(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await execute(command, args);
    return true;
  } catch {
    return false;
  }
}
