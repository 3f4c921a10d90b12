import { median } from 'simple-statistics';
import { checkInteger, checkOneOf, readOptions } from '../../../core/checks.js';
import type { KAnonymity } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../../core/holders/protected.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Key, KeyOrigin, Statement } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import { crossCheck } from '../../audit/crossCheck.js';
import { compareContent, type Content } from '../../../table/columns/coded.js';
import { checkBy, type FieldOf } from '../../../table/fields.js';
import { runCountUnits, type ExactCounts } from '../../../table/grouping/unitCounts.js';
import { countUnitsPlan } from '../../../table/plan.js';
import { checkPublicKeys, type PublicKeys } from '../../../table/publicKeys.js';
import { unwrap } from '../../../table/table.js';
import { byThreshold } from './notCovered.js';

/** What {@link kCountUnits} takes. There is no default `k`. */
export interface KCountUnitsOptions<F> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** The smallest number of distinct units that is published. At least 2. */
  readonly k: number;
  /** Declared keys: each gets a line, `suppressed` below `k`. Without them a group below `k` leaves no line at all. */
  readonly keys?: PublicKeys;
  /** Whether a declared key that nobody used is published as 0. Default `'suppressed'`: nobody and few look the same. */
  readonly zeros?: 'suppressed' | 'published';
}

/**
 * Counts distinct units by group, exactly, and withholds every group with fewer than `k`.
 *
 * **When.** Lists without totals, published once. For totals and sub-totals take `kTable`, which also hides what
 * subtraction would give away; for lists that come again and again take differential privacy (`dpCountUnits`).
 *
 * **Convention.** People are counted, not rows; `count >= k` is published (MSS, ARX `KAnonymity(k)`: same side).
 *
 * **Guarantee.** Every number stands for at least `k` distinct units (with `zeros: 'published'`: or for none). That
 * bounds no inference: whoever knows all but one of them learns the last. **Duties.** `previous` at `release()`:
 * two lists can give by subtraction what each withholds. Do not publish an exact total beside the list.
 *
 * Lines come in the order of the declared keys, or sorted by key: never in the order of the data.
 *
 * Cost: linear, about 30 ns a row for integer codes.
 *
 * @throws {TokumeiError} `TOKUMEI_OPTIONS` for an option that there is not, `TOKUMEI_K_RANGE`, `TOKUMEI_BY`, `TOKUMEI_KEYS`, `TOKUMEI_ZEROS` before data is read; `TOKUMEI_FIELD` for a field that is none.
 * @example
 * const events = ['u1', 'u2', 'u3'].map((userId) => ({ userId, app: 'maps' })).concat({ userId: 'u1', app: 'chess' });
 * const chart = pipe(
 *   personal(events, { unit: 'user', unitOf: 'userId' }),
 *   kCountUnits({ by: 'app', k: 3, keys: publicKeys(['maps', 'chess']) }),
 * );
 * chart.guarantee; // => { kind: 'k-anonymity', unit: 'user', k: 3 }
 */
/* @__NO_SIDE_EFFECTS__ */
export function kCountUnits<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: KCountUnitsOptions<F>,
): (p: Personal<Row, U>) => Protected<readonly GroupRow<KeyOf<F>>[], KAnonymity<U>> {
  const where = 'kCountUnits';
  const o = readOptions(options, where, 'by k keys zeros');
  const by = checkBy(where, o.by);
  const single = !Array.isArray(o.by);
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const zeros = checkOneOf(o.zeros ?? 'suppressed', where, 'zeros', 'TOKUMEI_ZEROS', ['suppressed', 'published']);
  const keys = o.keys === undefined ? undefined : checkPublicKeys(where, o.keys, by, single);
  return (p) => {
    const table = unwrap(p, where);
    const plan = countUnitsPlan(table.unit, by, single, keys === undefined ? 'all' : 'public', null);
    // Without a bound no group is chosen, so the sample key decides nothing.
    const exact = runCountUnits(table, plan, keys, [0, 0, 0, 0], where);
    const passes = (count: number): boolean => count >= k || (count === 0 && zeros === 'published');
    const guarantee: KAnonymity<U> = { kind: 'k-anonymity', unit: table.unit as U, k };
    const origin: KeyOrigin = keys === undefined ? { origin: 'threshold', k } : { origin: 'public', declared: keys.keys.length };
    const statement: Statement = {
      unit: table.unit,
      by,
      guarantee,
      mechanism: 'threshold on distinct units',
      parameters: { k, zeros },
      measures: [{ name: 'count', what: `distinct ${table.unit}s`, noise: { law: 'none' }, step: 1 }],
      keys: origin,
      bounds: {},
      steps: [...table.steps, { stage: where, by, k, zeros, keys: origin.origin }],
      accuracy: { count: 'exact' },
      notCovered: byThreshold(k, table.unit),
    };
    return makeProtected(guarantee, {
      value: rows<KeyOf<F>>(exact, keys !== undefined, passes),
      statement,
      secure: true,
      crossCheck,
      report: reportOf(exact, passes, table.dropped),
    });
  };
}

function rows<K>(exact: ExactCounts, declared: boolean, passes: (count: number) => boolean): readonly GroupRow<K>[] {
  const lines = exact.keys.map((key, at): GroupRow<K> => {
    const count = exact.counts[at]!;
    return passes(count) ? { key: key as K, state: 'value', count } : { key: key as K, state: 'suppressed', count: null };
  });
  if (declared) return lines;
  return lines.filter((line) => line.state === 'value').sort((a, b) => compareContent(a.key as Content, b.key as Content));
}

function reportOf(exact: ExactCounts, passes: (count: number) => boolean, dropped: { readonly missingUnit: number; readonly optedOut: number }): OperatorReport {
  const published = exact.counts.filter((count) => count > 0 && passes(count));
  const withheld = exact.counts.filter((count) => count > 0 && !passes(count));
  return new OperatorReport({
    groups: exact.counts.length,
    published: published.length,
    withheld: withheld.length,
    attainedK: published.length === 0 ? null : published.reduce((a, b) => Math.min(a, b)),
    medianPublished: published.length === 0 ? null : median([...published]),
    pairs: exact.pairs,
    pairsWithheld: withheld.reduce((a, b) => a + b, 0),
    rowsWithoutKey: exact.rowsWithoutKey,
    ...dropped,
  });
}
