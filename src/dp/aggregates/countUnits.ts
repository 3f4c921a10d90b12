import { makeProtected } from '../../core/holders/protected.js';
import { OperatorReport } from '../../core/operatorReport.js';
import type { GroupRow, KeyOf } from '../../core/table.js';
import { addCounts, runCountUnits, type ExactCounts } from '../../table/grouping/unitCounts.js';
import { countUnitsPlan } from '../../table/plan.js';
import { makeCount } from './countStatement.js';
import { partsOf, stageOf } from './engine/job.js';
import type { KeyRule } from './engine/keys.js';
import { addDesignedNoise, type CountLaw } from './engine/noise.js';
import { checkGrouped, checkGroupsPerUnit, copyOptions, type GroupBound, type GroupedOptions } from './engine/options.js';
import { inOrder } from './engine/order.js';
import { selectsFirst, UNITS } from './selectedCounts.js';
import { atOnce, inParts, type ByFields, type PrivateParts, type PrivateStage, type Ready } from './engine/stages.js';

/** What {@link dpCountUnits} takes. Epsilon, delta and the unit come from the slice; there is no default bound. */
export interface DpCountUnitsOptions<U extends string, F> extends GroupedOptions<U, F>, GroupBound {
  /** Which noise; without it the better one by public figures: the smaller error, for discovered keys together with the lower threshold. */
  readonly noise?: CountLaw;
  /** Of discovered keys: selects them first by this rule, with `keysShare` of the budget; without either a threshold on the noisy count itself does. */
  readonly keyRule?: KeyRule;
}

/**
 * Counts distinct units by group under differential privacy: bounds, selects keys and adds noise in one call.
 *
 * **When.** How many people used each app, opened each page, are in each region. Counts may come out negative: keep
 * them so for sums and ranks, clamp only for display.
 *
 * **Guarantee.** Adding or removing all rows of one unit changes the odds of any output by at most exp(epsilon), up to
 * probability delta (0 for Laplace noise on public keys); rho-zCDP under a budget in rho. Exact discrete noise: Laplace of
 * scale groupsPerUnit / epsilon, or Gaussian where it is the better one; discovered keys are published from a threshold on, or
 * selected first where `keyRule` or `keysShare` is given. Proofs: docs/proofs/count-units.md, docs/proofs/aggregates.md. **Duties.** `groupsPerUnit` and public keys come from public knowledge, not from a look at the data.
 *
 * **Convention.** OpenDP: `then_private_count_by` on truncated data; Google: `Count` with `MaxPartitionsContributed`.
 * The counts are of bounded contributions: units above the bound are missing from some of their groups.
 *
 * Lines come in the order of the declared keys; discovered ones by falling noisy count. Cost: linear, 0.1 µs a row.
 *
 * @throws {TokumeiError} `TOKUMEI_BY`, `TOKUMEI_KEYS`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_SLICE`, `TOKUMEI_DELTA_NEEDED`
 * before data is seen; `TOKUMEI_SLICE_SPENT`, `TOKUMEI_UNIT_MISMATCH`, `TOKUMEI_FIELD` when it runs.
 * @example
 * const events = [{ userId: 'u1', app: 'maps' }, { userId: 'u2', app: 'maps' }];
 * const counts = pipe(
 *   personal(events, { unit: 'user', unitOf: 'userId' }),
 *   dpCountUnits({ by: 'app', keys: publicKeys(['maps', 'mail']), groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * counts.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountUnits<Row, U extends string, const F extends ByFields<Row>>(options: DpCountUnitsOptions<U, F>): PrivateStage<Row, U, GroupRow<KeyOf<F>>> {
  const o = copyOptions('dpCountUnits', options);
  return selectsFirst(o) ? stageOf(UNITS, o) : atOnce(ready('dpCountUnits', o));
}

/**
 * {@link dpCountUnits} in parts: add shards one by one, merge, and finish once.
 *
 * Each part comes through a door with `shard: 'name'`, by which the caller declares that no unit is in two parts.
 * The slice is spent when the accumulator is made. Exact counts before noise are the same for every way of cutting.
 *
 * @throws {TokumeiError} as `dpCountUnits`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountUnitsInParts<Row, U extends string, const F extends ByFields<Row>>(options: DpCountUnitsOptions<U, F>): PrivateParts<Row, U, GroupRow<KeyOf<F>>> {
  const o = copyOptions('dpCountUnitsInParts', options);
  return selectsFirst(o) ? partsOf(UNITS, o) : inParts(ready('dpCountUnitsInParts', o), addCounts);
}

function ready<U extends string, F extends string | readonly string[]>(where: string, o: DpCountUnitsOptions<U, F>): Ready<U, ExactCounts, GroupRow<KeyOf<F>>> {
  const grouped = checkGrouped<U>(where, o);
  const { by, single, keys, unit, spend, declared, choices, port } = grouped;
  const groupsPerUnit = checkGroupsPerUnit(where, o.groupsPerUnit);
  const { design, step, ...statement } = makeCount({ where, unit, by, spend, groupsPerUnit, declared, law: choices.law, minUnits: choices.minUnits });
  const plan = countUnitsPlan(unit, by, single, keys === undefined ? 'all' : 'public', groupsPerUnit);
  const { l0, noise, threshold, minUnits } = design;
  return {
    ...grouped,
    sum: (table, sampleKey) => runCountUnits(table, plan, keys, sampleKey, where),
    finish: (total) => {
      const exact = total.value ?? { keys: keys?.keys ?? [], counts: new Float64Array(keys?.keys.length ?? 0), pairs: 0, unitsAboveBound: 0, rowsWithoutKey: 0 };
      const noisy = addDesignedNoise(port, noise, { places: l0, each: 1, counted: true }, { values: exact.counts, keys: exact.keys, newKeys: keys === undefined ? l0 : 0 });
      const rows: GroupRow<KeyOf<F>>[] = [];
      exact.keys.forEach((key, at) => {
        if (threshold === null || (exact.counts[at]! >= minUnits && noisy[at]! >= threshold)) rows.push({ key: key as KeyOf<F>, state: 'value', count: noisy[at]! });
      });
      // The order in which keys were met tells who came first: discovered keys are put in an order of published things.
      if (keys === undefined) rows.sort(inOrder('count'));
      return makeProtected(statement.guarantee, {
        value: rows,
        statement: { ...statement, steps: [...total.steps, step] },
        secure: port.secure,
        report: new OperatorReport({ groups: exact.keys.length, published: rows.length, pairs: exact.pairs, unitsAboveBound: exact.unitsAboveBound, rowsWithoutKey: exact.rowsWithoutKey, ...total.dropped }),
      });
    },
  };
}
