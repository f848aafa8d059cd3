import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { spinHere } from '#cli/spin.ts';

/**
 * Why Spin cannot be used here; null if it can. Where it is missing and the machine lets us, Debian's packages are
 * installed first; one test file alone may ask for this, for two would get into each other's way.
 */
export async function whyNoSpin(): Promise<string | null> {
  if ((await spinHere.missing()).length === 0) return null;
  if (process.getuid?.() !== 0) return 'spin or gcc is missing, and only root may install them';
  if (!existsSync('/usr/bin/apt-get')) return 'spin or gcc is missing, and this is no Debian';
  try {
    const apt = (...args: string[]) =>
      execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: 'pipe' });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'spin', 'gcc', 'libc6-dev');
  } catch (error) {
    return `spin cannot be installed: ${String(error).split('\n')[0]}`;
  }
  return (await spinHere.missing()).length === 0 ? null : 'spin was installed and still cannot be run';
}
