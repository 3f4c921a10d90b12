import { checkInteger, checkOneOf, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Personal } from '../../../core/holders/personal.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Key } from '../../../core/statement.js';
import type { FieldOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import { histogramOf } from '../models/tableModels.js';
import type { UniquenessEstimator } from '../models/spec.js';
import { separation } from '../risk/quasiIdentifiers.js';
import { reidentificationRisk, type ReidentificationRisk } from '../risk/reidentification.js';
import { suda2 } from '../risk/suda2.js';
import { uniquenessEstimate } from '../risk/uniqueness.js';
import { checkFieldNames, classesOf, fieldCodes, type FieldCodes } from './fieldCodes.js';

export interface RiskReportOptions<F extends string = string> {
  /** The fields that somebody may know of a person; or all that might be such, to be told which are. */
  readonly quasiIdentifiers: readonly F[];
  /** Rows with a risk above this are at risk. No default. */
  readonly threshold: number;
  /** People in the population that the rows are a sample of: then population uniques are estimated. */
  readonly populationSize?: number;
  /** The largest sets of fields that separation and special uniques are worked out for. Default 2; one grouping for each set. */
  readonly setSize?: number;
  /** What a unit with several rows is: an error (default), or represented by its first row. */
  readonly severalRows?: 'reject' | 'keep-first';
}

/** How well a set of fields tells people apart. */
export interface FieldSeparation {
  readonly fields: readonly string[];
  /** Different combinations by rows. */
  readonly distinction: number;
  /** The share of pairs of rows that differ. */
  readonly separation: number;
  /** The share of rows that are alone. */
  readonly unique: number;
}

export interface RiskFigures extends ReidentificationRisk {
  readonly rows: number;
  readonly classes: number;
  /** The share of rows that are alone with their quasi-identifiers. */
  readonly sampleUniques: number;
  /** Estimated people of the population who are alone, by each estimator; `null`: it has no solution. Empty without `populationSize`. */
  readonly populationUniques: { readonly [E in UniquenessEstimator]?: number | null };
  /** Sets of fields, the most telling first: which of them are quasi-identifiers. */
  readonly separation: readonly FieldSeparation[];
  /** Rows that are alone with some set of up to `setSize` fields, and for each field its share of their scores (SUDA2). */
  readonly specialUniques: { readonly rows: number; readonly contribution: { readonly [field: string]: number } };
}

const where = 'riskReport';

/**
 * How easily people are found again in rows as they are: prosecutor, journalist and marketer risk, sample and
 * population uniques, special uniques, and which sets of fields tell people apart.
 *
 * **When.** Before quasi-identifiers are chosen: give every field that might be one, and `separation` says which are.
 * After a release: give the released rows (suppressed rows are not among them, and must not be).
 * As ARX's risk analysis; sdcMicro's `suda2` without its DIS calibration.
 *
 * **Guarantee.** None: exact figures about private data, for the operator.
 * Cost: one grouping of all rows for each set of up to `setSize` fields (at most 100,000 sets, up to 30 fields).
 *
 * @throws {TokumeiError} `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_RISK` before data are read; `TOKUMEI_FIELD`,
 * `TOKUMEI_ROWS_PER_UNIT` after.
 * @example
 * const rows = [1, 2, 3, 4].map((id) => ({ id, age: 30 + id, town: 'Kobe' }));
 * const risk = riskReport(personal(rows, { unit: 'person', unitOf: 'id' }), { quasiIdentifiers: ['age', 'town'], threshold: 0.2 });
 * risk.figures.prosecutor.highest; // => 1
 * risk.figures.separation[0]?.fields; // => ['age']
 */
export function riskReport<Row, U extends string>(records: Personal<Row, U>, options: RiskReportOptions<FieldOf<Row, Key>>): OperatorReport<RiskFigures> {
  const o: RiskReportOptions = checkOptions(options, where);
  const fields = checkFieldNames(o.quasiIdentifiers, where);
  const setSize = Math.min(fields.length, checkInteger(o.setSize ?? 2, where, 'setSize', 'TOKUMEI_RISK', 1));
  if (fields.length > 30) throw new TokumeiError('TOKUMEI_RISK', { where, parameter: 'quasiIdentifiers', expected: 'at most 30 fields', received: fields.length });
  if (o.populationSize !== undefined) checkInteger(o.populationSize, where, 'populationSize', 'TOKUMEI_RISK', 1);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  // Asked first, so that a threshold out of range is told before data are read.
  reidentificationRisk([], { threshold: o.threshold });
  const coded = fieldCodes(unwrap(records, where), fields, severalRows, where);
  const { sizes } = classesOf(coded);
  const histogram = histogramOf(sizes);
  if (o.populationSize !== undefined && o.populationSize < histogram.rows) {
    throw new TokumeiError('TOKUMEI_RISK', { where, message: 'populationSize is below the number of rows' });
  }
  const alone = histogram.sizes[0] === 1 ? histogram.counts[0]! : 0;
  return new OperatorReport<RiskFigures>({
    rows: histogram.rows,
    classes: histogram.classes,
    ...reidentificationRisk(sizes, { threshold: o.threshold }),
    sampleUniques: histogram.rows === 0 ? 0 : alone / histogram.rows,
    populationUniques: o.populationSize === undefined ? {} : estimates(histogram, o.populationSize),
    separation: separation(coded.codes, setSize).map(({ columns, ...rest }) => ({ fields: columns.map((a) => fields[a]!), ...rest })),
    specialUniques: special(coded, setSize),
  });
}

function estimates(histogram: ReturnType<typeof histogramOf>, populationSize: number): RiskFigures['populationUniques'] {
  const names: readonly UniquenessEstimator[] = ['pitman', 'zayatz', 'snb', 'dankar'];
  return Object.fromEntries(names.map((name) => {
    const estimate = uniquenessEstimate(name, histogram, populationSize);
    return [name, Number.isNaN(estimate) ? null : estimate];
  }));
}

function special({ codes, fields }: FieldCodes, setSize: number): RiskFigures['specialUniques'] {
  const { minimalUniques, score, contributions } = suda2(codes, setSize);
  const total = score.reduce((sum, value) => sum + value, 0);
  const share = (a: number): number => (total === 0 ? 0 : contributions[a]!.reduce((sum, part, i) => sum + part * score[i]!, 0) / total);
  return { rows: minimalUniques.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0), contribution: Object.fromEntries(fields.map((field, a) => [field, share(a)])) };
}
