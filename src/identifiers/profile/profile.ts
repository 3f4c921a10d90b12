import { checkInteger, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { OperatorReport } from '../../core/operatorReport.js';
import { findInField } from '../records/fieldFindings.js';
import { Place } from '../records/place.js';
import { walkRecord, type Leaves } from '../records/walk.js';
import { compileTreatment, runPasses } from '../treat/compile.js';
import type { FindOptions } from '../types.js';
import { ColumnTally, type ColumnProfile } from './column.js';

/** Options of {@link profile}: those of the scanner, and limits. */
export interface ProfileOptions extends FindOptions {
  /** Columns before the call is refused: nested data with free keys has a column for each. 1,000 by default. */
  readonly maxColumns?: number;
}

/** What {@link profile} found. */
export interface DataProfile {
  readonly rows: number;
  /** In the order in which they were met. */
  readonly columns: readonly ColumnProfile[];
}

/**
 * Says which columns hold identifiers of which class, how sure that is and how many there are.
 *
 * When to use: on a copy or a sample of data that nobody knows well, before a policy is written. Each text, number and
 * key is scanned as `treatRecord` would scan it; paths name nested fields (`user.tel`, `tags[]`), and an identifier in a
 * field's name is labelled there.
 *
 * The figures are exact counts about personal data, so they come as an `OperatorReport`, which `release()` refuses. A
 * policy that was chosen by looking at them depends on the data: choose it on other data, or for good.
 *
 * Cost: one scan per text; memory for each column, not for each row.
 *
 * @throws {TokumeiError} `TOKUMEI_ROWS` when `rows` cannot be iterated, `TOKUMEI_PROFILE_COLUMNS` for more columns than
 * allowed or a limit out of range, and what `treatRecord` throws for a row that cannot be read.
 * @example
 * const report = profile([{ contact: 'yamada@example.com', age: 41 }, { contact: 'sato@example.com', age: 37 }]);
 * report.figures.columns.map((c) => `${c.column}: ${c.holds}`); // => [ 'contact: identifier', 'age: clear' ]
 */
export function profile(rows: Iterable<unknown>, options: ProfileOptions = {}): OperatorReport<DataProfile> {
  const where = 'profile';
  const { maxColumns = 1000, ...findOptions } = checkOptions(options, where);
  checkInteger(maxColumns, where, 'maxColumns', 'TOKUMEI_PROFILE_COLUMNS', 1);
  if (typeof rows !== 'object' || rows === null || !(Symbol.iterator in rows)) {
    throw new TokumeiError('TOKUMEI_ROWS', { where, parameter: 'rows', expected: 'an iterable of records' });
  }
  const root = new Place({ policy: {}, options: findOptions, where }, '', [], undefined);
  const { passes } = compileTreatment({}, findOptions, where);
  const columns = new Map<string, { readonly path: readonly string[]; readonly tally: ColumnTally }>();
  const tallyOf = (place: Place): ColumnTally => {
    const id = place.path.join('\u0000');
    let known = columns.get(id);
    if (known === undefined) {
      if (columns.size >= maxColumns) throw new TokumeiError('TOKUMEI_PROFILE_COLUMNS', { where, parameter: 'maxColumns', expected: 'enough for the columns of the data', received: maxColumns });
      known = { path: place.path, tally: new ColumnTally() };
      columns.set(id, known);
    }
    return known.tally;
  };
  const leaves: Leaves = {
    text: (text, place) => void tallyOf(place).add(text, findInField(text, place)),
    number: (value, place) => {
      const text = String(value);
      tallyOf(place).add(text, Number.isSafeInteger(value) || typeof value === 'bigint' ? findInField(text, place) : []);
    },
    key: (key, place) => {
      if (root.treatment.passes[0]!.find(key).length > 0) tallyOf(place).keysFound++;
      return key;
    },
  };
  let count = 0;
  for (const row of rows) {
    walkRecord(row, root, leaves, { maxDepth: 64, maxValues: 1_000_000 }, where);
    count++;
  }
  return new OperatorReport({ rows: count, columns: [...columns.values()].map(({ path, tally }) => tally.profile(nameOf(path, (key) => runPasses(key, passes)))) });
}

/** `user.tel`, `tags[]`, with each name labelled by itself: joined, a name could hide in its neighbours. The row itself is `(row)`. */
function nameOf(path: readonly string[], treatKey: (key: string) => string): string {
  if (path.length === 0) return '(row)';
  return path.reduce((name, key) => (key === '[]' ? `${name}[]` : name === '' ? treatKey(key) : `${name}.${treatKey(key)}`), '');
}
