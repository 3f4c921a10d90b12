import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes files so that nobody ever finds half of one: all under temporary names first, then renamed. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string[] {
  mkdirSync(folder, { recursive: true });
  const temporary = Object.keys(files).map((name) => [join(folder, `.${name}.${process.pid}.partial`), join(folder, name)] as const);
  try {
    Object.values(files).forEach((text, at) => writeFileSync(temporary[at]![0], text));
    for (const [partial, final] of temporary) renameSync(partial, final);
  } finally {
    for (const [partial] of temporary) rmSync(partial, { force: true });
  }
  return temporary.map(([, final]) => final);
}
