import type { Key } from '../../../core/statement.js';
import { isKey, record, type Declared, type PublishedLike } from './declared.js';
import { fieldsId, valueId, type AuditCell, type Values } from './regions.js';
import { ruleOf, type Rule } from './rules.js';

/** One release, read: its declarations, its rule and its cells by what they are limited to. */
export interface ReadRelease {
  /** Position in the list that is looked at. */
  readonly at: number;
  readonly declared: Declared;
  readonly rule: Rule;
  readonly cells: ReadonlyMap<string, AuditCell>;
  /** Keys that stand in several lines, which therefore say nothing. */
  readonly repeated: boolean;
}

/** Reads the counts of a release. Undefined where its guarantee stands by itself or it has no counts. */
export function readCells(published: PublishedLike, declared: Declared, at: number): ReadRelease | undefined {
  const rule = ruleOf(declared);
  if (rule === undefined || !Array.isArray(published.data)) return undefined;
  const cells = new Map<string, AuditCell>();
  const twice = new Set<string>();
  for (const entry of published.data as readonly unknown[]) {
    const line = record(entry);
    const cell = line === undefined ? undefined : readLine(line, declared, rule, at);
    if (cell === undefined) continue;
    const place = fieldsId(cell.fields);
    const before = cells.get(place);
    // A group of one part and that part are the same rows under two names.
    const id = before === undefined || JSON.stringify(before.key) === JSON.stringify(cell.key) ? place : JSON.stringify([place, cell.key]);
    if (cells.has(id)) twice.add(id);
    else cells.set(id, cell);
  }
  for (const id of twice) cells.delete(id);
  return { at, declared, rule, cells, repeated: twice.size > 0 };
}

function readLine(line: Readonly<Record<string, unknown>>, declared: Declared, rule: Rule, at: number): AuditCell | undefined {
  const { count, state } = line;
  const key = declared.by.length === 0 ? undefined : (line['key'] as Key | readonly Key[]);
  const fields = fieldsOf(key, declared);
  if (fields === undefined) return undefined;
  const place = { release: at, key, fields, from: declared.from, to: declared.to, k: rule.k, guarded: declared.guarantee === 'table-control' };
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) {
    const lower = Math.max(0, count - rule.spread);
    const upper = count + rule.spread;
    // Which counts are published follows from the rule; what they are does not.
    const open = rule.spread === 0 ? { ruleLower: Math.min(count, rule.k), ruleUpper: count === 0 ? 0 : Infinity } : { ruleLower: 0, ruleUpper: Infinity };
    return { ...place, shown: true, lower, upper, ...open };
  }
  // A sum that is shown has the contributors that its rule asks for; how many they are is not said.
  if (typeof line['sum'] === 'number' && line['sum'] > 0 && rule.spread === 0) return { ...place, shown: true, lower: rule.k, upper: Infinity, ruleLower: rule.k, ruleUpper: Infinity };
  const hidden = count === null || (state === 'suppressed' && typeof line['share'] === 'number');
  if (!hidden && typeof line['share'] !== 'number') return undefined;
  const { lower, upper } = hidden ? rule.withheld : { lower: 0, upper: Infinity };
  return { ...place, shown: false, lower, upper, ruleLower: lower, ruleUpper: upper };
}

/** The limits of a line: those of the population, and its key. */
export function fieldsOf(key: unknown, declared: Declared): Map<string, Values> | undefined {
  const parts: readonly unknown[] = declared.by.length === 0 ? [] : Array.isArray(key) ? key : [key];
  if (parts.length !== declared.by.length || !parts.every(isKey)) return undefined;
  const fields = new Map(declared.population ?? []);
  for (const [i, part] of parts.entries()) {
    const limit = declared.place(declared.by[i]!, valueId(part as Key));
    if (limit === undefined) return undefined;
    const { field, values } = limit;
    const limited = fields.get(field);
    const both = limited === undefined ? values : new Set([...values].filter((value) => limited.has(value)));
    if (both.size === 0) return undefined;
    fields.set(field, both);
  }
  return fields;
}

const hasForeign = (key: Key | readonly Key[], { by, isForeign }: Declared): boolean => (Array.isArray(key) ? (key as readonly Key[]) : [key as Key]).some((part, i) => isForeign(by[i]!, valueId(part)));

/**
 * Lines that are missing because of the rule: where keys come out of the data, a group below k leaves no line, and the
 * reader who sees its key elsewhere knows that. With a ranking cut off at some rank it may also be one behind the last.
 */
export function missingCells(release: ReadRelease, others: readonly ReadRelease[]): readonly AuditCell[] {
  const { at, declared, rule, cells } = release;
  if (declared.keys !== 'threshold') return [];
  const last = declared.top ? Math.min(Infinity, ...[...cells.values()].filter(({ shown }) => shown).map(({ upper }) => upper)) : 0;
  const upper = Math.max(rule.k - 1, last);
  const missing = new Map<string, AuditCell>();
  // A list that names groups has no lines of their parts.
  const wide = [...cells.values()].filter(({ fields }) => [...fields].some(([field, values]) => values.size > 1 && declared.population?.get(field)?.size !== values.size));
  const isPart = (fields: ReadonlyMap<string, Values>): boolean => wide.some((cell) => [...cell.fields].every(([field, values]) => [...(fields.get(field) ?? [null])].every((value) => value !== null && values.has(value))));
  for (const other of others) {
    if (other.declared.by.length !== declared.by.length || !other.declared.by.every((field, i) => field === declared.by[i])) continue;
    for (const { key } of other.cells.values()) {
      const fields = fieldsOf(key, declared);
      if (key === undefined || fields === undefined || hasForeign(key, declared)) continue;
      const id = fieldsId(fields);
      if (cells.has(id) || missing.has(id) || isPart(fields)) continue;
      missing.set(id, { release: at, key, fields, from: declared.from, to: declared.to, k: rule.k, shown: false, lower: 0, upper, ruleLower: 0, ruleUpper: upper });
    }
  }
  return [...missing.values()];
}
