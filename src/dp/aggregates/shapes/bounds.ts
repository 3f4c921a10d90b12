import { checkInteger } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { CellState } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import type { PublicKeys } from '../../../table/publicKeys.js';
import { stepFor } from '../engine/grid.js';
import { quantileLine } from './ranks.js';
import { levelsOf, treeOver } from './tree.js';
import { stageOf } from '../engine/job.js';
import type { Kind, Options } from '../engine/kind.js';
import { checkGroupsPerUnit, checkValue, type GroupBound, type GroupedOptions } from '../engine/options.js';
import type { ByFields, PrivateStage } from '../engine/stages.js';

/** What {@link dpBounds} takes: `by`, `keys`, `groupsPerUnit` and `value` as the sum that the bounds are for. */
export interface DpBoundsOptions<U extends string, F, V> extends Omit<GroupedOptions<U, F>, 'keys' | 'keyRule' | 'keysShare' | 'minUnits'>, GroupBound {
  /** The declared keys of the sum; `'discover'` takes all groups. None is named in the result. */
  readonly keys: PublicKeys | 'discover';
  /** The field of numbers that is to be summed. */
  readonly value: V;
  /** Magnitudes from 2^this … */
  readonly leastPower: number;
  /** … to 2^this are told apart: from public knowledge, generously. */
  readonly largestPower: number;
  /** The share of (unit, group) totals that may be cut off at each end; 0.01 when left out. */
  readonly cut?: number;
}

/** The one line of bounds, for all groups together. */
export interface BoundsRow {
  readonly key: null;
  readonly state: CellState;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Finds the bounds for a `dpSum` privately: powers of two, or zero, between which nearly all totals of a unit in a group lie.
 *
 * **When.** Nobody knows beforehand how large totals are. What is published here is paid for, so the bounds may be used
 * for the sum afterwards, with the rest of the budget: about a tenth is enough where there are some hundreds of units.
 *
 * **Guarantee.** As `dpQuantiles`: each total counts in one bin of a tree over powers of two; bounds are the ends of the bins
 * in which two quantiles surely lie: noise alone never widens them. Where there is too little data to say, they are the whole range.
 * Proof: docs/proofs/aggregates.md. **Duties.** The powers, the bound on groups and public keys come from public knowledge.
 *
 * **Convention.** Google: `ApproxBounds`; Tumult: `get_bounds`. Of totals, as `dpSum` clamps them, not of rows.
 *
 * @throws {TokumeiError} as `dpSum`; `TOKUMEI_POWERS`, `TOKUMEI_CUT`.
 * @see docs/proofs/aggregates.md
 * @example
 * const sales = Array.from({ length: 1000 }, (_, i) => ({ user: `u${i}`, shop: 'ueno', yen: 500 + i }));
 * const budget = privacyBudget({ unit: 'user', epsilon: 1 }).split({ bounds: 0.25, sums: 0.75 });
 * const records = personal(sales, { unit: 'user', unitOf: 'user' });
 * const common = { by: 'shop', value: 'yen', keys: publicKeys(['ueno']), groupsPerUnit: 1 } as const;
 * const found = pipe(
 *   records,
 *   dpBounds({ ...common, leastPower: 0, largestPower: 30, spend: budget.bounds }),
 *   release({ id: 'bounds', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' }),
 * );
 * const { lower, upper } = found.data[0]!; // e.g. lower 256, upper 2048
 * const sums = pipe(records, dpSum({ ...common, lower, upper, spend: budget.sums }));
 * sums.guarantee.epsilon; // => 0.75
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpBounds<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpBoundsOptions<U, F, V>,
): PrivateStage<Row, U, BoundsRow> {
  return stageOf(BOUNDS, options);
}

interface CheckedPowers extends GroupBound {
  readonly value: string;
  readonly edges: readonly number[];
  readonly leastPower: number;
  readonly largestPower: number;
  readonly cut: number;
}

/** The kind of `dpBounds`. */
export const BOUNDS: Kind<CheckedPowers> = {
  stage: 'dpBounds',
  mechanism: 'noisy bounds',
  pooled: true,
  check: checkPowers,
  // A unit's totals may all be in one bin: on each level one number moves by all of them, or several by that much together.
  reach: ({ edges, groupsPerUnit }) => ({ places: levelsOf(edges.length - 1).length, each: groupsPerUnit, counted: false }),
  says: ({ value, edges, leastPower, largestPower, cut, groupsPerUnit }, _, unit) => {
    const levels = levelsOf(edges.length - 1).length;
    return {
      bounds: { groupsPerUnit },
      parameters: { value, leastPower, largestPower, cut, levels },
      measure: { name: 'nodes', what: `ends of the bins of two quantiles of totals of ${value}, from counts in a tree of ${levels} levels that carry this noise each`, step: 1 },
      accuracy: {},
      notCovered: [`about ${cut} of the totals of one ${unit} in one group lie beyond each end, and what noise hides there`],
    };
  },
  sums: ({ value, edges, cut }, noise) => {
    const quantiles = quantileLine(noise, edges, [cut, 1 - cut], Infinity);
    return {
      measured: { measure: 'totals', value, step: stepFor(edges[edges.length - 1]!) * 2 ** -10, edges },
      noised: treeOver(edges.length - 1),
      line: (noisy) => {
        // An end goes as far out as the last bin beyond which surely more than the cut lies: noise alone never widens.
        const [first, second] = quantiles(noisy).intervals as [readonly [number, number], readonly [number, number]];
        const lower = edges[edges.indexOf(first[1]) - 1]!;
        const upper = edges[edges.indexOf(second[0]) + 1]!;
        return lower < upper ? { lower, upper } : { lower: edges[0]!, upper: edges[edges.length - 1]! };
      },
    };
  },
};

function checkPowers(where: string, o: Options): CheckedPowers {
  const leastPower = checkInteger(o['leastPower'], where, 'leastPower', 'TOKUMEI_POWERS', -500, 500);
  const largestPower = checkInteger(o['largestPower'], where, 'largestPower', 'TOKUMEI_POWERS', leastPower, 500);
  const cut = o['cut'] === undefined ? 0.01 : o['cut'];
  if (!(typeof cut === 'number' && cut > 0 && cut < 0.5)) throw new TokumeiError('TOKUMEI_CUT', { where, parameter: 'cut', expected: 'above 0 and below 0.5', received: cut });
  const powers = Array.from({ length: largestPower - leastPower + 1 }, (_, i) => 2 ** (leastPower + i));
  const edges = Object.freeze([...powers.map((power) => -power).reverse(), 0, ...powers]);
  return { value: checkValue(where, o['value']), edges, leastPower, largestPower, cut, groupsPerUnit: checkGroupsPerUnit(where, o['groupsPerUnit']) };
}
