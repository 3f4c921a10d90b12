import { defineConfig } from 'vitest/config';

// Tests of the package as users get it: packed, installed into an empty folder. `npm run test:packaged` builds first.
export default defineConfig({
  test: {
    include: ['test/packaged/**/*.test.ts', 'test/types/**/*.test.ts'],
    globalSetup: ['test/packaged/setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
