import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^tokumei$/, replacement: here('./src/index.ts') },
      { find: /^tokumei\/(.+)$/, replacement: here('./src/') + '$1/index.ts' },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/packaged/**', 'test/types/**', 'node_modules/**'],
    isolate: false,
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 60_000,
  },
});
