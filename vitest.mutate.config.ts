import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// Mutation testing takes long and is no part of `npm test`.
export default defineConfig({ ...base, test: { ...base.test, include: ['test/mutation/*.run.ts'] } });
