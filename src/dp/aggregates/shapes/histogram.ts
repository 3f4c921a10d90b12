import type { CellState, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { BIN_STEPS, checkBins, type CheckedBins, type EdgeOptions } from './edges.js';
import { halfWidth } from '../engine/halfWidth.js';
import { partsOf, stageOf } from '../engine/job.js';
import type { Kind } from '../engine/kind.js';
import type { GroupBound, GroupedOptions } from '../engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from '../engine/stages.js';

/** What {@link dpHistogram} takes. */
export type DpHistogramOptions<U extends string, F, V> = GroupedOptions<U, F> &
  GroupBound &
  EdgeOptions & {
    /** The field of numbers. Rows in which it is missing, NaN, no number or outside the edges are left out. */
    readonly value: V;
    /** A unit with more rows than this in a group counts there as that many rows, an equal mix of all it has. */
    readonly rowsPerGroup: number;
  };

/** A line of histograms: `counts[i]` of the rows from `edges[i]` to below `edges[i + 1]`; the last bin has its upper edge too. */
export interface HistogramRow<K> {
  readonly key: K;
  readonly state: CellState;
  readonly counts: readonly number[];
}


/**
 * Histograms of a field over declared edges, by group, under differential privacy.
 *
 * **When.** How ages, amounts or waiting times are distributed. For medians and other ranks take `dpQuantiles`, which keeps
 * noise of many fine bins from adding up. Counts may come out negative, and in parts of a row: multiples of 2^-20. The
 * interval of a bin is `halfWidth` of the manifest on either side, and `perRow` for each row that the line has in all, a millionth.
 *
 * **Guarantee.** As `dpCountRows`: a unit moves the counts of a group by at most `rowsPerGroup` in all, however many bins
 * there are. Proof: docs/proofs/aggregates.md. **Duties.** Edges, bounds and public keys come from public knowledge.
 *
 * **Convention.** numpy `histogram(x, edges)`, which leaves out values beyond the edges as well; R `hist(x, breaks, right = FALSE)`.
 * The edges are in the manifest. Lines in the order of the declared keys; discovered ones by key. Cost: linear in rows,
 * and a draw for each bin.
 *
 * @throws {TokumeiError} as `dpMean`; `TOKUMEI_EDGES`, `TOKUMEI_BINS`.
 * @see docs/proofs/aggregates.md
 * @example
 * const people = [{ user: 'u1', town: 'x', age: 31 }, { user: 'u2', town: 'x', age: 44 }];
 * const ages = pipe(
 *   personal(people, { unit: 'user', unitOf: 'user' }),
 *   dpHistogram({ by: 'town', value: 'age', edges: [0, 18, 65, 120], keys: publicKeys(['x']), groupsPerUnit: 1, rowsPerGroup: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * ages.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpHistogram<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpHistogramOptions<U, F, V>,
): PrivateStage<Row, U, HistogramRow<KeyOf<F>>> {
  return stageOf(HISTOGRAM, options);
}

/**
 * {@link dpHistogram} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpHistogram`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpHistogramInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpHistogramOptions<U, F, V>,
): PrivateParts<Row, U, HistogramRow<KeyOf<F>>> {
  return partsOf(HISTOGRAM, options);
}

/** The kind of `dpHistogram`. */
export const HISTOGRAM: Kind<CheckedBins> = {
  stage: 'dpHistogram',
  mechanism: 'noisy histograms',
  check: checkBins,
  reach: ({ rowsPerGroup }, l0) => ({ places: l0, each: rowsPerGroup * BIN_STEPS, counted: false }),
  says: ({ value, edges, groupsPerUnit, rowsPerGroup }, noise, unit) => ({
    bounds: { groupsPerUnit, rowsPerGroup },
    parameters: { value, edges },
    measure: { name: 'counts', what: `rows by ${value} between the edges`, step: 1 / BIN_STEPS },
    // Each unit with more rows than count is off by less than a step in a bin, and counts for rowsPerGroup rows.
    accuracy: { counts: { confidence: 0.95, halfWidth: halfWidth(noise, 0.95) / BIN_STEPS, perRow: 1 / (BIN_STEPS * rowsPerGroup) } },
    notCovered: [`values outside the edges are left out; a ${unit} with more than ${rowsPerGroup} rows in a group counts there as ${rowsPerGroup} rows mixed of all`],
  }),
  sums: ({ value, edges, rowsPerGroup }) => ({
    measured: { measure: 'bins', value, edges, outside: 'left out', rowsPerGroup, rowSteps: BIN_STEPS },
    line: (noisy) => ({ counts: Array.from(noisy, (steps) => steps / BIN_STEPS) }),
  }),
};
