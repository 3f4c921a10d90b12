import { defineConfig } from 'tsup';

// One output file per source file: readable, tree-shakeable per module. Declarations come from tsc.
export default defineConfig({
  entry: ['src/**/*.ts'],
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  bundle: false,
  dts: false,
  clean: true,
  sourcemap: true,
});
