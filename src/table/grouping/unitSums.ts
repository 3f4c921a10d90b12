import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import type { SipKey } from '../../hash/siphash.js';
import type { Content } from '../columns/coded.js';
import { codeGroups } from '../fields.js';
import type { SumUnitsPlan } from '../plan.js';
import { keyId, mapToKeys, type PublicKeys } from '../publicKeys.js';
import type { PersonalTable } from '../table.js';
import type { Choosing } from './chooseGroups.js';
import { ExactTotals } from './exactTotals.js';
import { foldOf, widthOf } from './folds.js';
import { foldUnits, type DistinctValues, type UnitBound } from './foldUnits.js';
import { countNegative } from './unitCounts.js';

/** Exact sums on their way to noise. Personal data: never handed out as they are. */
export interface ExactSums {
  readonly keys: readonly (Key | readonly Key[])[];
  /** For each key the sum of its units' weights. */
  readonly weights: Float64Array;
  readonly totals: ExactTotals;
  /** Where a key's numbers are in `totals`. */
  readonly places: readonly number[];
  /** Where a key's number is how many distinct values it has: these, by the same place. */
  readonly values?: DistinctValues;
  readonly pairs: number;
  readonly unitsAboveBound: number;
  readonly rowsWithoutKey: number;
  readonly rowsWithoutValue: number;
}

/** Runs a plan over one table. With public keys the result has one place for each of them, in their order. */
export function runSumUnits(table: PersonalTable, plan: SumUnitsPlan, keys: PublicKeys | undefined, weight: (groups: number) => number, sampleKey: SipKey, where: string): ExactSums {
  if (table.unit !== plan.unit) {
    throw new TokumeiError('TOKUMEI_UNIT_MISMATCH', { where, parameter: 'unit', expected: `'${plan.unit}'`, received: table.unit });
  }
  const groups = codeGroups(table, plan.by, where, plan.single);
  const declared = keys?.keys;
  const choosing: Choosing = {
    unitContent: table.units.content,
    groupSize: declared?.length ?? groups.size,
    groupContent: declared === undefined ? groups.content : (group) => declared[group] as Content,
    key: sampleKey,
  };
  const fold = foldOf(table, plan.measured, choosing, where);
  const folded = foldUnits(
    {
      ...choosing,
      units: table.units.codes,
      unitSize: table.units.size,
      groups: groups.codes,
      groupMap: keys === undefined ? undefined : mapToKeys(groups, keys),
      bound: boundOf(plan),
      pooled: plan.pooled,
      weight,
    },
    fold,
  );
  const { weights, totals, pairs, unitsAboveBound, rowsWithoutValue } = folded;
  const common = { ...(fold.values === undefined ? {} : { values: fold.values }), totals, pairs, unitsAboveBound, rowsWithoutValue, rowsWithoutKey: countNegative(groups.codes, table.units.codes) };
  if (plan.pooled) return { ...common, ...POOLED, weights: weights.slice(0, 1) };
  if (declared !== undefined) return { ...common, keys: declared, weights, places: declared.map((_, at) => at) };
  // A key that no unit counts for does not exist, whatever a dictionary may list.
  const places: number[] = [];
  for (let group = 0; group < weights.length; group++) if (weights[group]! > 0) places.push(group);
  return { ...common, keys: places.map((group) => groups.content(group) as Key | readonly Key[]), weights: Float64Array.from(places, (group) => weights[group]!), places };
}

/** The one place of pooled sums. */
const POOLED: { readonly keys: readonly Key[]; readonly places: readonly number[] } = { keys: [null], places: [0] };

function boundOf({ groupsPerUnit, rowsPerUnit }: SumUnitsPlan): UnitBound {
  return rowsPerUnit === null ? { groupsPerUnit: groupsPerUnit! } : { rowsPerUnit };
}

/** The sums of no rows at all. */
export function noSums(plan: SumUnitsPlan, keys: PublicKeys | undefined): ExactSums {
  const declared = plan.pooled ? POOLED.keys : (keys?.keys ?? []);
  const totals = new ExactTotals(widthOf(plan.measured));
  return { keys: declared, weights: new Float64Array(declared.length), totals, places: declared.map((_, at) => at), pairs: 0, unitsAboveBound: 0, rowsWithoutKey: 0, rowsWithoutValue: 0 };
}

/** Adds sums of disjoint units, key by key. */
export function addSums(a: ExactSums, b: ExactSums): ExactSums {
  const totals = new ExactTotals(a.totals.width);
  const place = new Map<string, number>();
  const keys: (Key | readonly Key[])[] = [];
  const weights: number[] = [];
  const values: Set<string>[] = [];
  for (const part of [a, b]) {
    part.keys.forEach((key, at) => {
      const id = keyId(key as Content);
      let here = place.get(id);
      if (here === undefined) {
        here = keys.push(key) - 1;
        weights.push(0);
        values.push(new Set());
        place.set(id, here);
      }
      weights[here]! += part.weights[at]!;
      totals.addFrom(here, part.totals, part.places[at]!);
      for (const value of part.values?.ids(part.places[at]!) ?? []) values[here]!.add(value);
    });
  }
  return {
    keys,
    weights: Float64Array.from(weights),
    totals,
    places: keys.map((_, at) => at),
    ...(a.values === undefined ? {} : { values: { size: (at: number) => values[at]!.size, ids: (at: number) => values[at]! } }),
    pairs: a.pairs + b.pairs,
    unitsAboveBound: a.unitsAboveBound + b.unitsAboveBound,
    rowsWithoutKey: a.rowsWithoutKey + b.rowsWithoutKey,
    rowsWithoutValue: a.rowsWithoutValue + b.rowsWithoutValue,
  };
}
