import { randomUUID } from 'node:crypto';
import { accessSync, constants, copyFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The results cannot be written where they should be. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/**
 * Makes the folder and sees whether files of these names can be written there: before a long job, not after it.
 * @throws {OutputError}
 */
export function checkTargets(folder: string, names: readonly string[]): void {
  checked(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  });
  for (const path of names.map((name) => join(folder, name))) {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) throw new OutputError(`cannot write ${path}: something that is not a file stands there`);
    if (there !== undefined) checked(path, () => accessSync(path, constants.W_OK));
  }
}

/**
 * Writes all files or none, and nobody ever finds half of one: all under temporary names first, then renamed. Where
 * one cannot be renamed, those before it become again what they were.
 * @throws {OutputError}
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string[] {
  checkTargets(folder, Object.keys(files));
  const run = randomUUID();
  const moves = Object.keys(files).map((name) => {
    const hidden = join(folder, `.${name}.${run}`);
    return { final: join(folder, name), partial: `${hidden}.partial`, old: `${hidden}.old` };
  });
  const undo: (() => void)[] = [];
  try {
    Object.values(files).forEach((text, at) => checked(moves[at]!.final, () => writeFileSync(moves[at]!.partial, text)));
    for (const { final, partial, old } of moves) {
      checked(final, () => {
        const there = statSync(final, { throwIfNoEntry: false }) !== undefined;
        if (there) copyFileSync(final, old);
        renameSync(partial, final);
        undo.push(() => (there ? renameSync(old, final) : rmSync(final)));
      });
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    for (const { partial, old } of moves) for (const path of [partial, old]) rmSync(path, { force: true });
  }
  return moves.map(({ final }) => final);
}

// One folder at a time: the recursive way of node:fs does not come back where a file system refuses folders (/proc).
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where a folder should be',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'a folder stands where a file should be',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'no permission: the disk can only be read',
  ENOSPC: 'the disk is full',
};

function checked(path: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    const { code = 'unknown reason' } = error as { code?: string };
    throw new OutputError(`cannot write ${path}: ${REASONS[code] ?? code}`);
  }
}
