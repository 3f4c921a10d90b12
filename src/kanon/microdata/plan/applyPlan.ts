import { checkOneOf, checkOptions } from '../../../core/checks.js';
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
import { checkModels, compileModels, sensitiveFields } from '../models/compile.js';
import { Checker } from '../search/checker.js';
import { heightObjective } from '../search/objectives/precision.js';
import { searchTable } from '../search/searchTable.js';
import { hierarchyHash, type Plan } from './plan.js';
import { prepare, sensitiveColumn, type Prepared, type QuasiIdentifier } from './prepare.js';

/** One released row: generalized quasi-identifiers as text, further fields as they are. */
export type AnonymousRow = Readonly<Record<string, Key>>;

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
 * @throws {TokumeiError} `TOKUMEI_PLAN`, `TOKUMEI_PLAN_HIERARCHY`, `TOKUMEI_PLAN_MODELS`, `TOKUMEI_RELEASE_FIELDS` when
 * called; `TOKUMEI_SUPPRESSION_LIMIT`, `TOKUMEI_UNSEEN_VALUE`, `TOKUMEI_MISSING_VALUE`, `TOKUMEI_ROWS_PER_UNIT`,
 * `TOKUMEI_FIELD` with data.
 */
/* @__NO_SIDE_EFFECTS__ */
export function applyPlan<Row, U extends string>(plan: Plan, options: ApplyPlanOptions): (records: Personal<Row, U>) => Protected<readonly AnonymousRow[], KAnonymity<U>> {
  const o = checkOptions(options, where);
  const { quasiIdentifiers, k } = checkPlan(plan, o);
  const release = o.release ?? [];
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  const beyondLimit = checkOneOf(o.beyondLimit ?? 'refuse', where, 'beyondLimit', 'TOKUMEI_BEYOND_LIMIT', ['refuse', 'suppress']);
  const sensitive = sensitiveFields(plan.models);
  return (records) => {
    const table = unwrap(records, where);
    const prepared = prepare(table, { where, quasiIdentifiers, sensitive, severalRows });
    const stepOf = assign(prepared, plan);
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
      report: new OperatorReport({ rows: stepOf.length, released: kept, suppressed, unseen: prepared.unseen, attainedK: attained(prepared, plan, stepOf) }),
    });
  };
}

/** The step of the plan that keeps each row, -1 where none does. */
function assign(prepared: Prepared, plan: Plan): Int32Array {
  const total = prepared.rows.length;
  const stepOf = new Int32Array(total).fill(-1);
  if (total === 0) return stepOf;
  const { classModels, tableModels } = compileModels(plan.models, { where, rows: total, hasPopulation: false, sensitive: (field) => sensitiveColumn(prepared, field) });
  let left: number[] = Array.from({ length: total }, (_, i) => i);
  plan.steps.forEach((levels, step) => {
    if (left.length === 0) return;
    const table = searchTable(
      prepared.attributes.map(({ hierarchy, codes }) => ({ hierarchy, codes: Int32Array.from(left, (i) => codes[i]!) })),
      prepared.sensitive.map(({ name, size, codes }) => ({ name, size, codes: Int32Array.from(left, (i) => codes[i]!) })),
      left.length,
    );
    const checker = new Checker(table, classModels, tableModels, heightObjective(table, 'sum', levels.map(() => 1)), left.length);
    const { kept } = checker.summarize(Uint8Array.from(levels)).summary;
    const rest: number[] = [];
    left.forEach((row, i) => {
      if (kept[table.entryOf[i]!] === 1) stepOf[row] = step;
      else rest.push(row);
    });
    left = rest;
  });
  return stepOf;
}

function rowsOf(table: PersonalTable, prepared: Prepared, plan: Plan, stepOf: Int32Array, release: readonly string[]): AnonymousRow[] {
  const further = release.map((field) => ({ field, coded: columnOf(table, field, where, 'release', 'refused').coded }));
  const rows: AnonymousRow[] = [];
  for (let i = 0; i < stepOf.length; i++) {
    if (stepOf[i]! < 0) continue;
    const levels = plan.steps[stepOf[i]!]!;
    const row: Record<string, Key> = {};
    prepared.fields.forEach((field, a) => put(row, field, generalized(prepared, a, levels[a]!, i)));
    for (const { field, coded } of further) {
      const code = coded.codes[prepared.rows[i]!]!;
      put(row, field, code < 0 ? null : (coded.content(code) as Key));
    }
    rows.push(row);
  }
  return rows;
}

