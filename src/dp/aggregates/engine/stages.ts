import { TokumeiError } from '../../../core/errors.js';
import type { DifferentialPrivacy } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import type { Protected } from '../../../core/holders/protected.js';
import type { Key } from '../../../core/statement.js';
import type { SipKey } from '../../../hash/siphash.js';
import { accumulate, type Accumulated, type Accumulator, type PersonalState } from '../../../table/accumulator.js';
import type { FieldOf } from '../../../table/fields.js';
import { freshSampleKey } from '../../../table/grouping/sampleKey.js';
import { unwrap, type PersonalTable } from '../../../table/table.js';
import { consumeSlice } from '../../budget/slice.js';
import type { Grouped } from './options.js';

/** One field to group by, or several for a cross of them. */
export type ByFields<Row> = FieldOf<Row, Key> | readonly FieldOf<Row, Key>[];

/** The result of an aggregate: lines under differential privacy, not yet published. */
export type PrivateLines<U extends string, Line> = Protected<readonly Line[], DifferentialPrivacy<U>>;

/** An aggregate as a stage of `pipe`. */
export type PrivateStage<Row, U extends string, Line> = (p: Personal<Row, U>) => PrivateLines<U, Line>;

/** An aggregate in parts: add shards one by one, merge, and finish once. */
export type PrivateParts<Row, U extends string, Line> = Accumulator<Row, U, PersonalState, PrivateLines<U, Line>>;

/** An aggregate that is ready to see data: all its options are checked, its noise is designed. */
export interface Ready<U extends string, T, Line> extends Pick<Grouped<U>, 'where' | 'unit' | 'slice' | 'port'> {
  readonly sum: (table: PersonalTable, sampleKey: SipKey) => T;
  readonly finish: (total: Accumulated<T>) => PrivateLines<U, Line>;
}

/** Spends its slice when it gets the records, before it looks at them. */
export function atOnce<Row, U extends string, T, Line>({ where, slice, port, sum, finish }: Ready<U, T, Line>): PrivateStage<Row, U, Line> {
  return (p) => {
    const table = unwrap(p, where);
    consumeSlice(slice, table.unit as U, where);
    return finish({ value: sum(table, freshSampleKey(port.random)), steps: table.steps, dropped: table.dropped });
  };
}

/** Spends its slice at once and finishes once. */
export function inParts<Row, U extends string, T, Line>({ where, unit, slice, port, sum, finish }: Ready<U, T, Line>, add: (a: T, b: T) => T): PrivateParts<Row, U, Line> {
  consumeSlice(slice, unit, where);
  const sampleKey = freshSampleKey(port.random);
  let finished = false;
  return accumulate<Row, U, T, PrivateLines<U, Line>>(where, (table) => sum(table, sampleKey), add, (total) => {
    if (finished) throw new TokumeiError('TOKUMEI_FINISHED', { where, message: 'was finished before: a slice pays for one result' });
    finished = true;
    return finish(total);
  });
}
