import { checkOneOf, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Personal } from '../../../core/holders/personal.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import { unwrap } from '../../../table/table.js';
import type { Hierarchy } from '../hierarchies/hierarchy.js';
import { sensitiveFields } from '../models/compile.js';
import { assignSteps, releasedClasses, type ReleasedClasses } from '../plan/assignSteps.js';
import { checkPlan } from '../plan/checkPlan.js';
import type { Plan } from '../plan/plan.js';
import { prepare, type Prepared } from '../plan/prepare.js';

export interface QualityReportOptions {
  /** The hierarchies that the plan was searched with. */
  readonly hierarchies: { readonly [field: string]: Hierarchy };
  readonly severalRows?: 'reject' | 'keep-first';
}

/** What is left of one quasi-identifier; 0 is nothing lost, 1 is everything. Suppressed rows count as lost. */
export interface FieldQuality {
  /** The level of each step of the plan. */
  readonly levels: readonly number[];
  /** Share of the domain that a value stands for, a leaf counting 0 (Iyengar's Loss, as ARX's column report "granularity"). */
  readonly loss: number;
  /** Normalized certainty penalty: the same share, a leaf counting 0 and anything else its full share (Ghinita 2007). */
  readonly ncp: number;
  /** Level by height (Sweeney 2002). */
  readonly precision: number;
  /** Bits that a row leaves open about its original value, by the bits that the column has. */
  readonly openBits: number;
}

export interface QualityFigures {
  readonly rows: number;
  readonly released: number;
  readonly suppressed: number;
  readonly classes: number;
  readonly smallestClass: number;
  readonly fields: { readonly [field: string]: FieldQuality };
  /** Means over fields. */
  readonly loss: number;
  readonly ncp: number;
  /** Sum of squared class sizes, and rows by suppressed rows (Bayardo and Agrawal 2005). */
  readonly discernibility: number;
  /** `byClass`: rows by classes, all suppressed rows being one more (ARX). `byK`: released rows by classes by k (LeFevre 2006, pycanon). */
  readonly averageClassSize: { readonly byClass: number; readonly byK: number };
  /** Mean over rows of how many combinations of original values it might be. */
  readonly ambiguity: number;
  /** Mean over rows of the share of bits taken from its combination of values (Wan et al. 2015). */
  readonly entropyBasedLoss: number;
}

const where = 'qualityReport';

/**
 * What a plan leaves of rows, by field and by row: the plan's own or new rows, full-domain or local recoding.
 *
 * **When.** To compare plans, and to read off what local recoding has lost. Suppressed rows stay in every figure
 * (anjana and pycanon leave them out). **Guarantee.** None: exact figures about private data, for the operator.
 * Cost: a grouping for each step of the plan, and one pass for each field.
 *
 * @throws {TokumeiError} those of `applyPlan`
 */
export function qualityReport<Row, U extends string>(records: Personal<Row, U>, plan: Plan, options: QualityReportOptions): OperatorReport<QualityFigures> {
  const o = checkOptions(options, where);
  const { quasiIdentifiers, k } = checkPlan(plan, o.hierarchies, where);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  const prepared = prepare(unwrap(records, where), { where, quasiIdentifiers, sensitive: sensitiveFields(plan.models), severalRows });
  const rows = prepared.rows.length;
  if (rows === 0) throw new TokumeiError('TOKUMEI_NO_ROWS', { where, message: 'there are no rows' });
  const stepOf = assignSteps(prepared, plan, where);
  const released = releasedClasses(prepared, plan, stepOf);
  const suppressed = rows - released.rows.length;
  const fields = prepared.fields.map((field, a) => [field, fieldQuality(prepared, plan, stepOf, released, a)] as const);
  const mean = (of: (field: FieldQuality) => number): number => fields.reduce((sum, [, quality]) => sum + of(quality), 0) / fields.length;
  const classes = released.sizes.length;
  return new OperatorReport<QualityFigures>({
    rows,
    released: released.rows.length,
    suppressed,
    classes,
    smallestClass: classes === 0 ? 0 : released.sizes.reduce((a, b) => Math.min(a, b)),
    fields: Object.fromEntries(fields),
    loss: mean(({ loss }) => loss),
    ncp: mean(({ ncp }) => ncp),
    discernibility: released.sizes.reduce((sum, size) => sum + size * size, rows * suppressed),
    averageClassSize: { byClass: rows / (classes + (suppressed > 0 ? 1 : 0)), byK: classes === 0 ? 0 : released.rows.length / classes / k },
    ...combinations(prepared, plan, stepOf),
  });
}

function fieldQuality({ attributes }: Prepared, plan: Plan, stepOf: Int32Array, { rows, shown }: ReleasedClasses, a: number): FieldQuality {
  const { hierarchy, codes } = attributes[a]!;
  const { domain, height, levels } = hierarchy;
  const n = stepOf.length;
  let shares = n - rows.length;
  let penalties = shares;
  let steps = shares;
  for (const row of rows) {
    const level = plan.steps[stepOf[row]!]![a]!;
    const share = levels[level]!.share[levels[level]!.codes[codes[row]!]!]!;
    shares += share;
    if (share * domain > 1 + 1e-9) penalties += share;
    if (height > 0) steps += level / height;
  }
  const least = n / domain;
  return {
    levels: plan.steps.map((step) => step[a]!),
    loss: n - least <= 0 ? 0 : Math.max(0, (shares - least) / (n - least)),
    ncp: penalties / n,
    precision: steps / n,
    openBits: openBits(codes, rows, shown[a]!, n),
  };
}

/** Released rows: log2 of the rows that show the same by those of them with the same original. Suppressed rows: what the original is worth. */
function openBits(codes: Int32Array, rows: Int32Array, shown: Int32Array, n: number): number {
  const originals = new Map<number, number>();
  for (const code of codes) originals.set(code, (originals.get(code) ?? 0) + 1);
  const worth = (code: number): number => Math.log2(n / originals.get(code)!);
  let all = 0;
  for (const [code, count] of originals) all += count * worth(code);
  if (all === 0) return 0;
  const together = new Map<number, Map<number, number>>();
  let open = all;
  rows.forEach((row, i) => {
    let counts = together.get(shown[i]!);
    if (counts === undefined) together.set(shown[i]!, (counts = new Map<number, number>()));
    counts.set(codes[row]!, (counts.get(codes[row]!) ?? 0) + 1);
    open -= worth(codes[row]!);
  });
  for (const counts of together.values()) {
    let total = 0;
    for (const count of counts.values()) total += count;
    for (const count of counts.values()) open += count * Math.log2(total / count);
  }
  return Math.max(0, open / all);
}

function combinations({ attributes }: Prepared, plan: Plan, stepOf: Int32Array): { ambiguity: number; entropyBasedLoss: number } {
  const most = attributes.reduce((bits, { hierarchy }) => bits + Math.log2(hierarchy.domain), 0);
  let ambiguity = 0;
  let lost = 0;
  for (let row = 0; row < stepOf.length; row++) {
    let bits = 0;
    const step = stepOf[row]!;
    if (step < 0) bits = most;
    else {
      attributes.forEach(({ hierarchy, codes }, a) => {
        const level = hierarchy.levels[plan.steps[step]![a]!]!;
        bits += Math.log2(level.share[level.codes[codes[row]!]!]! * hierarchy.domain);
      });
    }
    ambiguity += 2 ** bits;
    lost += most === 0 ? 0 : bits / most;
  }
  return { ambiguity: ambiguity / stepOf.length, entropyBasedLoss: lost / stepOf.length };
}
