import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import type { SipKey } from '../../hash/siphash.js';
import type { Content } from '../columns/coded.js';
import { codeGroups } from '../fields.js';
import type { CountUnitsPlan } from '../plan.js';
import { keyId, mapToKeys, type PublicKeys } from '../publicKeys.js';
import type { PersonalTable } from '../table.js';
import { countUnits } from './countUnits.js';

/** Exact counts on their way to noise or to a threshold. Personal data: never handed out as it is. */
export interface ExactCounts {
  readonly keys: readonly (Key | readonly Key[])[];
  readonly counts: Float64Array;
  readonly pairs: number;
  readonly unitsAboveBound: number;
  /** Rows whose key was not one: a fraction, an object. */
  readonly rowsWithoutKey: number;
}

/** Runs a plan over one table. With public keys the result has one place for each of them, in their order. */
export function runCountUnits(table: PersonalTable, plan: CountUnitsPlan, keys: PublicKeys | undefined, sampleKey: SipKey, where: string): ExactCounts {
  if (table.unit !== plan.unit) {
    throw new TokumeiError('TOKUMEI_UNIT_MISMATCH', { where, parameter: 'unit', expected: `'${plan.unit}'`, received: table.unit });
  }
  const groups = codeGroups(table, plan.by, where, plan.single);
  const declared = keys?.keys;
  const { counts, pairs, unitsAboveBound } = countUnits({
    units: table.units.codes,
    unitSize: table.units.size,
    unitContent: table.units.content,
    groups: groups.codes,
    groupMap: keys === undefined ? undefined : mapToKeys(groups, keys),
    groupSize: declared?.length ?? groups.size,
    groupContent: declared === undefined ? groups.content : (group) => declared[group] as Content,
    groupsPerUnit: plan.groupsPerUnit ?? Infinity,
    key: sampleKey,
  });
  const rowsWithoutKey = countNegative(groups.codes, table.units.codes);
  if (declared !== undefined) return { keys: declared, counts, pairs, unitsAboveBound, rowsWithoutKey };
  return { ...present(groups.content, counts), pairs, unitsAboveBound, rowsWithoutKey };
}

/** A key that no unit is counted for does not exist, whatever a dictionary may list. */
function present(content: (code: number) => Content, counts: Float64Array): { keys: (Key | readonly Key[])[]; counts: Float64Array } {
  const keys: (Key | readonly Key[])[] = [];
  const kept: number[] = [];
  for (let group = 0; group < counts.length; group++) {
    if (counts[group]! === 0) continue;
    keys.push(content(group) as Key | readonly Key[]);
    kept.push(counts[group]!);
  }
  return { keys, counts: Float64Array.from(kept) };
}

export function countNegative(groups: Int32Array, units: Int32Array): number {
  let rows = 0;
  for (let i = 0; i < groups.length; i++) if (groups[i]! < 0 && units[i]! >= 0) rows++;
  return rows;
}

/** Adds counts of disjoint units, key by key. */
export function addCounts(a: ExactCounts, b: ExactCounts): ExactCounts {
  const place = new Map<string, number>();
  const keys: (Key | readonly Key[])[] = [];
  const counts: number[] = [];
  for (const part of [a, b]) {
    part.keys.forEach((key, at) => {
      const id = keyId(key as Content);
      const known = place.get(id);
      if (known !== undefined) counts[known]! += part.counts[at]!;
      else {
        place.set(id, keys.length);
        keys.push(key);
        counts.push(part.counts[at]!);
      }
    });
  }
  return {
    keys,
    counts: Float64Array.from(counts),
    pairs: a.pairs + b.pairs,
    unitsAboveBound: a.unitsAboveBound + b.unitsAboveBound,
    rowsWithoutKey: a.rowsWithoutKey + b.rowsWithoutKey,
  };
}
