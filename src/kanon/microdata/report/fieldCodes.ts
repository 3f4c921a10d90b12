import { TokumeiError } from '../../../core/errors.js';
import type { PersonalTable } from '../../../table/table.js';
import { MISSING } from '../hierarchies/hierarchy.js';
import { takePart } from '../plan/prepare.js';
import { valuesOf } from '../plan/values.js';
import { DenseIds, gather } from '../search/grouping/denseIds.js';

/** Some fields of the rows that take part, as they are: no hierarchy is asked for. */
export interface FieldCodes {
  /** The row of the table behind each position. */
  readonly rows: Int32Array;
  readonly fields: readonly string[];
  readonly codes: readonly Int32Array[];
  /** For each field, all codes are below this. */
  readonly sizes: readonly number[];
  text(field: number, code: number): string;
}

/** @throws {TokumeiError} `TOKUMEI_QUASI_IDENTIFIERS` */
export function checkFieldNames(fields: unknown, where: string): readonly string[] {
  if (Array.isArray(fields) && fields.length > 0 && fields.every((field) => typeof field === 'string' && field !== '') && new Set(fields).size === fields.length) return fields as readonly string[];
  throw new TokumeiError('TOKUMEI_QUASI_IDENTIFIERS', { where, parameter: 'quasiIdentifiers', expected: 'a list of different field names', received: fields });
}

/** A missing value is a value of its own: rows that have one are counted like all others. */
export function fieldCodes(table: PersonalTable, fields: readonly string[], severalRows: 'reject' | 'keep-first', where: string): FieldCodes {
  const rows = takePart(table, { where, severalRows });
  const columns = fields.map((field) => valuesOf(table, field, rows, 'quasiIdentifiers', where));
  return {
    rows,
    fields,
    codes: columns.map(({ codes }) => gather(codes, rows)),
    sizes: columns.map(({ size }) => Math.max(1, size)),
    text(field, code) {
      const content = columns[field]!.content(code);
      return content === null ? MISSING : String(content);
    },
  };
}

export interface Classes {
  readonly count: number;
  readonly classOf: Int32Array;
  readonly sizes: Int32Array;
  /** One position of each class. */
  readonly examples: Int32Array;
}

export function classesOf({ rows, codes, sizes }: FieldCodes): Classes {
  const ids = new DenseIds();
  ids.begin(rows.length);
  codes.forEach((field, a) => ids.add(field, sizes[a]!));
  const { codes: classOf, size, examples } = ids.finish();
  const counts = new Int32Array(size);
  for (let i = 0; i < classOf.length; i++) counts[classOf[i]!]!++;
  return { count: size, classOf, sizes: counts, examples };
}
