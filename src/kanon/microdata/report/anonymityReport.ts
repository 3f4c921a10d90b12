import { checkOneOf, checkOptions } from '../../../core/checks.js';
import type { Personal } from '../../../core/holders/personal.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Key } from '../../../core/statement.js';
import { columnOf, type FieldOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import { checkModels } from '../models/checkModels.js';
import { compileModels, onClasses, sensitiveFields } from '../models/compile.js';
import { classCounts } from '../models/classCounts.js';
import type { ClassModel, ClassView, SizeHistogram, TableModel } from '../models/model.js';
import { histogramOf } from '../models/tableModels.js';
import type { PrivacyModel } from '../models/spec.js';
import { codeSensitive, sensitiveColumn } from '../plan/prepare.js';
import { marked } from '../plan/inSample.js';
import { checkFieldNames, classesOf, fieldCodes, type Classes, type FieldCodes } from './fieldCodes.js';

export interface AnonymityReportOptions<F extends string = string> {
  /** The fields that somebody may know of a person, taken as they are. */
  readonly quasiIdentifiers: readonly F[];
  readonly models: readonly PrivacyModel[];
  /** A true/false (or 1/0) field: which rows are the table; the others are known as the population behind it only. */
  readonly inSample?: F;
  /** What a unit with several rows is: an error (default), or represented by its first row. */
  readonly severalRows?: 'reject' | 'keep-first';
}

/** What one model measures. */
export interface ModelFinding {
  readonly model: string;
  readonly holds: boolean;
  /** The measured value: of the worst class, or of the table for a rule on the table as a whole. `null`: there are no rows. */
  readonly value: number | null;
  /** Classes that break the rule, and their rows. */
  readonly failingClasses: number;
  readonly failingRows: number;
  /** The quasi-identifiers of the worst class and its rows; `null` for a rule on the table as a whole. */
  readonly worstClass: { readonly key: { readonly [field: string]: string }; readonly rows: number } | null;
}

export interface AnonymityFigures {
  readonly rows: number;
  readonly classes: number;
  readonly smallestClass: number;
  readonly largestClass: number;
  readonly models: readonly ModelFinding[];
}

const where = 'anonymityReport';

/**
 * Measures privacy models on rows as they are: what k, l, t and so on they attain, and which class is the worst.
 *
 * **When.** Before a search, to see how far off a table is; after one, to check released rows by other means. A missing
 * value is a value of its own (pycanon drops such rows and reports too large a k). As pycanon's functions of one name
 * each, or ARX's statistics of a result; the overall distribution of a sensitive value is that of the rows given.
 *
 * **Guarantee.** None: exact figures about private data, for the operator. Cost: one pass for each field and sensitive
 * field, and one over classes and values for each model.
 *
 * @throws {TokumeiError} `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_MODEL` before data are read; `TOKUMEI_FIELD`,
 * `TOKUMEI_ROWS_PER_UNIT`, `TOKUMEI_POPULATION`, `TOKUMEI_SENSITIVE_VALUES` after.
 * @example
 * const rows = [{ id: 1, age: 30, job: 'a' }, { id: 2, age: 30, job: 'b' }, { id: 3, age: 41, job: 'a' }];
 * const { models } = anonymityReport(personal(rows, { unit: 'person', unitOf: 'id' }), {
 *   quasiIdentifiers: ['age'],
 *   models: [{ model: 'k-anonymity', k: 2 }],
 * }).figures;
 * models[0]?.value; // => 1
 * models[0]?.worstClass; // => { key: { age: '41' }, rows: 1 }
 */
export function anonymityReport<Row, U extends string>(records: Personal<Row, U>, options: AnonymityReportOptions<FieldOf<Row, Key>>): OperatorReport<AnonymityFigures> {
  const o: AnonymityReportOptions = checkOptions(options, where);
  const fields = checkFieldNames(o.quasiIdentifiers, where);
  const models = checkModels(o.models, where);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  const table = unwrap(records, where);
  const coded = fieldCodes(table, fields, severalRows, where);
  const named = sensitiveFields(models).map((field) => codeSensitive(table, field, coded.rows, where));
  const sensitive = { sensitive: named.map(({ column }) => column), texts: named.map(({ texts }) => texts) };
  const inSample = o.inSample === undefined ? undefined : marked(columnOf(table, o.inSample, where, 'inSample', 'refused').coded, coded.rows);
  const classes = classesOf(coded);
  const view = viewOf(classes, sensitive.sensitive, inSample, where);
  let rows = 0;
  let occupied = 0;
  let smallest = Infinity;
  let largest = 0;
  for (const size of view.sizes) {
    if (size === 0) continue;
    rows += size;
    occupied++;
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
  }
  const compiled = compileModels(models, { where, rows, hasPopulation: inSample !== undefined, sensitive: (field) => sensitiveColumn(sensitive, field, inSample) });
  const sizes = histogramOf(view.sizes);
  const key = (c: number): { key: Record<string, string>; rows: number } => ({ key: keyOf(coded, classes.examples[c]!), rows: view.sizes[c]! });
  return new OperatorReport<AnonymityFigures>({
    rows,
    classes: occupied,
    smallestClass: occupied === 0 ? 0 : smallest,
    largestClass: largest,
    models: compiled.inOrder.map((model) => (onClasses(model) ? classFinding(model, view, key) : tableFinding(model, sizes))),
  });
}

function viewOf(classes: Classes, sensitive: readonly { readonly codes: Int32Array; readonly size: number; readonly name: string }[], inSample: Uint8Array | undefined, where: string): ClassView {
  const { classOf, count } = classes;
  const counts = sensitive.map(({ name, codes, size }) => {
    const out = classCounts(count, size, name, where);
    for (let i = 0; i < codes.length; i++) out[classOf[i]! * size + codes[i]!]! += inSample === undefined ? 1 : inSample[i]!;
    return out;
  });
  if (inSample === undefined) return { count, sizes: classes.sizes, populations: undefined, counts };
  const sizes = new Int32Array(count);
  for (let i = 0; i < classOf.length; i++) sizes[classOf[i]!]! += inSample[i]!;
  return { count, sizes, populations: classes.sizes, counts };
}

function keyOf(coded: FieldCodes, position: number): Record<string, string> {
  return Object.fromEntries(coded.fields.map((field, a) => [field, coded.text(a, coded.codes[a]![position]!)]));
}

function classFinding(model: ClassModel, view: ClassView, key: (c: number) => { key: Record<string, string>; rows: number }): ModelFinding {
  const marks = new Uint8Array(view.count);
  if (model.breaks === undefined) model.mark(view, marks, 1);
  let failingClasses = 0;
  let failingRows = 0;
  let worst = -1;
  let value: number | null = null;
  for (let c = 0; c < view.count; c++) {
    if (view.sizes[c] === 0) continue;
    const measured = model.measure(view, c);
    if (model.breaks === undefined ? marks[c] !== 0 : model.breaks(measured, view, c)) {
      failingClasses++;
      failingRows += view.sizes[c]!;
    }
    if (value === null || (model.worse === 'smaller' ? measured < value : measured > value)) {
      value = measured;
      worst = c;
    }
  }
  const holds = failingClasses === 0 && model.possible?.(view) !== false;
  return { model: model.name, holds, value, failingClasses, failingRows, worstClass: worst < 0 ? null : key(worst) };
}

function tableFinding(model: TableModel, sizes: SizeHistogram): ModelFinding {
  const holds = model.holds(sizes);
  return { model: model.name, holds, value: sizes.rows === 0 ? null : model.measure(sizes), failingClasses: holds ? 0 : sizes.classes, failingRows: holds ? 0 : sizes.rows, worstClass: null };
}
