import type { Personal } from '../../core/holders/personal.js';
import { TokumeiError } from '../../core/errors.js';
import { pacer, type LongCall } from '../../core/progress.js';
import { wrap } from '../table.js';
import { RowCollector } from './collector.js';
import { checkDoor, type DoorOptions, type RowBehind, type UnitField } from './options.js';

/**
 * Takes records in from a stream: {@link personal} for async iterables (a CSV reader, a database cursor).
 *
 * Gives the event loop a turn at least every 50 ms. An abort or a fault of the stream ends the call; nothing is handed on.
 *
 * @throws {TokumeiError} as `personal`; and whatever the stream or the signal throws.
 */
export async function collectPersonal<
  Row extends object,
  const U extends string,
  const F extends UnitField<Row> | readonly [UnitField<Row>, ...UnitField<Row>[]],
  const Kept extends keyof Row & string = keyof Row & string,
>(rows: AsyncIterable<Row> | Iterable<Row>, options: DoorOptions<U, F, Kept> & LongCall): Promise<Personal<RowBehind<Row, F, Kept>, U>> {
  const where = 'collectPersonal';
  const door = checkDoor(where, options as DoorOptions<string, string | readonly string[]>);
  if (typeof rows !== 'object' || rows === null || !(Symbol.asyncIterator in rows || Symbol.iterator in rows)) {
    throw new TokumeiError('TOKUMEI_ROWS', { where, parameter: 'rows', expected: 'an async iterable of objects' });
  }
  const collector = new RowCollector(door);
  const pause = pacer(options);
  let done = 0;
  for await (const row of rows) {
    collector.add(row);
    if ((++done & 0xff) === 0) await pause(done);
  }
  options.signal?.throwIfAborted();
  options.onProgress?.({ done, total: done });
  return wrap(collector.finish());
}
