import { TokumeiError } from '../../../core/errors.js';
import type { DifferentialPrivacy } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../../core/holders/protected.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Json, Key, KeyOrigin, MeasureStatement, Statement, Step } from '../../../core/statement.js';
import { accumulate, type Accumulated, type Accumulator, type PersonalState } from '../../../table/accumulator.js';
import { compareContent, type Content } from '../../../table/columns/coded.js';
import { freshSampleKey } from '../../../table/grouping/sampleKey.js';
import { addSums, noSums, runSumUnits, type ExactSums } from '../../../table/grouping/unitSums.js';
import type { Measured, SumUnitsPlan } from '../../../table/plan.js';
import { unwrap } from '../../../table/table.js';
import { consumeSlice } from '../../budget/slice.js';
import type { SumDesign } from './design.js';
import { addDesignedNoise } from './noise.js';
import type { Grouped } from './options.js';

/** What an aggregate says of itself in the manifest, from public figures alone: a verifier makes it anew from the manifest. */
export interface Description {
  readonly mechanism: string;
  readonly design: SumDesign;
  readonly bounds: { readonly [name: string]: number };
  readonly parameters: { readonly [name: string]: Json };
  readonly measures: readonly MeasureStatement[];
  readonly accuracy: { readonly [name: string]: Json };
  readonly notCovered: readonly string[];
}

type GroupKey = Key | readonly Key[];
/** The names and values that a line has beside its key. */
type Cells = Readonly<Record<string, unknown>>;

/** An aggregate of bounded contributions: what is summed, how it is noised, and what is shown of it. */
export interface SumJob<U extends string> extends Grouped<U> {
  readonly description: Description;
  readonly measured: Measured;
  /** By groups, or by rows in all of them: one of the two. */
  readonly bound: { readonly groupsPerUnit: number | null; readonly rowsPerUnit: number | null };
  /** One line for all groups together, with the key null. */
  readonly pooled?: boolean;
  /** How many numbers of a group are noised, and what they are, from its exact sums: as these are, when left out. */
  readonly noised?: { readonly width: number; readonly from: (sums: ExactSums, at: number, out: Float64Array, offset: number) => void };
  /** A line of the result, from the noised numbers of its group: post-processing. */
  readonly line: (noisy: Float64Array) => Cells;
  /** The measure by which lines of discovered keys are put in falling order; by key when left out. */
  readonly order?: string;
}

type Table<Line, U extends string> = Protected<readonly Line[], DifferentialPrivacy<U>>;

/** The aggregate as a stage. */
export function stageOf<Row, U extends string, Line>(job: SumJob<U>): (p: Personal<Row, U>) => Table<Line, U> {
  const plan = planOf(job);
  return (p) => {
    const table = unwrap(p, job.where);
    consumeSlice(job.slice, table.unit as U, job.where);
    const value = runSumUnits(table, plan, job.keys, weightOf(job), freshSampleKey(job.port.random), job.where);
    return finish(job, plan, { value, steps: table.steps, dropped: table.dropped });
  };
}

/** The aggregate in parts: spends its slice at once and finishes once. */
export function partsOf<Row, U extends string, Line>(job: SumJob<U>): Accumulator<Row, U, PersonalState, Table<Line, U>> {
  const plan = planOf(job);
  consumeSlice(job.slice, job.unit, job.where);
  const sampleKey = freshSampleKey(job.port.random);
  let finished = false;
  return accumulate<Row, U, ExactSums, Table<Line, U>>(
    job.where,
    (table) => runSumUnits(table, plan, job.keys, weightOf(job), sampleKey, job.where),
    addSums,
    (total) => {
      if (finished) throw new TokumeiError('TOKUMEI_FINISHED', { where: job.where, message: 'was finished before: a slice pays for one result' });
      finished = true;
      return finish(job, plan, total);
    },
  );
}

const weightOf = (job: SumJob<string>): ((groups: number) => number) => job.description.design.keys?.weight ?? (() => 1);

