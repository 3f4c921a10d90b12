import { checkInteger } from '../../core/checks.js';
import { designCounts } from '../../dp/aggregates/countDesign.js';
import { spendOfGuarantee } from '../../dp/aggregates/engine/cost.js';
import type { CountNoise } from '../../dp/aggregates/engine/noise.js';
import { halfWidth } from '../../dp/aggregates/engine/halfWidth.js';
import { canonicalJson } from '../../hash/canonicalJson.js';
import type { Manifest } from '../release/manifest.js';
import { check, type Check } from './check.js';

const WHERE = 'verifyManifest';

/** Columns that a count or a ranking of counts has; whatever else stands in a line is no part of this mechanism. */
const COLUMNS = new Set(['key', 'state', 'count', 'rank', 'interval', 'share', 'bucket']);

/**
 * Recomputes noise scale and threshold of a private count from the budget and the bound that the manifest states, and
 * holds the lines against them. Figures out of range throw, which the caller turns into a failed check.
 */
export function verifyCountUnits(manifest: Manifest, data: unknown): readonly Check[] {
  const { guarantee, bounds, measures, keys, parameters, unit, accuracy } = manifest;
  if (guarantee.kind !== 'differential-privacy') return [check('guarantee', false, 'a private count is differentially private')];
  const groupsPerUnit = checkInteger(bounds['groupsPerUnit'], WHERE, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1);
  if (keys.origin !== 'public' && keys.origin !== 'discovered') return [check('keys', false, 'keys of a private count are public or discovered')];
  const declared = keys.origin === 'public' ? checkInteger(keys.declared, WHERE, 'declared', 'TOKUMEI_KEYS', 1) : 'discover';
  const { delta } = guarantee;
  const spend = spendOfGuarantee(WHERE, guarantee);
  const stated = measures.length === 1 && measures[0]!.name === 'count' ? measures[0]!.noise : undefined;
  if (stated === undefined || (stated.law !== 'discrete-laplace' && stated.law !== 'discrete-gaussian')) return [check('noise', false, 'one column, count, with Laplace or Gaussian noise')];
  const { noise, threshold, cost } = designCounts(WHERE, spend, groupsPerUnit, declared, stated.law === 'discrete-laplace' ? 'laplace' : 'gaussian');
  return [
    check('unit', unit === guarantee.unit, `${String(unit)}`),
    check('noise scale', spread(stated) >= spread(noise) * (1 - 1e-12), `stated ${spread(stated)}, needed ${spread(noise)}`),
    check('measure', guarantee.measure === cost.measure && delta === cost.delta && guarantee.rho === cost.rho, `${guarantee.measure}, delta ${delta}`),
    check('accuracy', canonicalJson(accuracy['count']) === canonicalJson({ confidence: 0.95, halfWidth: halfWidth(stated, 0.95) }), 'half width at 95 %'),
    ...(threshold === null ? [] : thresholdChecks(threshold, keys, parameters['threshold'], delta, data)),
    ...lineChecks(data, declared, manifest.steps.some(({ stage }) => stage === 'toRanking')),
  ];
}

const spread = (noise: CountNoise): number => (noise.law === 'discrete-laplace' ? noise.scale : noise.sigma);

function thresholdChecks(needed: number, keys: Manifest['keys'], stated: unknown, delta: number, data: unknown): readonly Check[] {
  const counts = Array.isArray(data) ? (data as readonly { readonly count?: unknown }[]).map(({ count }) => (typeof count === 'number' ? count : NaN)) : [];
  const said = keys.origin === 'discovered' ? keys.threshold : NaN;
  return [
    check('threshold', typeof stated === 'number' && stated >= needed && said === stated && keys.origin === 'discovered' && keys.delta === delta, `stated ${String(stated)}, needed ${needed}`),
    check('published counts', counts.every((count) => count >= Number(stated)), 'all at or above the threshold'),
  ];
}

function lineChecks(data: unknown, declared: number | 'discover', ranked: boolean): readonly Check[] {
  const lines = Array.isArray(data) ? (data as readonly Readonly<Record<string, unknown>>[]) : undefined;
  if (lines === undefined || !lines.every((line) => typeof line === 'object' && line !== null)) return [check('lines', false, 'the data is a list of lines')];
  return [
    check('columns', lines.every((line) => Object.keys(line).every((name) => COLUMNS.has(name))), 'those of a count or a ranking'),
    check('counts', lines.every(({ count }) => count === undefined || count === null || Number.isSafeInteger(count)), 'whole numbers'),
    check('number of lines', declared === 'discover' || (ranked ? lines.length <= declared : lines.length === declared), `${lines.length} of ${String(declared)}`),
  ];
}
