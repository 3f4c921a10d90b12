import type { Key } from '../../../core/statement.js';
import { compareContent, type Content } from '../../../table/columns/coded.js';
import { freshSampleKey } from '../../../table/grouping/sampleKey.js';
import { runCountUnits } from '../../../table/grouping/unitCounts.js';
import { countUnitsPlan } from '../../../table/plan.js';
import type { PublicKeys } from '../../../table/publicKeys.js';
import type { PersonalTable } from '../../../table/table.js';
import type { RandomSource } from '../../../random/index.js';

export type AnyKey = Key | readonly Key[];

/** Exact counts of distinct units by group, without a bound. Personal data. */
export interface ExactGroups {
  /** Declared keys in their order; others in the order of their contents, which tells nothing of arrival. */
  readonly keys: readonly AnyKey[];
  readonly counts: Float64Array;
  /** All units with a row. One unit moves this by one. */
  readonly units: number;
  readonly pairs: number;
  readonly rowsWithoutKey: number;
}

export function exactGroups(table: PersonalTable, by: readonly string[], single: boolean, keys: PublicKeys | undefined, random: RandomSource, where: string): ExactGroups {
  const plan = countUnitsPlan(table.unit, by, single, keys === undefined ? 'all' : 'public', null);
  const exact = runCountUnits(table, plan, keys, freshSampleKey(random), where);
  const { pairs, rowsWithoutKey } = exact;
  const units = countUnitsWithRows(table.units.codes, table.units.size);
  if (keys !== undefined) return { keys: exact.keys, counts: exact.counts, units, pairs, rowsWithoutKey };
  const order = exact.keys.map((_, i) => i).sort((a, b) => compareContent(exact.keys[a] as Content, exact.keys[b] as Content));
  return { keys: order.map((i) => exact.keys[i]!), counts: Float64Array.from(order, (i) => exact.counts[i]!), units, pairs, rowsWithoutKey };
}

function countUnitsWithRows(codes: Int32Array, size: number): number {
  const seen = new Uint8Array(size);
  let units = 0;
  for (const code of codes) {
    if (code < 0 || seen[code] === 1) continue;
    seen[code] = 1;
    units++;
  }
  return units;
}
