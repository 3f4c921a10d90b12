import { build, type BuildResult, type Metafile } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { subpaths } from '../support/repository.js';

const folder = inject('installed').withPeers;

/** Bundles for the browser. esbuild fails by itself where something imports a module of Node's. */
function bundle(program: string): Promise<BuildResult<{ metafile: true; write: false }>> {
  return build({
    stdin: { contents: program, resolveDir: folder, loader: 'js' },
    absWorkingDir: folder,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
}

const inputs = (metafile: Metafile): string[] => Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');

for (const { specifier, written } of subpaths()) {
  describe.skipIf(!written)(specifier, () => {
    if (specifier === 'tokumei/node') {
      test('is for Node alone: the browser bundle refuses it', async () => {
        await expect(bundle(`export * from '${specifier}';`)).rejects.toThrow(/node:/u);
      });
      return;
    }
    test('bundles for the browser with nothing of Node', async () => {
      const { metafile, outputFiles } = await bundle(`export * from '${specifier}';`);
      const text = outputFiles[0]?.text ?? '';
      expect(inputs(metafile).length).toBeGreaterThan(0);
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toMatch(/["'`]node:|\brequire\(|\bprocess\.|\bBuffer\b/u);
    });

    test('leaves nothing behind when nothing of it is used', async () => {
      const { outputFiles } = await bundle(`import '${specifier}';`);
      expect(outputFiles[0]?.text).toBe('');
    });

    test('brings optional peers only with the kit for tests', async () => {
      if (specifier === 'tokumei/testing') return;
      const { metafile } = await bundle(`export * from '${specifier}';`);
      expect(inputs(metafile).filter((path) => /node_modules\/(?:fast-check|seedrandom)\//u.test(path))).toEqual([]);
    });
  });
}

test('the short path brings only what is used', async () => {
  const { metafile } = await bundle(`import { pipe } from 'tokumei'; console.log(pipe);`);
  const used = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs)).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  expect(used.map(([path]) => path).filter((path) => path !== '<stdin>')).toEqual(['node_modules/tokumei/dist/core/pipe.js']);
});
