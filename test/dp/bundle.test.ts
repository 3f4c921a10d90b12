import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import * as pld from '../../src/dp/pld/index.js';
import * as rdp from '../../src/dp/rdp/index.js';
import { root } from '../support/repository.js';

async function bundle(program: string): Promise<{ readonly bytes: number; readonly inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' }, bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', metafile: true, write: false, logLevel: 'silent',
  });
  return { bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length, inputs: Object.keys((metafile as Metafile).inputs) };
}

test('tokumei/dp brings neither privacy loss distributions nor Rényi curves; those have subpaths of their own', async () => {
  const { inputs } = await bundle(`export * from './src/dp/index.ts'`);
  expect(inputs.filter((path) => /accounting\/(?:pld|rdp)\//u.test(path))).toEqual([]);
  expect(pld.lossEpsilon).toBeTypeOf('function');
  expect(rdp.renyiEpsilon).toBeTypeOf('function');
});

test('a budget and all aggregates are at most 28.5 kB, minified and gzipped', async () => {
  const names = 'privacyBudget, publicKeys, dpCountUnits, dpCountRows, dpDistinct, dpSum, dpMean, dpVariance, dpQuantiles, dpHistogram, dpVectorSum, dpBounds';
  const { bytes } = await bundle(`import { ${names} } from './src/dp/index.ts'; console.log(${names});`);
  expect(bytes).toBeLessThanOrEqual(28_500);
});
