import { checkOneOf, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Personal } from '../../../core/holders/personal.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { LongCall } from '../../../core/progress.js';
import type { FieldOf } from '../../../table/fields.js';
import { columnOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import type { Key } from '../../../core/statement.js';
import { checkModels } from '../models/checkModels.js';
import { compileModels, sensitiveFields } from '../models/compile.js';
import type { PrivacyModel } from '../models/spec.js';
import { checkObjective, compileObjective, type ObjectiveOptions } from '../search/objectives/spec.js';
import type { Ties } from '../search/inTurn.js';
import { searchLattice, type LatticeResult } from '../search/searchLattice.js';
import { searchTable, type CodedSensitive } from '../search/searchTable.js';
import type { CodedAttribute } from '../hierarchies/coded.js';
import { marked } from './inSample.js';
import { LOCAL_MODELS } from './localModels.js';
import { hierarchyHash, type Plan } from './plan.js';
import { checkQuasiIdentifiers, prepare, sensitiveColumn, type Prepared, type QuasiIdentifier } from './prepare.js';

export interface SearchPlanOptions<F extends string = string> extends LongCall {
  /** The fields that somebody may know of a person, each with its hierarchy. */
  readonly quasiIdentifiers: { readonly [K in F]?: QuasiIdentifier };
  readonly models: readonly PrivacyModel[];
  /** The share of rows that may be suppressed, from 0 to 1. No default. */
  readonly suppressionLimit: number;
  readonly objective: ObjectiveOptions;
  /** A true/false (or 1/0) field: which rows are the table; the others are known as the population behind it only. */
  readonly inSample?: F;
  /**
   * Which of equally large classes a rule on the table as a whole suppresses first: those that generalization has cost
   * most, so that least is lost (`'dearest'`, default), or those that it has cost least, as ARX does.
   */
  readonly ties?: Ties;
  /** `'full-domain'` (default), or `'local'`: rows that the first levels suppress are generalized once more by themselves, and so on. */
  readonly recoding?: 'full-domain' | 'local';
  /** What a unit with several rows is: an error (default), or represented by its first row. */
  readonly severalRows?: 'reject' | 'keep-first';
  /** Stop after so many looks at nodes and hand out the best so far, said to be not proven optimal. Default: none. */
  readonly nodeBudget?: number;
}

/** What the search tells the operator. */
export interface SearchFigures {
  readonly plan: Plan;
  /** Nodes of the lattice, and how many of them were looked at. */
  readonly nodes: number;
  readonly looks: number;
  /** Rows left out because a value is unseen. */
  readonly unseenRows: number;
}

const where = 'searchPlan';

/**
 * Finds how rows can be generalized with the least loss so that privacy models hold: optimal full-domain
 * generalization with record suppression (ARX's problem), by branch and bound.
 *
 * **Guarantee.** None by itself: a plan is chosen on private data and stays with the operator; `applyPlan` releases
 * rows under it. **Duties.** `quasiIdentifiers` must name every field that somebody may know; one row of each unit.
 *
 * In ARX: `ARXAnonymizer.anonymize` with the same models, limit and quality model. Cost: about 10 ns for each distinct
 * row and node looked at; a few hundred nodes for a lattice of ten thousand. Gives the event loop a turn at least every 50 ms
 * (a single look at a million different rows takes about as long).
 *
 * @throws {TokumeiError} `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_HIERARCHY`, `TOKUMEI_MODEL`, `TOKUMEI_OBJECTIVE`,
 * `TOKUMEI_SUPPRESSION_LIMIT`, `TOKUMEI_TIES`, `TOKUMEI_NODE_BUDGET`, `TOKUMEI_LOCAL_RECODING` before data are read; `TOKUMEI_FIELD`,
 * `TOKUMEI_MISSING_VALUE`, `TOKUMEI_UNSEEN_VALUE`, `TOKUMEI_ROWS_PER_UNIT`, `TOKUMEI_POPULATION`, `TOKUMEI_NO_ROWS`,
 * `TOKUMEI_NO_PLAN` after.
 */
export async function searchPlan<Row, U extends string>(
  records: Personal<Row, U>,
  options: SearchPlanOptions<FieldOf<Row, Key>>,
): Promise<OperatorReport<SearchFigures>> {
  const o = checkSearch(options as SearchPlanOptions);
  const table = unwrap(records, where);
  const sensitive = [...new Set([...sensitiveFields(o.models), ...(o.objective.measure === 'classification' ? [o.objective.target] : [])])];
  const prepared = prepare(table, { where, quasiIdentifiers: Object.entries(o.quasiIdentifiers as Record<string, QuasiIdentifier>), sensitive, severalRows: o.severalRows ?? 'reject' });
  const inSample = o.inSample === undefined ? undefined : marked(columnOf(table, o.inSample, where, 'inSample', 'refused').coded, prepared.rows);
  const rows = inSample === undefined ? prepared.rows.length : inSample.reduce((sum, mark) => sum + mark, 0);
  if (rows === 0) throw new TokumeiError('TOKUMEI_NO_ROWS', { where, message: 'there are no rows to generalize' });
  const limit = Math.floor(o.suppressionLimit * rows);
  const first = await searchSteps(prepared, inSample, rows, limit, o);
  if (first === undefined) {
    throw new TokumeiError('TOKUMEI_NO_PLAN', {
      where,
      message: o.nodeBudget === undefined
        ? 'no levels satisfy the models within suppressionLimit (k may be above the number of rows); allow more suppression, higher levels or weaker models'
        : 'no levels were found within nodeBudget; allow more looks or more suppression',
    });
  }
  const { steps, result } = first;
  const entries = Object.entries(o.quasiIdentifiers as Record<string, QuasiIdentifier>);
  const plan: Plan = {
    planVersion: 1,
    disclosure: 'levels and figures were chosen on private data: not for publication',
    fields: entries.map(([field, q]) => ({
      field,
      hierarchy: hierarchyHash(q.hierarchy),
      height: q.hierarchy.rows[0]!.length - 1,
      missing: q.missing ?? 'reject',
      unseen: q.unseen ?? 'reject',
    })),
    steps,
    models: o.models,
    ties: o.ties ?? 'dearest',
    suppressionLimit: o.suppressionLimit,
    objective: o.objective,
    check: {
      rows,
      classes: result.summary.classes,
      suppressedClasses: result.summary.suppressedClasses,
      suppressedRows: first.suppressedRows,
      smallestClass: result.summary.smallest,
      largestClass: result.summary.largest,
      score: result.score,
      scorePerAttribute: result.scorePerAttribute === undefined ? null : Object.fromEntries(entries.map(([field], a) => [field, result.scorePerAttribute![a]!])),
      provenOptimal: result.provenOptimal && steps.length === 1,
      bound: result.bound,
      models: result.summary.models.map(({ name, value, example, rows: size }) => ({
        model: name,
        worst: value,
        worstClass: example < 0 ? null : { key: classKey(prepared, first.entryOf, example, result.node), rows: size },
      })),
    },
  };
  const nodes = entries.reduce((all, [, q]) => all * ((q.maxLevel ?? q.hierarchy.rows[0]!.length - 1) - (q.minLevel ?? 0) + 1), 1);
  return new OperatorReport<SearchFigures>({ plan, nodes, looks: result.looks, unseenRows: prepared.unseen });
}

/** What a class shows: found by a row of one of its entries. */
function classKey({ fields, attributes, built }: Prepared, entryOf: Int32Array, entry: number, node: Uint8Array): Record<string, string> {
  const row = entryOf.indexOf(entry);
  return Object.fromEntries(fields.map((field, a) => [field, built[a]!.texts[node[a]!]![built[a]!.coded.levels[node[a]!]!.codes[attributes[a]!.codes[row]!]!]!]));
}

const contextOf = (prepared: Pick<Prepared, 'sensitive' | 'texts'>, rows: number, inSample: Uint8Array | undefined): Parameters<typeof compileModels>[1] => ({
  where,
  rows,
  hasPopulation: inSample !== undefined,
  sensitive: (field) => sensitiveColumn(prepared, field, inSample),
});

interface Found {
  readonly steps: readonly (readonly number[])[];
  readonly result: LatticeResult;
  readonly suppressedRows: number;
  /** The entry behind each row, in the first step. */
  readonly entryOf: Int32Array;
}

async function searchSteps(prepared: Prepared, inSample: Uint8Array | undefined, rows: number, limit: number, o: SearchPlanOptions): Promise<Found | undefined> {
  const compiled = compileModels(o.models, contextOf(prepared, rows, inSample));
  const quasiIdentifiers = Object.values(o.quasiIdentifiers as Record<string, QuasiIdentifier>);
  const low = Uint8Array.from(quasiIdentifiers, ({ minLevel = 0 }) => minLevel);
  const high = Uint8Array.from(quasiIdentifiers, ({ hierarchy, maxLevel = hierarchy.rows[0]!.length - 1 }) => maxLevel);
  const local = o.recoding === 'local';
  let attributes: readonly CodedAttribute[] = prepared.attributes;
  let sensitive: readonly CodedSensitive[] = prepared.sensitive;
  const steps: number[][] = [];
  let first: LatticeResult | undefined;
  let entryOf: Int32Array | undefined;
  let left = prepared.rows.length;
  let looks = 0;
  for (;;) {
    const table = searchTable(attributes, sensitive, left, inSample);
    const result = await searchLattice(table, {
      ...compiled,
      objective: compileObjective(o.objective, table),
      // In local recoding what is suppressed now is generalized by the next step: only the last rest counts.
      limit: local ? table.rows : limit,
      ...(o.ties === undefined ? {} : { ties: o.ties }),
      low,
      high,
      ...(o.signal === undefined ? {} : { signal: o.signal }),
      ...(o.onProgress === undefined ? {} : { onProgress: o.onProgress }),
      ...(o.nodeBudget === undefined ? {} : { nodeBudget: Math.max(1, o.nodeBudget - looks) }),
    });
    if (result === undefined) return undefined;
    looks += result.looks;
    first ??= result;
    entryOf ??= table.entryOf;
    if (!local) return { steps: [[...result.node]], result, suppressedRows: result.summary.suppressedRows, entryOf };
    if (result.summary.classes > 0) steps.push([...result.node]);
    const rest: number[] = [];
    for (let i = 0; i < left; i++) if (result.summary.kept[table.entryOf[i]!] === 0) rest.push(i);
    if (rest.length === 0 || result.summary.classes === 0) {
      return steps.length === 0 || rest.length > limit ? undefined : { steps, result: { ...first, looks }, suppressedRows: rest.length, entryOf };
    }
    attributes = attributes.map(({ hierarchy, codes }) => ({ hierarchy, codes: Int32Array.from(rest, (i) => codes[i]!) }));
    sensitive = sensitive.map(({ name, size, codes }) => ({ name, size, codes: Int32Array.from(rest, (i) => codes[i]!) }));
    left = rest.length;
  }
}

function checkSearch(options: SearchPlanOptions): SearchPlanOptions {
  const o = checkOptions(options, where);
  checkQuasiIdentifiers(o.quasiIdentifiers as Record<string, QuasiIdentifier>, where);
  checkModels(o.models, where);
  checkObjective(o.objective, where);
  if (typeof o.suppressionLimit !== 'number' || !(o.suppressionLimit >= 0 && o.suppressionLimit <= 1)) {
    throw new TokumeiError('TOKUMEI_SUPPRESSION_LIMIT', { where, parameter: 'suppressionLimit', expected: 'a share from 0 to 1', received: o.suppressionLimit });
  }
  if (o.nodeBudget !== undefined && !(Number.isSafeInteger(o.nodeBudget) && o.nodeBudget >= 1)) {
    throw new TokumeiError('TOKUMEI_NODE_BUDGET', { where, parameter: 'nodeBudget', expected: 'a whole number of at least 1', received: o.nodeBudget });
  }
  checkOneOf(o.ties ?? 'dearest', where, 'ties', 'TOKUMEI_TIES', ['dearest', 'arx']);
  checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  if (checkOneOf(o.recoding ?? 'full-domain', where, 'recoding', 'TOKUMEI_LOCAL_RECODING', ['full-domain', 'local']) === 'local') {
    const unfit = o.models.find(({ model }) => !LOCAL_MODELS.includes(model));
    if (unfit !== undefined || o.inSample !== undefined) {
      throw new TokumeiError('TOKUMEI_LOCAL_RECODING', { where, parameter: 'recoding', expected: `'full-domain' with ${unfit?.model ?? 'a population'}, which looks at the table as a whole`, received: 'local' });
    }
  }
  return o;
}
