import { readFileSync } from 'node:fs';
import { UsageError } from './usageError.js';
import { wholeNumber } from './wholeNumber.js';

/**
 * Public keys, one a line. A key that differs from the log's by a sign nobody sees would be counted as nobody's, and the
 * chart would be wrong without a word: what could be such a key is refused, with its line.
 */
export function readKeys(path: string, integers: boolean): (string | number)[] {
  const keys = new Map<string | number, number>();
  textOf(path)
    .split(/\r\n?|\n/)
    .forEach((text, at) => {
      if (text === '') return;
      const line = at + 1;
      const bad = fault(text);
      const key = integers ? wholeNumber(text) : text;
      if (bad !== undefined || key === undefined) throw new UsageError(`--keys, line ${line}: ${bad ?? 'not a whole number'}`);
      if (keys.has(key)) throw new UsageError(`--keys, line ${line}: the same key as in line ${keys.get(key)}`);
      keys.set(key, line);
    });
  if (keys.size === 0) throw new UsageError('--keys: the file holds no key; one a line was expected');
  return [...keys.keys()];
}

function fault(text: string): string | undefined {
  if (/\p{Cc}/u.test(text)) return 'a tab, a NUL or another control sign; one key a line was expected';
  if (text !== text.trim()) return 'blanks at an end';
  if (/^".*"$|^'.*'$/.test(text)) return 'in quotes; a key stands as it is in the log, without quotes around it';
  // Joiners belong to some scripts and to emoji, tags to flags.
  return /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/u.test(text) ? 'a sign that cannot be seen' : undefined;
}

function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as { code?: string };
    throw new UsageError(code === 'ENOENT' ? '--keys: no such file' : code === 'EISDIR' ? '--keys: a folder, not a file' : `--keys: cannot be read (${code ?? 'unknown reason'})`);
  }
  const [a, b] = bytes;
  try {
    // Takes a byte order mark off.
    return new TextDecoder(a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError('--keys: not text; save the file as UTF-8');
  }
}
