import { spawnSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the compiler said, if it could not build. */
    readonly buildFailure: string | null;
  }
}

/** Builds what the tests of the command line run; they, and only they, fail if that is not possible. */
export default function build(project: TestProject): void {
  // Only what changed is written, so that a run beside this one keeps what it runs.
  const built = spawnSync('npm', ['run', '--silent', 'build'], { encoding: 'utf8' });
  project.provide('buildFailure', built.status === 0 ? null : `the build failed:\n${built.stdout}${built.stderr}`);
}
