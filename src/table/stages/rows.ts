import { TokumeiError } from '../../core/errors.js';
import { setField } from '../../core/setField.js';
import { Column, type PersonalTable } from '../table.js';

/** Calls the caller's own function once for each row that takes part. What it throws is replaced: it may quote the row. */
export function forEachRow(table: PersonalTable, stage: string, visit: (row: Readonly<Record<string, unknown>>, at: number) => void): void {
  const fields = [...table.columns];
  const { codes } = table.units;
  for (let at = 0; at < table.rows; at++) {
    if (codes[at]! < 0) continue;
    const row: Record<string, unknown> = {};
    for (const [field, column] of fields) {
      const value = column.at(at);
      if (value !== undefined) setField(row, field, value);
    }
    guarded(stage, () => visit(row, at));
  }
}

/** Runs a caller's function; whatever it throws becomes `TOKUMEI_CALLBACK`, without its text and without a cause. */
export function guarded<T>(stage: string, run: () => T): T {
  try {
    return run();
  } catch {
    throw new TokumeiError('TOKUMEI_CALLBACK', { where: stage, message: 'the function given to this stage threw' });
  }
}

/** The same table with other units codes: rows marked -1 take no part from here on. */
export function withUnitCodes(table: PersonalTable, codes: Int32Array): PersonalTable {
  return { ...table, units: { codes, size: table.units.size, content: table.units.content } };
}

export function withColumns(table: PersonalTable, added: ReadonlyMap<string, Column>): PersonalTable {
  return { ...table, columns: new Map([...table.columns, ...added]) };
}

