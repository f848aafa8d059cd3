import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Tests run the sources themselves: the `source` condition of the package's imports points at the .ts files. Only tests
// of the command line run what was built, so it is built first.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    testTimeout: 60_000,
    // One process a core; without this a core is left idle, which is half of a small machine.
    maxWorkers: '100%',
    isolate: false,
    // No verdict of an earlier run is taken for one of this run.
    env: { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'claimcheck-cache-')) },
    update: process.env.UPDATE === '1',
  },
});