function planOf({ unit, by, single, keys, bound, measured, pooled = false }: SumJob<string>): SumUnitsPlan {
  return Object.freeze({ op: 'sum-units', unit, by, single, keys: keys === undefined ? 'all' : 'public', ...bound, measured, pooled, hash: 'siphash', missingKey: 'null-group', missingValue: 'row-left-out' });
}

function finish<U extends string, Line>(job: SumJob<U>, plan: SumUnitsPlan, total: Accumulated<ExactSums>): Table<Line, U> {
  const exact = total.value ?? noSums(plan, job.keys);
  const { design } = job.description;
  const shown = design.keys?.choose(job.port, exact.keys, exact.weights);
  const { width, noisy } = addNoise(job, exact);
  const lines: ({ key: GroupKey; state: 'value' } & Cells)[] = [];
  exact.keys.forEach((key, at) => {
    if (shown === undefined || shown[at] === 1) lines.push({ key, state: 'value', ...job.line(noisy.subarray(at * width, (at + 1) * width)) });
  });
  // The order in which keys were met tells who came first: discovered keys are put in an order of published things.
  if (shown !== undefined) lines.sort(inOrder(job.order));
  const guarantee: DifferentialPrivacy<U> = { kind: 'differential-privacy', unit: job.unit, ...design.cost };
  const { pairs, unitsAboveBound, rowsWithoutKey, rowsWithoutValue } = exact;
  return makeProtected(guarantee, {
    value: lines as readonly unknown[] as readonly Line[],
    statement: statementOf(job, guarantee, total.steps),
    secure: job.port.secure,
    report: new OperatorReport({ groups: exact.keys.length, published: lines.length, pairs, unitsAboveBound, rowsWithoutKey, rowsWithoutValue, ...total.dropped }),
  });
}

/**
 * Noise for all keys, selected or not: how much is drawn does not depend on what is selected, and what was not selected is
 * dropped afterwards.
 */
function addNoise(job: SumJob<string>, exact: ExactSums): { readonly width: number; readonly noisy: Float64Array } {
  const { noise, reach, l0, keys } = job.description.design;
  const width = job.noised?.width ?? exact.totals.width;
  const values = new Float64Array(exact.keys.length * width);
  const names: unknown[] = [];
  exact.keys.forEach((key, at) => {
    if (job.noised !== undefined) job.noised.from(exact, at, values, at * width);
    else for (let column = 0; column < width; column++) values[at * width + column] = exact.totals.clamped(exact.places[at]!, column);
    if (width === 1) names.push(key);
    else for (let column = 0; column < width; column++) names.push([key, column]);
  });
  return { width, noisy: addDesignedNoise(job.port, noise, reach, { values, keys: names, newKeys: keys === null ? 0 : l0 * width }) };
}

function inOrder(measure: string | undefined): (a: { readonly key: GroupKey } & Cells, b: { readonly key: GroupKey } & Cells) => number {
  const byKey = (a: { readonly key: GroupKey }, b: { readonly key: GroupKey }): number => compareContent(a.key as Content, b.key as Content);
  return measure === undefined ? byKey : (a, b) => (b[measure] as number) - (a[measure] as number) || byKey(a, b);
}

function statementOf<U extends string>(job: SumJob<U>, guarantee: DifferentialPrivacy<U>, steps: readonly Step[]): Statement {
  const { description, by, unit } = job;
  const { mechanism, bounds, parameters, measures, accuracy, notCovered } = description;
  return {
    unit,
    by,
    guarantee,
    mechanism,
    parameters,
    measures,
    keys: job.pooled === true ? { origin: 'none' } : keyOriginOf(description.design, job.declared),
    bounds,
    steps: [...steps, { stage: job.where, by, ...bounds, keys: job.keys === undefined ? (job.pooled === true ? 'all' : 'discovered') : 'public' }],
    accuracy,
    notCovered,
  };
}

/** Where the keys came from, for the manifest. */
export function keyOriginOf({ keys }: SumDesign, declared: number | 'discover'): KeyOrigin {
  if (keys === null) return { origin: 'public', declared: declared === 'discover' ? 0 : declared };
  return { origin: 'discovered', rule: `${keys.rule} selection by distinct units`, threshold: keys.likelyFrom, delta: keys.parameters['delta'] as number };
}
