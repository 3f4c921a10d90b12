import { createReadStream, statSync } from 'node:fs';
import { pipeline, Transform, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { decodeText } from './decodeText.js';
import { LogError } from './logError.js';
import { readNdjson } from './readNdjson.js';
import { wholeNumber } from './wholeNumber.js';

export interface ReadOptions {
  /** Columns that must be there. */
  readonly columns: readonly string[];
  /** Columns that must hold whole numbers. */
  readonly integers?: readonly string[];
  /** Between the fields of a CSV; default a comma. */
  readonly separator?: string;
  /** Bytes read so far and bytes in all. */
  readonly onBytes?: (done: number, total: number) => void;
}

export type LogRow = Record<string, string | number>;

/** Reads CSV or NDJSON, plain or gzipped, one row at a time. Only the columns asked for are handed on. */
export async function* readLog(path: string, options: ReadOptions): AsyncGenerator<LogRow> {
  try {
    yield* /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(path) ? ndjsonRows(path, options) : csvRows(path, options);
  } catch (error) {
    throw fault(error);
  }
}

async function* csvRows(path: string, options: ReadOptions): AsyncGenerator<LogRow> {
  const separator = options.separator ?? ',';
  const parser = open(path, options, parse({ delimiter: separator, skip_empty_lines: true, info: true }));
  let places: readonly number[] | undefined;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (places === undefined) {
      places = options.columns.map((column) => place(record, column, separator));
      continue;
    }
    const row: LogRow = {};
    options.columns.forEach((column, at) => {
      const field = places![at]!;
      row[column] = value(record[field]!, column, options, () => `line ${info.lines}, column ${field + 1} ('${column}')`);
    });
    yield row;
  }
  if (places === undefined) throw new LogError('the log is empty: a header line was expected');
}

async function* ndjsonRows(path: string, options: ReadOptions): AsyncGenerator<LogRow> {
  for await (const { line, record } of readNdjson(open(path, options))) {
    const row: LogRow = {};
    for (const column of options.columns) {
      if (!Object.hasOwn(record, column)) throw new LogError(`line ${line}: no field '${column}'`);
      const field = record[column];
      if (field !== null && typeof field === 'object') throw new LogError(`line ${line}: field '${column}' is not a plain value`);
      row[column] = value(field === null ? '' : String(field), column, options, () => `line ${line}, field '${column}'`);
    }
    yield row;
  }
}

/** The file as text, or what `last` makes of it. An error of any step ends all of them and is thrown where the last is read. */
function open(path: string, { onBytes }: ReadOptions, ...last: Transform[]): Readable {
  const total = statSync(path).size;
  let done = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, next) {
      onBytes?.((done += chunk.length), total);
      next(null, chunk);
    },
  });
  const steps = [counted, ...(/\.gz$/i.test(path) ? [createGunzip()] : []), decodeText(), ...last];
  pipeline([createReadStream(path, { highWaterMark: 1 << 18 }), ...steps], () => undefined);
  return steps.at(-1)!;
}

function place(header: readonly string[], column: string, separator: string): number {
  const at = header.indexOf(column);
  if (at < 0) throw new LogError(`line 1: no column '${column}'; ${hint(header, separator)}`);
  if (header.indexOf(column, at + 1) >= 0) throw new LogError(`line 1, column ${header.indexOf(column, at + 1) + 1}: column '${column}' stands there twice`);
  return at;
}

function hint(header: readonly string[], separator: string): string {
  const first = header[0] ?? '';
  const other = [',', ';', '\t', '|'].find((sign) => sign !== separator && first.includes(sign));
  if (header.length === 1 && other !== undefined) return `its columns seem to be parted by ${other === '\t' ? 'tabs' : `'${other}'`}: give --separator ${other === '\t' ? 'tab' : `'${other}'`}`;
  return `the first line names ${header.length} columns and none is called that`;
}

function value(text: string, column: string, { integers = [] }: ReadOptions, where: () => string): string | number {
  if (!integers.includes(column)) return text;
  const number = wholeNumber(text.trim());
  if (number === undefined) throw new LogError(`${where()}: not a whole number`);
  return number;
}

// The parser's own message quotes the record.
function fault(error: unknown): Error {
  if (error instanceof LogError) return error;
  if (error instanceof CsvError) {
    const { lines, column } = error as { lines?: number; column?: number | string };
    const reason = error.code.startsWith('CSV_RECORD_INCONSISTENT') ? 'another number of fields than the header' : error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and not closed' : 'broken quoting';
    const advice = lines === 1 ? '; if it is NDJSON, give it a name that ends in .ndjson' : '';
    return new LogError(`line ${lines ?? '?'}${typeof column === 'number' ? `, column ${column + 1}` : ''}: ${reason}${advice}`);
  }
  const { code } = error as { code?: string };
  if (code === 'ENOENT') return new LogError('no such file');
  return new LogError(code?.startsWith('Z_') ? 'the compressed file is damaged or cut short, or is not gzip' : `the log cannot be read (${code ?? 'unknown reason'})`);
}
