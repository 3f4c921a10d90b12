import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Json } from '../../core/statement.js';
import { checkRowBound, describeCountRows } from '../../dp/aggregates/countRows.js';
import { checkDistinct, describeDistinct } from '../../dp/aggregates/distinct.js';
import { spendOfGuarantee } from '../../dp/aggregates/engine/cost.js';
import type { Asked } from '../../dp/aggregates/engine/describe.js';
import { keyOriginOf, type Description } from '../../dp/aggregates/engine/job.js';
import { checkChoices } from '../../dp/aggregates/engine/options.js';
import { checkPowers, describeBounds } from '../../dp/aggregates/shapes/bounds.js';
import { checkBins } from '../../dp/aggregates/shapes/edges.js';
import { describeHistogram } from '../../dp/aggregates/shapes/histogram.js';
import { checkRanks, describeQuantiles } from '../../dp/aggregates/shapes/quantiles.js';
import { checkMoments, describeMoments } from '../../dp/aggregates/sums/moments.js';
import { checkSum, describeSum } from '../../dp/aggregates/sums/sum.js';
import { checkVector, describeVectorSum } from '../../dp/aggregates/sums/vectorSum.js';
import type { Manifest } from '../release/manifest.js';
import { check, type Check } from './check.js';

const WHERE = 'verifyManifest';

/** Makes an aggregate's description anew from what a manifest states, by the code that made it first. */
type Describe = (asked: Asked, stated: Readonly<Record<string, unknown>>) => Description;

/** By mechanism; with the columns that a line has beside `key` and `state`. */
const AGGREGATES: Readonly<Record<string, { readonly describe: Describe; readonly columns: readonly string[] }>> = {
  'noisy counts of rows': { describe: (asked, o) => describeCountRows(asked, checkRowBound(WHERE, o)), columns: ['count'] },
  'noisy counts of distinct values': { describe: (asked, o) => describeDistinct(asked, checkDistinct(WHERE, o as never)), columns: ['distinct'] },
  'noisy sums': { describe: (asked, o) => describeSum(asked, checkSum(WHERE, o as never)), columns: ['sum'] },
  'noisy means': { describe: (asked, o) => describeMoments(asked, checkMoments(WHERE, o as never), 1), columns: ['mean', 'interval', 'count'] },
  'noisy variances': { describe: (asked, o) => describeMoments(asked, checkMoments(WHERE, o as never), 2), columns: ['variance', 'standardDeviation', 'mean', 'interval', 'count'] },
  'noisy vector sums': { describe: (asked, o) => describeVectorSum(asked, checkVector(WHERE, o as never)), columns: ['sums'] },
  'noisy histograms': { describe: (asked, o) => describeHistogram(asked, checkBins(WHERE, o as never)), columns: ['counts'] },
  'noisy bounds': { describe: (asked, o) => describeBounds(asked, checkPowers(WHERE, o as never)), columns: ['lower', 'upper'] },
  'noisy quantiles': { describe: (asked, o) => describeQuantiles(asked, { ...checkBins(WHERE, o as never), ranks: checkRanks(WHERE, o['ranks']) }), columns: ['quantiles', 'intervals', 'count'] },
};

/** Columns that a ranking of a table adds. */
const RANKED = ['rank', 'interval', 'share', 'bucket'];

/** Whether {@link verifyAggregate} knows a mechanism. */
export const isAggregate = (mechanism: string): boolean => Object.hasOwn(AGGREGATES, mechanism);

/**
 * Recomputes noise, selection of keys, cost and accuracy of an aggregate from the budget, the bounds and the parameters that
 * the manifest states, and holds the lines against them. Figures out of range throw, which the caller turns into a failed check.
 */
