import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { test } from 'vitest';

/** Where outside data and reference numbers lie. Absent on a bare clone; what needs it is skipped, and says so. */
export const sharedRoot: string = resolve(
  process.env['TOKUMEI_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url)),
);

/** The full path of a file in the shared folder, or undefined where it is absent. */
export function shared(path: string): string | undefined {
  const full = resolve(sharedRoot, path);
  return existsSync(full) ? full : undefined;
}

/** A test that needs a file of the shared folder: run where it is there, skipped by name where it is not. */
export function testWithShared(name: string, path: string, run: (file: string) => void | Promise<void>): void {
  const file = shared(path);
  if (file === undefined) test.skip(`${name} (skipped: ${path} is not here, set TOKUMEI_SHARED)`, () => {});
  else test(name, () => run(file));
}