const generalized = ({ attributes, built }: Prepared, a: number, level: number, row: number): string =>
  built[a]!.texts[level]![built[a]!.coded.levels[level]!.codes[attributes[a]!.codes[row]!]!]!;

/** The size of the smallest released class, over all steps together. */
function attained(prepared: Prepared, plan: Plan, stepOf: Int32Array): number | null {
  const sizes = new Map<string, number>();
  for (let i = 0; i < stepOf.length; i++) {
    if (stepOf[i]! < 0) continue;
    const levels = plan.steps[stepOf[i]!]!;
    const key = JSON.stringify(prepared.fields.map((_, a) => generalized(prepared, a, levels[a]!, i)));
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  let least: number | null = null;
  for (const size of sizes.values()) if (least === null || size < least) least = size;
  return least;
}

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

function checkPlan(plan: Plan, o: ApplyPlanOptions): { quasiIdentifiers: Record<string, QuasiIdentifier>; k: number } {
  const bad = (parameter: string, expected: string): never => {
    throw new TokumeiError('TOKUMEI_PLAN', { where, parameter, expected });
  };
  if (typeof plan !== 'object' || plan === null || plan.planVersion !== 1) bad('plan', 'a plan of searchPlan, version 1');
  if (!Array.isArray(plan.fields) || plan.fields.length === 0) bad('plan.fields', 'at least one field');
  if (!(typeof plan.suppressionLimit === 'number' && plan.suppressionLimit >= 0 && plan.suppressionLimit <= 1)) bad('plan.suppressionLimit', 'a share from 0 to 1');
  checkModels(plan.models, where);
  const ks = plan.models.flatMap((model) => (model.model === 'k-anonymity' || model.model === 'alpha-k-anonymity' ? [model.k] : []));
  if (ks.length === 0 || plan.models.some(({ model }) => model === 'delta-presence' || model === 'k-map')) {
    throw new TokumeiError('TOKUMEI_PLAN_MODELS', { where, message: 'rows are released under k-anonymity: search the plan with { model: \'k-anonymity\', k } among its models, and without models that need the population' });
  }
  const quasiIdentifiers: [string, QuasiIdentifier][] = plan.fields.map(({ field, hierarchy, height, missing, unseen }, a) => {
    const given = Object.hasOwn(o.hierarchies ?? {}, field) ? o.hierarchies[field] : undefined;
    if (given === undefined || hierarchyHash(given) !== hierarchy) {
      throw new TokumeiError('TOKUMEI_PLAN_HIERARCHY', { where, message: `the hierarchy of ${JSON.stringify(field)} is not the one that the plan was searched with` });
    }
    if (!Array.isArray(plan.steps) || plan.steps.length === 0 || plan.steps.some((levels) => !Number.isSafeInteger(levels[a]) || levels[a]! < 0 || levels[a]! > height || height !== given.rows[0]!.length - 1)) bad('plan.steps', 'levels within the hierarchies');
    return [field, { hierarchy: given, missing, unseen, duplicateLeaves: 'count' }];
  });
  const names = plan.fields.map(({ field }) => field);
  if ((o.release ?? []).some((field) => typeof field !== 'string' || names.includes(field))) {
    throw new TokumeiError('TOKUMEI_RELEASE_FIELDS', { where, parameter: 'release', expected: 'names of fields that are no quasi-identifiers of the plan' });
  }
  return { quasiIdentifiers: Object.fromEntries(quasiIdentifiers), k: Math.max(...ks) };
}

function put(row: Record<string, Key>, field: string, value: Key): void {
  if (field === '__proto__') Object.defineProperty(row, field, { value, enumerable: true, configurable: true, writable: true });
  else row[field] = value;
}
