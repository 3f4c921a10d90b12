import type { KAnonymity } from '../../../../core/guarantee.js';
import { setField } from '../../../../core/setField.js';
import { makeProtected, type Protected } from '../../../../core/holders/protected.js';
import { OperatorReport } from '../../../../core/operatorReport.js';
import type { Json, Key } from '../../../../core/statement.js';
import { secureRandom, shuffle } from '../../../../random/index.js';
import { columnOf } from '../../../../table/fields.js';
import type { PersonalTable } from '../../../../table/table.js';
import { plainValue } from '../../plan/values.js';

/** One released row: quasi-identifiers as they have become, further fields as they are. */
export type AnonymousRow = Readonly<Record<string, Key>>;

export interface RowRelease {
  readonly where: string;
  readonly k: number;
  readonly mechanism: string;
  readonly fields: readonly string[];
  readonly release: readonly string[];
  readonly parameters: { readonly [name: string]: Json };
  /** The rows of the table that take part. */
  readonly rows: Int32Array;
  /** What a row shows of a field; undefined: the row is left out. */
  shown(field: number, position: number): Key | undefined;
  readonly figures: { readonly [name: string]: number };
}

/** Puts released rows together, in an order that tells nothing, with what the manifest has to say of them. */
export function releaseRows<U extends string>(table: PersonalTable, r: RowRelease): Protected<readonly AnonymousRow[], KAnonymity<U>> {
  const further = r.release.map((field) => ({ field, column: columnOf(table, field, r.where, 'release', 'refused') }));
  const rows: AnonymousRow[] = [];
  for (let i = 0; i < r.rows.length; i++) {
    const row: Record<string, Key> = {};
    const complete = r.fields.every((field, a) => {
      const value = r.shown(a, i);
      if (value !== undefined) setField(row, field, value);
      return value !== undefined;
    });
    if (!complete) continue;
    for (const { field, column } of further) setField(row, field, plainValue(column, r.rows[i]!, field, r.where));
    rows.push(row);
  }
  const guarantee: KAnonymity<U> = { kind: 'k-anonymity', unit: table.unit as U, k: r.k };
  return makeProtected(guarantee, {
    value: shuffle(rows, secureRandom()),
    statement: {
      unit: table.unit,
      by: [...r.fields],
      guarantee,
      mechanism: r.mechanism,
      parameters: r.parameters,
      measures: [],
      keys: { origin: 'threshold', k: r.k },
      bounds: { rowsPerUnit: 1 },
      steps: [...table.steps, { stage: r.where, release: r.release }],
      accuracy: {},
      notCovered: [
        'what can be inferred of a person whose class shares a value of a released field',
        'comparison with other releases about the same people',
      ],
    },
    secure: true,
    report: new OperatorReport({ rows: r.rows.length, released: rows.length, suppressed: r.rows.length - rows.length, ...r.figures }),
  });
}
