import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

const exits = /\s*# exits (\d+)$/;

/** What `claimcheck ...` prints, run from what was built; `# exits N` at the end of the command says with what it ends. */
export function printed(command: string): string {
  const due = Number(exits.exec(command)?.[1] ?? 0);
  const built = command.replace(exits, '').replace(/^claimcheck\b/, 'node dist/cli/main.js');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', built], {
    env: { ...process.env, NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ command, status, stderr: status === due ? '' : stderr }).toEqual({ command, status: due, stderr: '' });
  return stdout;
}
