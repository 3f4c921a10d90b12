import { checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Json } from '../../core/statement.js';

/** The fields of a row whose values can name a privacy unit. */
export type UnitField<Row> = {
  [K in keyof Row & string]-?: Row[K] extends string | number | bigint | boolean | null | undefined ? K : never;
}[keyof Row & string];

type NamesIn<F> = F extends string ? F : F extends readonly (infer N)[] ? N : never;

/** The row type behind a door: the fields kept, without the unit's own. */
export type RowBehind<Row, F, Kept extends keyof Row> = { [K in Kept as K extends NamesIn<F> ? never : K]: Row[K] };

/** How records enter. All of it is public policy; nothing of it is read off the data. */
export interface DoorOptions<U extends string, F extends string | readonly string[], Kept = string> {
  /** What one protected unit is, in a word: `'user'`, `'device'`, `'user-day'`. It is part of every type from here on. */
  readonly unit: U;
  /** The field, or fields together, that name the unit: `'userId'`, `['userId', 'day']`. They leave the row type. */
  readonly unitOf: F;
  /** What happens to a row without a unit (null, undefined, NaN, an empty text): left out, or the whole call refused. Default `'drop'`. */
  readonly missingUnit?: 'drop' | 'reject';
  /** Units that opted out: values of `unitOf`, of its first field where there are several. Left out before anything else. */
  readonly optOut?: Iterable<string | number | bigint | boolean>;
  /** Keep these fields only. Default: all of them. */
  readonly fields?: readonly Kept[];
  /**
   * The name of this shard, where a count is built from several: by giving one, the caller declares that all rows
   * of each unit are in this shard and in no other.
   */
  readonly shard?: string;
}

/** The options after checking. */
export interface CheckedDoor {
  readonly where: string;
  readonly unit: string;
  readonly unitOf: readonly string[];
  readonly missingUnit: 'drop' | 'reject';
  readonly optOut: ReadonlySet<unknown> | undefined;
  readonly fields: ReadonlySet<string> | undefined;
  readonly shard: string | undefined;
}

export function checkDoor(where: string, options: DoorOptions<string, string | readonly string[]>): CheckedDoor {
  const o = checkOptions(options, where);
  const unitOf: readonly unknown[] = Array.isArray(o.unitOf) ? o.unitOf : [o.unitOf];
  if (typeof o.unit !== 'string' || o.unit === '') {
    throw new TokumeiError('TOKUMEI_UNIT', { where, parameter: 'unit', expected: "a word for what is protected, such as 'user'", received: o.unit });
  }
  if (unitOf.length === 0 || !unitOf.every((f) => typeof f === 'string')) {
    throw new TokumeiError('TOKUMEI_UNIT_OF', { where, parameter: 'unitOf', expected: 'a field name or a list of field names', received: o.unitOf });
  }
  if (o.fields !== undefined && !(Array.isArray(o.fields) && o.fields.every((f) => typeof f === 'string'))) {
    throw new TokumeiError('TOKUMEI_FIELDS', { where, parameter: 'fields', expected: 'a list of field names', received: o.fields });
  }
  if (o.shard !== undefined && (typeof o.shard !== 'string' || o.shard === '')) {
    throw new TokumeiError('TOKUMEI_SHARD', { where, parameter: 'shard', expected: 'a name', received: o.shard });
  }
  return {
    where,
    unit: o.unit,
    unitOf: unitOf as readonly string[],
    missingUnit: checkOneOf(o.missingUnit ?? 'drop', where, 'missingUnit', 'TOKUMEI_MISSING_UNIT', ['drop', 'reject']),
    optOut: optOutSet(where, o.optOut),
    fields: o.fields === undefined ? undefined : new Set(o.fields),
    shard: o.shard,
  };
}

// A text given whole would otherwise be taken apart into letters, and nobody would be left out.
function optOutSet(where: string, optOut: unknown): ReadonlySet<unknown> | undefined {
  if (optOut === undefined) return undefined;
  if (typeof optOut === 'object' && optOut !== null && Symbol.iterator in optOut) return new Set(optOut as Iterable<unknown>);
  throw new TokumeiError('TOKUMEI_OPT_OUT', { where, parameter: 'optOut', expected: 'a list or set of unit values', received: optOut });
}

/** What the manifest says of the door: the rule for missing units and whether there was an opt-out list, not how long. */
export function doorStep(door: CheckedDoor): { readonly stage: string; readonly [name: string]: Json } {
  return {
    stage: door.where,
    unit: door.unit,
    unitOf: door.unitOf,
    missingUnit: door.missingUnit,
    optOut: door.optOut === undefined ? 'none' : 'applied',
    ...(door.fields === undefined ? {} : { fields: [...door.fields] }),
  };
}

/** @throws {TokumeiError} `TOKUMEI_UNIT_MISSING`. Says nothing of the row. */
export function refuseMissingUnit(door: CheckedDoor): never {
  throw new TokumeiError('TOKUMEI_UNIT_MISSING', {
    where: door.where,
    message: `a row has no unit (${door.unitOf.join(', ')}) and missingUnit is 'reject'`,
  });
}