export function verifyAggregate(manifest: Manifest, data: unknown): readonly Check[] {
  const { describe, columns } = AGGREGATES[manifest.mechanism]!;
  const { guarantee, keys, unit, parameters, bounds, measures, accuracy } = manifest;
  if (guarantee.kind !== 'differential-privacy') return [check('guarantee', false, 'an aggregate of this kind is differentially private')];
  const pooled = manifest.mechanism === 'noisy bounds';
  if (pooled ? keys.origin !== 'none' : keys.origin !== 'public' && keys.origin !== 'discovered') return [check('keys', false, 'keys are public or discovered, and none where groups are pooled')];
  const declared = keys.origin === 'public' ? checkInteger(keys.declared, WHERE, 'declared', 'TOKUMEI_KEYS', 1) : pooled ? 1 : 'discover';
  const asked: Asked = { where: WHERE, unit: guarantee.unit, spend: spendOfGuarantee(WHERE, guarantee), declared, choices: choicesOf(parameters) };
  const made = describe(asked, { ...parameters, ...bounds });
  const { cost } = made.design;
  const ranked = manifest.steps.some(({ stage }) => stage === 'toRanking');
  return [
    check('unit', unit === guarantee.unit, String(unit)),
    check('measure', guarantee.measure === cost.measure && same(guarantee.delta, cost.delta) && same(guarantee.rho ?? null, cost.rho ?? null), `${guarantee.measure}, delta ${guarantee.delta}`),
    check('noise', same(measures, made.measures as unknown as Json), `needed ${JSON.stringify(made.design.noise)}`),
    check('parameters', same(parameters, made.parameters), 'as budget and bounds give them'),
    check('bounds', same(bounds, made.bounds), 'those of the mechanism and no others'),
    check('keys', pooled || same(keys, keyOriginOf(made.design, declared) as unknown as Json), keys.origin),
    check('accuracy', same(ranked ? withoutRanks(accuracy) : accuracy, made.accuracy), 'the interval of the noise law'),
    ...lineChecks(data, declared, ranked ? [...columns, ...RANKED] : columns, ranked),
  ];
}

/** What a ranking adds is checked by nobody here: places follow from the lines and the noise. */
function withoutRanks({ rankIntervals: _, ...accuracy }: { readonly [name: string]: Json }): { readonly [name: string]: Json } {
  return accuracy;
}

function choicesOf(parameters: Manifest['parameters']): Asked['choices'] {
  const keys = parameters['keys'] as { readonly rule?: unknown } | undefined;
  const noise = parameters['noise'];
  if (noise !== 'discrete-laplace' && noise !== 'discrete-gaussian') throw new TokumeiError('TOKUMEI_NOISE', { where: WHERE, parameter: 'noise', expected: 'one of the two laws', received: noise });
  return checkChoices(WHERE, { noise: noise === 'discrete-laplace' ? 'laplace' : 'gaussian', keysShare: parameters['keysShare'], keyRule: keys?.rule });
}

/** Equal JSON, where numbers may differ by what engines' elementary functions do: 1e-12 of them. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [x, y] = [a, b] as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  const names = Object.keys(x);
  return names.length === Object.keys(y).length && Array.isArray(a) === Array.isArray(b) && names.every((name) => Object.hasOwn(y, name) && same(x[name], y[name]));
}

function lineChecks(data: unknown, declared: number | 'discover', columns: readonly string[], ranked: boolean): readonly Check[] {
  const lines = Array.isArray(data) ? (data as readonly unknown[]) : undefined;
  if (lines === undefined || !lines.every((line) => typeof line === 'object' && line !== null)) return [check('lines', false, 'the data is a list of lines')];
  const known = new Set(['key', 'state', ...columns]);
  return [
    check('columns', lines.every((line) => Object.keys(line as object).every((name) => known.has(name))), 'those of the mechanism'),
    check('numbers', lines.every((line) => finite(line)), 'all finite'),
    check('number of lines', declared === 'discover' || (ranked ? lines.length <= declared : lines.length === declared), `${lines.length} of ${String(declared)}`),
  ];
}

const finite = (value: unknown): boolean => (typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null || Object.values(value).every(finite));
