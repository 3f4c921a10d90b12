import { TokumeiError } from '../../core/errors.js';
import type { Guarantee } from '../../core/guarantee.js';
import type { Release } from '../release/manifest.js';

/**
 * A released table or ranking as CSV (RFC 4180, one header line, CRLF). Hidden values are empty, never zero.
 *
 * Pairs (`interval`) become two columns, tuples as keys one column for each field of `by`. Keys may have been typed by
 * anybody: text that a spreadsheet would run as a formula gets a `'` in front. A field of `by` that is called like a column
 * of the table is `key_` and its name. Text that reads as a number, and the empty text, stand in quotes, so that `1` and `"1"`, null
 * and `""` differ for readers that look at quotes.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_A_TABLE` when the data is not a list of objects.
 */
export function toCsv<T, G extends Guarantee>(published: Release<T, G>): string {
  const { data, manifest } = published;
  if (!Array.isArray(data) || !data.every((line) => typeof line === 'object' && line !== null)) {
    throw new TokumeiError('TOKUMEI_NOT_A_TABLE', { where: 'toCsv', parameter: 'data', expected: 'a list of lines' });
  }
  const measures = new Set((data as readonly object[]).flatMap((line) => columnsOf(line as Line)));
  const by = manifest.by.map((field) => (measures.has(field) ? keyColumn(field, new Set([...measures, ...manifest.by])) : field));
  const lines = (data as readonly object[]).map((line) => cellsOf(line as Line, by));
  const names = new Set(lines.flatMap((line) => [...line.keys()]));
  // Where a pair is hidden as a whole, its one null stands for both of its columns.
  const header = [...names].filter((name) => !(names.has(`${name}_low`) && lines.every((line) => (line.get(name) ?? null) === null)));
  const rows = lines.map((line) => header.map((name) => cell(line.get(name))).join(','));
  return [header.map(cell).join(','), ...rows, ''].join('\r\n');
}

type Line = Readonly<Record<string, unknown>>;

/** The columns of a line beside its key. */
const columnsOf = (line: Line): string[] => Object.entries(line).flatMap(([name, value]) => (name === 'key' ? [] : Array.isArray(value) ? [name, ...value.map((_, at) => partName(name, value.length, at))] : [name]));

const partName = (name: string, parts: number, at: number): string => `${name}_${parts === 2 ? (at === 0 ? 'low' : 'high') : at + 1}`;

const keyColumn = (name: string, taken: ReadonlySet<string>): string => (taken.has(name) ? keyColumn(`key_${name}`, taken) : name);

function cellsOf(line: Line, by: readonly string[]): Map<string, unknown> {
  const cells = new Map<string, unknown>();
  for (const [name, value] of Object.entries(line)) {
    if (name === 'key') (Array.isArray(value) ? value : [value]).forEach((part: unknown, at) => cells.set(by[at] ?? 'key', part));
    else if (Array.isArray(value)) value.forEach((part: unknown, at) => cells.set(partName(name, value.length, at), part));
    else cells.set(name, value);
  }
  return cells;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = isFormula(text) ? `'${text}` : text;
  // In quotes also what another separator (; or tab) would cut, and so begin a formula inside.
  return safe === '' || /[",;\t\r\n]/.test(safe) || readsAsOther(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Whether the first sign that is seen begins a formula, in any width. */
function isFormula(text: string): boolean {
  const seen = text.normalize('NFKC').replace(/^[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]+/u, '');
  return /^[\t\r]/.test(text) || /^[=+\-@\u2212]/.test(seen);
}

/** Text that would be taken for a number or a truth value. */
const readsAsOther = (text: string): boolean => text === 'true' || text === 'false' || (text.trim() !== '' && Number.isFinite(Number(text)));
