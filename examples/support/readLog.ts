import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Transform, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';

/** A fault of the log. Says where, in line and column; never what stands there. */
export class LogError extends Error {
  override readonly name = 'LogError';
}

export interface ReadOptions {
  /** Columns that must be there. */
  readonly columns: readonly string[];
  /** Columns that must hold whole numbers. */
  readonly integers?: readonly string[];
  /** Bytes read so far and bytes in all. */
  readonly onBytes?: (done: number, total: number) => void;
}

export type LogRow = Record<string, string | number>;

/** Reads CSV or NDJSON, plain or gzipped, one row at a time. Only the columns asked for are handed on. */
export async function* readLog(path: string, options: ReadOptions): AsyncGenerator<LogRow> {
  const name = path.replace(/\.gz$/, '');
  const input = open(path, options);
  const rows = /\.(?:ndjson|jsonl)$/.test(name) ? readNdjson(input, options) : readCsv(input, options);
  try {
    yield* rows;
  } catch (error) {
    throw fault(error);
  } finally {
    input.destroy();
  }
}

function open(path: string, options: ReadOptions): Readable {
  const total = statSync(path).size;
  let done = 0;
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const counted = new Transform({
    transform(chunk: Buffer, _, next) {
      options.onBytes?.((done += chunk.length), total);
      next(null, chunk);
    },
  });
  const plain = path.endsWith('.gz') ? createGunzip() : undefined;
  const last = plain ?? counted;
  for (const stream of [file, counted]) stream.on('error', (error: Error) => last.destroy(error));
  file.pipe(counted);
  if (plain !== undefined) counted.pipe(plain);
  return last;
}

async function* readCsv(input: Readable, options: ReadOptions): AsyncGenerator<LogRow> {
  let header: readonly string[] | undefined;
  const parser = parse({ bom: true, skip_empty_lines: true, info: true });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let places: readonly number[] = [];
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (header === undefined) {
      header = record;
      places = options.columns.map((column) => place(record, column));
      continue;
    }
    const row: LogRow = {};
    options.columns.forEach((column, at) => (row[column] = value(record[places[at]!]!, column, places[at]! + 1, info.lines, options)));
    yield row;
  }
  if (header === undefined) throw new LogError('the log is empty: a header line was expected');
}

async function* readNdjson(input: Readable, options: ReadOptions): AsyncGenerator<LogRow> {
  let line = 0;
  const lines = createInterface({ input, crlfDelay: Infinity });
  input.on('error', (error) => lines.emit('error', error));
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const record = parseLine(text, line);
    const row: LogRow = {};
    for (const column of options.columns) {
      if (!Object.hasOwn(record, column)) throw new LogError(`line ${line}: no field '${column}'`);
      const field = record[column];
      if (field !== null && typeof field === 'object') throw new LogError(`line ${line}: field '${column}' is not a plain value`);
      row[column] = value(field === null ? '' : String(field), column, undefined, line, options);
    }
    yield row;
  }
}

function parseLine(text: string, line: number): Record<string, unknown> {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    throw new LogError(`line ${line}: not valid JSON`);
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) throw new LogError(`line ${line}: not a JSON object`);
  return record as Record<string, unknown>;
}

function place(header: readonly string[], column: string): number {
  const at = header.indexOf(column);
  if (at < 0) throw new LogError(`line 1: no column '${column}'; the first line names ${header.length} columns and none is called that`);
  if (header.indexOf(column, at + 1) >= 0) throw new LogError(`line 1: column '${column}' stands there twice`);
  return at;
}

function value(text: string, column: string, at: number | undefined, line: number, options: ReadOptions): string | number {
  if (!(options.integers ?? []).includes(column)) return text;
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number)) return number;
  throw new LogError(`line ${line}${at === undefined ? '' : `, column ${at}`} ('${column}'): not a whole number`);
}

// The parser's own message quotes the record.
function fault(error: unknown): Error {
  if (error instanceof LogError) return error;
  if (error instanceof CsvError) {
    const { lines, column } = error as { lines?: number; column?: number | string };
    const reason = error.code.startsWith('CSV_RECORD_INCONSISTENT') ? 'another number of fields than the header' : error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and not closed' : 'broken quoting';
    return new LogError(`line ${lines ?? '?'}${typeof column === 'number' ? `, column ${column + 1}` : ''}: ${reason}`);
  }
  const { code } = error as { code?: string };
  if (code === 'ENOENT') return new LogError('no such file');
  return new LogError(code?.startsWith('Z_') ? 'the compressed file is damaged or cut short' : `the log cannot be read (${code ?? 'unknown reason'})`);
}
