import { isUtf8 } from 'node:buffer';
import { Transform } from 'node:stream';
import { LogError } from './logError.js';

/** Bytes to text: UTF-8, or UTF-16 with a byte order mark, which is taken off. What is not text stops here, with its line. */
export function decodeText(): Transform {
  let decoder: TextDecoder | undefined;
  let line = 1;
  const decode = (bytes: Uint8Array, last: boolean): string => {
    try {
      return (decoder ??= decoderFor(bytes)).decode(bytes, { stream: !last });
    } catch (error) {
      if (error instanceof LogError) throw error;
      throw new LogError(`line ${line + goodLines(bytes)}: not ${decoder!.encoding} text; save the log as UTF-8`);
    }
  };
  return new Transform({
    readableObjectMode: true, // Text goes on as text.
    transform(bytes: Buffer, _, next) {
      try {
        const text = decode(bytes, false);
        for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) line++;
        if (text !== '') this.push(text);
        next();
      } catch (error) {
        next(error as Error);
      }
    },
    flush(next) {
      try {
        decode(new Uint8Array(0), true);
        next();
      } catch (error) {
        next(error as Error);
      }
    },
  });
}

/** The encoding, by the first bytes. */
function decoderFor([a, b, ...more]: Uint8Array): TextDecoder {
  if (a === 0x1f && b === 0x8b) throw new LogError('the log is compressed with gzip: give it a name that ends in .gz');
  if (a === 0x50 && b === 0x4b && more[0] === 3) throw new LogError('the log is a zip archive or a spreadsheet: unpack it, or save it as CSV');
  const marked = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  if (marked === undefined && (a === 0 || b === 0 || more.includes(0))) throw new LogError('the log is not text, or is UTF-16 without a byte order mark: save it as UTF-8');
  return new TextDecoder(marked ?? 'utf-8', { fatal: true });
}

/** How many lines of a chunk of broken UTF-8 are whole. Its first bytes may belong to a letter of the chunk before. */
function goodLines(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  let start = 0;
  while (start < 3 && (bytes[start]! & 0xc0) === 0x80) start++;
  let lines = 0;
  for (let end = bytes.indexOf(10, start); end >= 0 && isUtf8(bytes.subarray(start, end)); end = bytes.indexOf(10, start)) {
    lines++;
    start = end + 1;
  }
  return lines;
}
