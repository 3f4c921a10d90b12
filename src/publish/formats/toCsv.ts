import { TokumeiError } from '../../core/errors.js';
import type { Guarantee } from '../../core/guarantee.js';
import type { Release } from '../release/manifest.js';

/**
 * A released table or ranking as CSV (RFC 4180, one header line, CRLF). Hidden values are empty, never zero.
 *
 * Pairs (`interval`) become two columns, tuples as keys one column for each field of `by`. Keys may have been typed by
 * anybody: text that a spreadsheet would run as a formula gets a `'` in front.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_A_TABLE` when the data is not a list of objects.
 */
export function toCsv<T, G extends Guarantee>(published: Release<T, G>): string {
  const { data, manifest } = published;
  if (!Array.isArray(data) || !data.every((line) => typeof line === 'object' && line !== null)) {
    throw new TokumeiError('TOKUMEI_NOT_A_TABLE', { where: 'toCsv', parameter: 'data', expected: 'a list of lines' });
  }
  const lines = (data as readonly object[]).map((line) => cellsOf(line as Readonly<Record<string, unknown>>, manifest.by));
  const names = new Set(lines.flatMap((line) => [...line.keys()]));
  // Where a pair is hidden as a whole, its one null stands for both of its columns.
  const header = [...names].filter((name) => !(names.has(`${name}_low`) && lines.every((line) => (line.get(name) ?? null) === null)));
  const rows = lines.map((line) => header.map((name) => cell(line.get(name))).join(','));
  return [header.map(cell).join(','), ...rows, ''].join('\r\n');
}

function cellsOf(line: Readonly<Record<string, unknown>>, by: readonly string[]): Map<string, unknown> {
  const cells = new Map<string, unknown>();
  for (const [name, value] of Object.entries(line)) {
    if (name === 'key') (Array.isArray(value) ? value : [value]).forEach((part: unknown, at) => cells.set(by[at] ?? 'key', part));
    else if (Array.isArray(value)) value.forEach((part: unknown, at) => cells.set(`${name}_${value.length === 2 ? (at === 0 ? 'low' : 'high') : at + 1}`, part));
    else cells.set(name, value);
  }
  return cells;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
