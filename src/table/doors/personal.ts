import type { Personal } from '../../core/holders/personal.js';
import { TokumeiError } from '../../core/errors.js';
import { wrap } from '../table.js';
import { RowCollector } from './collector.js';
import { checkDoor, type DoorOptions, type RowBehind, type UnitField } from './options.js';

/**
 * Takes records of people in, so that only an aggregate with a guarantee can bring anything out.
 *
 * **Details.** Every row is read once, now. The unit's field is coded and leaves the row type: it is never altered,
 * never a key, never released. Rows may be any iterable of objects.
 *
 * **Duties.** `unitOf` must name the person (or device) behind each row: two names for one person are two units,
 * each protected as if the other did not exist. So give names of one type and spelling: 7, '7' and 7n are three units.
 * A row's own enumerable fields are read; for instances of classes with getters, name the `fields`.
 *
 * Cost: one pass, about 0.1 µs a field.
 *
 * @throws {TokumeiError} `TOKUMEI_UNIT`, `TOKUMEI_UNIT_OF`, `TOKUMEI_FIELDS`, `TOKUMEI_OPT_OUT`, `TOKUMEI_SHARD` before any row is read;
 * `TOKUMEI_ROW` when a row is not an object; `TOKUMEI_UNIT_MISSING` under `missingUnit: 'reject'`.
 * @example
 * const events = [{ userId: 'u1', app: 'maps' }, { userId: 'u2', app: 'maps' }];
 * const records = personal(events, { unit: 'user', unitOf: 'userId' });
 * String(records); // => '[Personal: withheld]'
 */
export function personal<
  Row extends object,
  const U extends string,
  const F extends UnitField<Row> | readonly [UnitField<Row>, ...UnitField<Row>[]],
  const Kept extends keyof Row & string = keyof Row & string,
>(rows: Iterable<Row>, options: DoorOptions<U, F, Kept>): Personal<RowBehind<Row, F, Kept>, U> {
  const door = checkDoor('personal', options as DoorOptions<string, string | readonly string[]>);
  if (typeof rows !== 'object' || rows === null || !(Symbol.iterator in rows)) {
    throw new TokumeiError('TOKUMEI_ROWS', { where: 'personal', parameter: 'rows', expected: 'an iterable of objects' });
  }
  const collector = new RowCollector(door);
  for (const row of rows) collector.add(row);
  return wrap(collector.finish());
}
