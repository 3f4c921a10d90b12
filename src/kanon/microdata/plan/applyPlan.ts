import { checkOneOf, checkOptions } from '../../../core/checks.js';
import { setField } from '../../../core/setField.js';
import { TokumeiError } from '../../../core/errors.js';
import type { KAnonymity } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../../core/holders/protected.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Json, Key, Statement } from '../../../core/statement.js';
import { secureRandom, shuffle } from '../../../random/index.js';
import { columnOf } from '../../../table/fields.js';
import { unwrap, type PersonalTable } from '../../../table/table.js';
import type { Hierarchy } from '../hierarchies/hierarchy.js';
import { sensitiveFields } from '../models/compile.js';
import { assignSteps, generalized, releasedClasses } from './assignSteps.js';
import { checkPlan } from './checkPlan.js';
import type { Plan } from './plan.js';
import { prepare, type Prepared } from './prepare.js';
import { checkRelease } from './release.js';
import type { AnonymousRow } from '../transform/stages/releaseRows.js';
import { plainValue } from './values.js';

export interface ApplyPlanOptions {
  /** The hierarchies that the plan was searched with: their hashes must be those of the plan. */
  readonly hierarchies: { readonly [field: string]: Hierarchy };
  /** Fields released as they are: sensitive attributes, and what nobody can know of a person. Default: none. */
  readonly release?: readonly string[];
  /** More rows would be suppressed than the plan allows: nothing is released (default), or the rest is. */
  readonly beyondLimit?: 'refuse' | 'suppress';
  /** A unit with several rows: an error (default), or represented by its first row. */
  readonly severalRows?: 'reject' | 'keep-first';
}

const where = 'applyPlan';

/**
 * Generalizes rows by a plan, suppresses the classes that break a model, and shuffles what is left.
 *
 * The models are checked on the rows at hand, whether the plan was searched on them or on earlier ones: a plan can be
 * kept and applied to new rows. Suppressed rows are not in the result, and their number is in the operator's report.
 *
 * **Guarantee.** Every released combination of quasi-identifiers stands for at least k units. It bounds no inference
 * by itself, and not what several releases tell together. **Duties.** Fields in `release` must be unknown to others.
 *
 * @throws {TokumeiError} `TOKUMEI_PLAN`, `TOKUMEI_PLAN_HIERARCHY`, `TOKUMEI_PLAN_MODELS`, `TOKUMEI_MODEL`,
 * `TOKUMEI_OBJECTIVE`, `TOKUMEI_RELEASE_FIELDS` when called; `TOKUMEI_SUPPRESSION_LIMIT`, `TOKUMEI_UNSEEN_VALUE`,
 * `TOKUMEI_MISSING_VALUE`, `TOKUMEI_ROWS_PER_UNIT`, `TOKUMEI_FIELD` with data.
 */
/* @__NO_SIDE_EFFECTS__ */
export function applyPlan<Row, U extends string>(plan: Plan, options: ApplyPlanOptions): (records: Personal<Row, U>) => Protected<readonly AnonymousRow[], KAnonymity<U>> {
  const o = checkOptions(options, where);
  const { quasiIdentifiers, k } = checkPlan(plan, o.hierarchies, where);
  const release = checkRelease(o.release ?? [], plan.fields.map(({ field }) => field), where);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  const beyondLimit = checkOneOf(o.beyondLimit ?? 'refuse', where, 'beyondLimit', 'TOKUMEI_BEYOND_LIMIT', ['refuse', 'suppress']);
  const sensitive = sensitiveFields(plan.models);
  return (records) => {
    const table = unwrap(records, where);
    const prepared = prepare(table, { where, quasiIdentifiers, sensitive, severalRows });
    const stepOf = assignSteps(prepared, plan, where);
    const kept = stepOf.reduce((sum, step) => sum + (step >= 0 ? 1 : 0), 0);
    const suppressed = stepOf.length - kept;
    if (suppressed > Math.floor(plan.suppressionLimit * stepOf.length) && beyondLimit === 'refuse') {
      throw new TokumeiError('TOKUMEI_SUPPRESSION_LIMIT', {
        where,
        message: "more rows would be suppressed than the plan's suppressionLimit allows; search a new plan, or pass beyondLimit: 'suppress'",
      });
    }
    const guarantee: KAnonymity<U> = { kind: 'k-anonymity', unit: table.unit as U, k };
    return makeProtected(guarantee, {
      value: shuffle(rowsOf(table, prepared, plan, stepOf, release), secureRandom()),
      statement: statementOf(table, plan, guarantee, release),
      secure: true,
      report: new OperatorReport({ rows: stepOf.length, released: kept, suppressed, unseen: prepared.unseen, attainedK: smallest(releasedClasses(prepared, plan, stepOf).sizes) }),
    });
  };
}

function rowsOf(table: PersonalTable, prepared: Prepared, plan: Plan, stepOf: Int32Array, release: readonly string[]): AnonymousRow[] {
  const further = release.map((field) => ({ field, column: columnOf(table, field, where, 'release', 'refused') }));
  const rows: AnonymousRow[] = [];
  for (let i = 0; i < stepOf.length; i++) {
    if (stepOf[i]! < 0) continue;
    const levels = plan.steps[stepOf[i]!]!;
    const row: Record<string, Key> = {};
    prepared.fields.forEach((field, a) => setField(row, field, generalized(prepared, a, levels[a]!, i)));
    for (const { field, column } of further) setField(row, field, plainValue(column, prepared.rows[i]!, field, where));
    rows.push(row);
  }
  return rows;
}

const smallest = (sizes: Int32Array): number | null => (sizes.length === 0 ? null : sizes.reduce((a, b) => Math.min(a, b)));

function statementOf(table: PersonalTable, plan: Plan, guarantee: KAnonymity, release: readonly string[]): Statement {
  const models = JSON.parse(JSON.stringify(plan.models)) as Json;
  return {
    unit: table.unit,
    by: plan.fields.map(({ field }) => field),
    guarantee,
    mechanism: 'generalization of rows by a plan',
    parameters: { models, suppressionLimit: plan.suppressionLimit, steps: plan.steps, hierarchies: plan.fields.map(({ hierarchy }) => hierarchy) },
    measures: [],
    keys: { origin: 'threshold', k: guarantee.k },
    bounds: { rowsPerUnit: 1 },
    steps: [...table.steps, { stage: where, release }],
    accuracy: {},
    notCovered: [
      'levels were chosen on private data: that choice is itself a disclosure',
      'what can be inferred of a person whose class shares a sensitive value, beyond the models named',
      'comparison with other releases about the same people',
    ],
  };
}
