import { checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Perturbed } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../../core/holders/protected.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Key, Statement } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import { checkBy, codeGroups, type FieldOf } from '../../../table/fields.js';
import { checkPublicKeys, mapToKeys, type PublicKeys } from '../../../table/publicKeys.js';
import { unwrap } from '../../../table/table.js';
import { crossCheck } from '../../audit/crossCheck.js';
import { checkSecret, sumCells, unitKey } from './cellKeys.js';
import { BY_CELL_NOISE } from '../stages/notCovered.js';
import { accuracyOf, checkNoise, type CellNoise } from './cellNoise.js';

/** What {@link cellKeyCounts} takes. */
export interface CellKeyCountsOptions<F> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** Declared keys, each of which gets a line. A key out of the data would say that somebody has it, whatever is done to its count. */
  readonly keys: PublicKeys;
  /** At least 16 random bytes that never leave the service. The same for all tables that are to agree. */
  readonly secret: Uint8Array;
  /** What is done to a count: `perturbationTable({ … })` or `randomRounding({ … })`. */
  readonly noise: CellNoise;
}

/**
 * Counts distinct units by group and changes each count a little, by noise that follows from who is in the cell: the
 * cell-key method of the Australian Bureau of Statistics and of Eurostat.
 *
 * **When.** Many tables over the same people that must agree with each other, where the rules of a statistical office ask for this method. The
 * same cell has the same noise in every table and at every time, so that asking again takes nothing away. Totals do not add up.
 *
 * **Convention.** R cellKey with ptable: noise is looked up by count and cell key, the fractional part of the sum of the
 * units' keys. Here a unit's key is a keyed hash of the unit itself and not a column of random numbers.
 *
 * **Guarantee.** `Perturbed`: every published count is within `maximumNoise` of the true one. **No bound on inference follows**, and no
 * differential privacy: zero stays zero, the largest noise is known, and the average over many cells that make up the same
 * group comes ever nearer to the truth (docs/perturbation.md). **Duties.** Keep the secret; `previous` at `release()`.
 *
 * Lines come in the order of the declared keys. They cannot be ranked: close counts would change places by noise that rank intervals do not cover.
 *
 * Cost: linear, about 50 ns a row and 1 µs a unit.
 *
 * @throws {TokumeiError} `TOKUMEI_BY`, `TOKUMEI_KEYS`, `TOKUMEI_CELL_KEY`, `TOKUMEI_CELL_NOISE` before data is read; `TOKUMEI_FIELD` for a field that is none.
 * @example
 * const events = Array.from({ length: 40 }, (_, user) => ({ user, app: user < 30 ? 'maps' : 'mail' }));
 * const counts = pipe(
 *   personal(events, { unit: 'user', unitOf: 'user' }),
 *   cellKeyCounts({ by: 'app', keys: publicKeys(['maps', 'mail']), secret: new Uint8Array(32).fill(7), noise: perturbationTable({ maximumNoise: 3, variance: 2 }) }),
 * );
 * counts.guarantee; // => { kind: 'perturbed', unit: 'user', method: 'cell-key' }
 */
/* @__NO_SIDE_EFFECTS__ */
export function cellKeyCounts<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: CellKeyCountsOptions<F>,
): (p: Personal<Row, U>) => Protected<readonly GroupRow<KeyOf<F>>[], Perturbed<U>> {
  const where = 'cellKeyCounts';
  const o = checkOptions(options, where, 'by keys secret noise');
  const by = checkBy(where, o.by);
  const single = !Array.isArray(o.by);
  if (o.keys === undefined) throw new TokumeiError('TOKUMEI_KEYS', { where, parameter: 'keys', expected: 'publicKeys([…])' });
  const keys = checkPublicKeys(where, o.keys, by, single);
  const secret = checkSecret(where, o.secret);
  const noise = checkNoise(where, o.noise);
  return (p) => {
    const table = unwrap(p, where);
    const groups = codeGroups(table, by, where, single);
    const map = mapToKeys(groups, keys);
    const cells = groups.codes.map((code) => (code < 0 ? -1 : map[code]!));
    const { counts, keys: cellKeys } = sumCells(table.units, cells, keys.keys.length, unitKey(secret, table.unit));
    const guarantee: Perturbed<U> = { kind: 'perturbed', unit: table.unit as U, method: noise.method };
    const value = keys.keys.map((key, at): GroupRow<KeyOf<F>> => ({ key: key as KeyOf<F>, state: 'value', count: noise.publish(counts[at]!, cellKeys[at]!) }));
    const statement: Statement = {
      unit: table.unit,
      by,
      guarantee,
      mechanism: 'noise by cell key',
      parameters: noise.parameters,
      // None that a ranking could take for a count with noise of a law it knows.
      measures: [],
      keys: { origin: 'public', declared: keys.keys.length },
      bounds: {},
      steps: [...table.steps, { stage: where, by, method: noise.method, ...noise.parameters }],
      accuracy: accuracyOf(noise),
      notCovered: BY_CELL_NOISE,
    };
    const report = new OperatorReport({ groups: counts.length, unchanged: value.filter(({ count }, at) => count === counts[at]).length, rowsDroppedAtDoor: table.dropped.missingUnit + table.dropped.optedOut });
    return makeProtected(guarantee, { value, statement, secure: true, crossCheck, report });
  };
}
