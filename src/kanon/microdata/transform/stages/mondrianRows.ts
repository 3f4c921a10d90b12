import { checkInteger, checkOneOf, checkOptions } from '../../../../core/checks.js';
import { TokumeiError } from '../../../../core/errors.js';
import type { KAnonymity } from '../../../../core/guarantee.js';
import type { Personal } from '../../../../core/holders/personal.js';
import type { Protected } from '../../../../core/holders/protected.js';
import type { Key } from '../../../../core/statement.js';
import { columnOf, type FieldOf } from '../../../../table/fields.js';
import { unwrap, type PersonalTable } from '../../../../table/table.js';
import { takePart } from '../../plan/prepare.js';
import { checkRelease } from '../../plan/release.js';
import { plainValue } from '../../plan/values.js';
import { mondrian } from '../mondrian.js';
import { releaseRows, type AnonymousRow } from './releaseRows.js';

export interface MondrianRowsOptions<F extends string = string> {
  /** The fields that somebody may know of a person: numbers, or categories in an order that makes sense, listed from first to last. */
  readonly quasiIdentifiers: { readonly [K in F]?: 'number' | readonly string[] };
  /** Every class has at least k rows. No default. */
  readonly k: number;
  /** `'strict'` (default): equal rows stay together. `'relaxed'`: rows at the median may go either way. */
  readonly mode?: 'strict' | 'relaxed';
  /** Fields released as they are. Default: none. */
  readonly release?: readonly F[];
  readonly severalRows?: 'reject' | 'keep-first';
}

const where = 'mondrianRows';

/**
 * Releases rows in classes of at least k, cut at medians (Mondrian, LeFevre et al. 2006), each field shown as the span
 * of its class: `20…35`, or the value alone where all are equal.
 *
 * **When.** Rows are wanted with as little loss as can be and no fixed hierarchy. For values that stay comparable between
 * releases take `searchPlan` and `applyPlan`: the cuts here depend on the data. As qiyuangong/Mondrian, with tight spans.
 *
 * **Guarantee.** Every released combination of quasi-identifiers stands for at least k units. It bounds no inference.
 * **Duties.** Name every field that others may know; fields in `release` must be unknown to them.
 * Cost: about 1 µs a row.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_MONDRIAN`, `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_RELEASE_FIELDS` when
 * called; `TOKUMEI_K_RANGE` (fewer rows than k), `TOKUMEI_COLUMNS`, `TOKUMEI_UNSEEN_VALUE`, `TOKUMEI_FIELD`, `TOKUMEI_ROWS_PER_UNIT` with data.
 * @example
 * const people = [21, 24, 24, 60, 61].map((age, id) => ({ id, age }));
 * const rows = pipe(personal(people, { unit: 'person', unitOf: 'id' }), mondrianRows({ quasiIdentifiers: { age: 'number' }, k: 2 }));
 * rows.guarantee; // => { kind: 'k-anonymity', unit: 'person', k: 2 }
 */
/* @__NO_SIDE_EFFECTS__ */
export function mondrianRows<Row, U extends string>(options: MondrianRowsOptions<FieldOf<Row, Key>>): (records: Personal<Row, U>) => Protected<readonly AnonymousRow[], KAnonymity<U>> {
  const o: MondrianRowsOptions = checkOptions(options, where);
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const mode = checkOneOf(o.mode ?? 'strict', where, 'mode', 'TOKUMEI_MONDRIAN', ['strict', 'relaxed']);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  const kinds = checkKinds(o.quasiIdentifiers);
  const fields = kinds.map(([field]) => field);
  const release = checkRelease(o.release ?? [], fields, where);
  return (records) => {
    const table = unwrap(records, where);
    const rows = takePart(table, { where, severalRows });
    const columns = kinds.map(([field, kind]) => numbersOf(table, field, kind, rows));
    const { classOf, classes, low, high, ncp } = mondrian(columns, { k, mode });
    const text = (a: number, value: number): string => {
      const kind = kinds[a]![1];
      return kind === 'number' ? String(value) : kind[value]!;
    };
    return releaseRows<U>(table, {
      where,
      k,
      mechanism: 'rows in classes cut at medians',
      fields,
      release,
      parameters: { k, mode },
      rows,
      shown(a, i) {
        const from = low[a]![classOf[i]!]!;
        const to = high[a]![classOf[i]!]!;
        return from === to ? text(a, from) : `${text(a, from)}…${text(a, to)}`;
      },
      figures: { classes, ncp },
    });
  };
}

function checkKinds(quasiIdentifiers: unknown): readonly (readonly [string, 'number' | readonly string[]])[] {
  const entries = typeof quasiIdentifiers === 'object' && quasiIdentifiers !== null ? Object.entries(quasiIdentifiers as Record<string, unknown>) : [];
  const listed = (kind: unknown): boolean => Array.isArray(kind) && kind.length > 0 && kind.every((text) => typeof text === 'string') && new Set(kind).size === kind.length;
  if (entries.length === 0 || entries.some(([, kind]) => kind !== 'number' && !listed(kind))) {
    throw new TokumeiError('TOKUMEI_QUASI_IDENTIFIERS', { where, parameter: 'quasiIdentifiers', expected: "at least one field, each 'number' or a list of different texts in order" });
  }
  return entries as [string, 'number' | readonly string[]][];
}

function numbersOf(table: PersonalTable, field: string, kind: 'number' | readonly string[], rows: Int32Array): Float64Array {
  const column = columnOf(table, field, where, 'quasiIdentifiers', 'refused');
  const places = kind === 'number' ? undefined : new Map(kind.map((text, at) => [text, at]));
  return Float64Array.from(rows, (row) => {
    const value = plainValue(column, row, field, where);
    if (places !== undefined) {
      const place = places.get(String(value));
      if (place !== undefined) return place;
      throw new TokumeiError('TOKUMEI_UNSEEN_VALUE', { where, message: `${JSON.stringify(field)} holds a value that is not in its list; add it there` });
    }
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: `${JSON.stringify(field)} holds something else than finite numbers` });
  });
}
