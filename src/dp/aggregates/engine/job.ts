import type { DifferentialPrivacy } from '../../../core/guarantee.js';
import { makeProtected } from '../../../core/holders/protected.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { KeyOrigin, Statement, Step } from '../../../core/statement.js';
import type { Accumulated } from '../../../table/accumulator.js';
import { addSums, noSums, runSumUnits, type ExactSums } from '../../../table/grouping/unitSums.js';
import type { SumUnitsPlan } from '../../../table/plan.js';
import type { SumDesign } from './design.js';
import { describe, type Bounded, type Description, type Kind, type Options, type Summed } from './kind.js';
import { addDesignedNoise } from './noise.js';
import { checkGrouped, copyOptions, type Grouped, type GroupedOptions } from './options.js';
import { inOrder, type LineOfKey } from './order.js';
import { atOnce, inParts, type PrivateLines, type PrivateParts, type PrivateStage, type Ready } from './stages.js';

/** A kind of aggregate as a stage. */
export function stageOf<Row, U extends string, C extends Bounded, Line>(kind: Kind<C>, options: object, where: string = kind.stage): PrivateStage<Row, U, Line> {
  return atOnce(ready<U, C, Line>(kind, options, where));
}

/** The same in parts. */
export function partsOf<Row, U extends string, C extends Bounded, Line>(kind: Kind<C>, options: object): PrivateParts<Row, U, Line> {
  return inParts(ready<U, C, Line>(kind, options, `${kind.stage}InParts`), addSums);
}

interface Job<U extends string> extends Grouped<U>, Summed {
  readonly description: Description;
  readonly pooled: boolean;
}

function ready<U extends string, C extends Bounded, Line>(kind: Kind<C>, options: object, where: string): Ready<U, ExactSums, Line> {
  const o = copyOptions(where, options) as Options;
  const grouped = checkGrouped<U>(where, o as unknown as GroupedOptions<U, unknown>, kind.pooled !== true);
  const checked = kind.check(where, o);
  const description = describe(kind, grouped, checked);
  const { noise, keys: selection } = description.design;
  const pooled = kind.pooled === true;
  const job: Job<U> = { ...grouped, ...kind.sums(checked, noise), description, pooled };
  const { unit, by, single, keys, measured } = job;
  const { groupsPerUnit = null, rowsPerUnit = null } = checked;
  const plan: SumUnitsPlan = Object.freeze({ op: 'sum-units', unit, by, single, keys: keys === undefined ? 'all' : 'public', groupsPerUnit, rowsPerUnit, measured, pooled, hash: 'siphash', missingKey: 'null-group', missingValue: 'row-left-out' });
  return {
    ...grouped,
    sum: (table, sampleKey) => runSumUnits(table, plan, keys, selection?.weight ?? (() => 1), sampleKey, where),
    finish: (total) => finish(job, plan, total),
  };
}

function finish<U extends string, L>(job: Job<U>, plan: SumUnitsPlan, total: Accumulated<ExactSums>): PrivateLines<U, L> {
  const exact = total.value ?? noSums(plan, job.keys);
  const { design } = job.description;
  const shown = design.keys?.choose(job.port, exact.keys, exact.weights);
  const { width, noisy } = addNoise(job, exact);
  const lines: (LineOfKey & Readonly<Record<string, unknown>>)[] = [];
  exact.keys.forEach((key, at) => {
    if (shown === undefined || shown[at] === 1) lines.push({ key, state: 'value', ...job.line(noisy.subarray(at * width, (at + 1) * width)) });
  });
  // The order in which keys were met tells who came first: discovered keys are put in an order of published things.
  if (shown !== undefined) lines.sort(inOrder(job.order));
  const guarantee: DifferentialPrivacy<U> = { kind: 'differential-privacy', unit: job.unit, ...design.cost };
  const { pairs, unitsAboveBound, rowsWithoutKey, rowsWithoutValue } = exact;
  return makeProtected(guarantee, {
    value: lines as readonly unknown[] as readonly L[],
    statement: statementOf(job, guarantee, total.steps),
    secure: job.port.secure,
    report: new OperatorReport({ groups: exact.keys.length, published: lines.length, pairs, unitsAboveBound, rowsWithoutKey, rowsWithoutValue, ...total.dropped }),
  });
}

/**
 * Noise for all keys, selected or not: how much is drawn does not depend on what is selected, and what was not selected is
 * dropped afterwards.
 */
function addNoise(job: Job<string>, exact: ExactSums): { readonly width: number; readonly noisy: Float64Array } {
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

function statementOf<U extends string>({ where, unit, by, keys, declared, pooled, description }: Job<U>, guarantee: DifferentialPrivacy<U>, steps: readonly Step[]): Statement {
  const { design, ...said } = description;
  return {
    ...said,
    unit,
    by,
    guarantee,
    keys: pooled ? { origin: 'none' } : keyOriginOf(design, declared),
    steps: [...steps, { stage: where, by, ...said.bounds, keys: keys === undefined ? (pooled ? 'all' : 'discovered') : 'public' }],
  };
}

/** Where the keys came from, for the manifest. */
export function keyOriginOf({ keys }: SumDesign, declared: number | 'discover'): KeyOrigin {
  if (keys === null) return { origin: 'public', declared: declared === 'discover' ? 0 : declared };
  return { origin: 'discovered', rule: `${keys.rule} selection by distinct units`, threshold: keys.likelyFrom, delta: keys.parameters['delta'] as number };
}
