import type FastCheck from 'fast-check';

/** Two data sets that differ by everything of one unit. */
export interface Neighbours<Row> {
  readonly without: readonly Row[];
  /** The rows of `without`, in their order, with all rows of one more unit put anywhere between them. */
  readonly with: readonly Row[];
  readonly unit: string;
}

export interface NeighboursOptions<Row> {
  /** Rows of one unit: it gets the unit's id and returns an arbitrary of one row. */
  readonly row: (unit: string) => FastCheck.Arbitrary<Row>;
  /** Ids of units; hostile texts when left out. */
  readonly unit?: FastCheck.Arbitrary<string>;
  /** At most this many other units (8). */
  readonly units?: number;
  /** At most this many rows for each unit (8): take more than the bounds under test allow. */
  readonly rowsPerUnit?: number;
}

/** Generators of data that breaks privacy code; see each one. */
export interface Arbitraries {
  neighbours<Row>(options: NeighboursOptions<Row>): FastCheck.Arbitrary<Neighbours<Row>>;
  hostileNumber(around?: readonly number[]): FastCheck.Arbitrary<number>;
  hostileKey(): FastCheck.Arbitrary<string>;
  shards<Row>(rows: FastCheck.Arbitrary<readonly Row[]>, unitOf: (row: Row) => unknown, most?: number): FastCheck.Arbitrary<readonly (readonly Row[])[]>;
}

/**
 * Arbitraries for testing guarantees with fast-check, which is handed in so that `tokumei/testing` does not need it.
 *
 * - `neighbours({ row })`: data sets that differ by all rows of one unit, spliced in anywhere, in any number.
 * - `hostileNumber([lower, upper])`: NaN, infinities, both zeros, subnormals, 2^53 and beyond, and the neighbours of given bounds.
 * - `hostileKey()`: `__proto__` and its like, empty and blank texts, lone surrogates, texts equal after normalisation, formula prefixes.
 * - `shards(rows, unitOf)`: data sets cut into parts so that no unit is in two, for laws of merging.
 *
 * @example
 * import fc from 'fast-check';
 * const { neighbours, hostileKey, hostileNumber } = arbitraries(fc);
 * const rows = neighbours({ row: (user) => fc.record({ user: fc.constant(user), app: hostileKey(), minutes: hostileNumber() }) });
 */
export function arbitraries(fc: typeof FastCheck): Arbitraries {
  const hostileKey = (): FastCheck.Arbitrary<string> => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE_KEYS) }, fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('a', 'b', 'c'));
  return {
    hostileKey,
    hostileNumber: (around = []) =>
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_NUMBERS, ...around.flatMap((x) => [x, x * (1 + Number.EPSILON), x * (1 - Number.EPSILON / 2), x + 0.5, -x])) },
        fc.double(),
        fc.integer({ min: -10, max: 10 }),
      ),
    neighbours: ({ row, unit = hostileKey(), units = 8, rowsPerUnit = 8 }) =>
      fc.uniqueArray(unit, { minLength: 1, maxLength: units + 1 }).chain(([extra, ...others]) => {
        const other = others.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...others).chain(row), { maxLength: others.length * rowsPerUnit });
        const added = fc.array(fc.tuple(row(extra as string), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: rowsPerUnit });
        return fc.tuple(other, added).map(([without, splices]) => ({ without, with: spliceAll(without, splices), unit: extra as string }));
      }),
    shards: (rows, unitOf, most = 4) =>
      rows.chain((all) => {
        const ids = [...new Set(all.map(unitOf))];
        const places = fc.array(fc.nat({ max: most - 1 }), { minLength: ids.length, maxLength: ids.length });
        return places.map((at) => {
          const placeOf = new Map(ids.map((id, i) => [id, at[i] as number]));
          return Array.from({ length: most }, (_, shard) => all.filter((row) => placeOf.get(unitOf(row)) === shard));
        });
      }),
  };
}

/** Puts each new row at its share of the length; rows already there keep their order. */
function spliceAll<Row>(rows: readonly Row[], splices: readonly (readonly [Row, number])[]): readonly Row[] {
  const out = [...rows];
  for (const [row, share] of splices) out.splice(Math.floor(share * (out.length + 1)), 0, row);
  return out;
}

const HOSTILE_NUMBERS: readonly number[] = [
  NaN, Infinity, -Infinity, 0, -0, 5e-324, -5e-324, 2.2250738585072014e-308, Number.MAX_VALUE, -Number.MAX_VALUE,
  2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 2 ** 52, 2 ** 31, -(2 ** 31), 2 ** 32, 0.1, 0.5, -0.5, 1.5, 0.49999999999999994, 1e21,
];

const HOSTILE_KEYS: readonly string[] = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then', 'length', '',
  ' ', '\u0000', '\n', '\ud800', '\udc00', 'a\ud800', '\u00e9', 'e\u0301', '\u212b', '\u00c5', '\uff21', 'A', '0', '-0', '1', '01', 'NaN', 'null', 'undefined', 'true',
  '=1+1', '+1', '@a', '<b>', '"', ',', '\u202e', '\ufeff', '\u{1f469}\u200d\u{1f4bb}', 'x'.repeat(300),
];
