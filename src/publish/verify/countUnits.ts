import { designCounts } from '../../dp/aggregates/countDesign.js';
import { spendOf } from '../../dp/budget/spend.js';
import type { Manifest } from '../release/manifest.js';
import { check, type Check } from './check.js';

/** Recomputes noise scale and threshold of a private count from the budget and the bound that the manifest states. */
export function verifyCountUnits(manifest: Manifest, data: unknown): readonly Check[] {
  const { guarantee, bounds, measures, keys, parameters } = manifest;
  const groupsPerUnit = bounds['groupsPerUnit'];
  if (guarantee.kind !== 'differential-privacy' || typeof groupsPerUnit !== 'number') {
    return [check('parameters', false, 'a private count states differential privacy and groupsPerUnit')];
  }
  const discover = keys.origin === 'discovered';
  const design = designCounts('verifyManifest', spendOf(guarantee.epsilon, guarantee.delta), groupsPerUnit, discover);
  const noise = measures.find((measure) => measure.name === 'count')?.noise;
  const scale = noise?.law === 'discrete-laplace' ? noise.scale : 0;
  const checks = [
    check('noise scale', scale >= design.noise.scale, `stated ${scale}, needed ${design.noise.scale} = groupsPerUnit / epsilon`),
    check('delta', discover || guarantee.delta === 0, discover ? 'paid for discovered keys' : 'declared keys need none'),
  ];
  if (!discover) return checks;
  const threshold = Number(parameters['threshold']);
  const smallest = smallestCount(data);
  return [
    ...checks,
    check('threshold', threshold >= design.threshold!, `stated ${threshold}, needed ${design.threshold}`),
    check('published counts', smallest >= threshold, `the smallest published count is ${smallest}`),
  ];
}

function smallestCount(data: unknown): number {
  if (!Array.isArray(data)) return NaN;
  return (data as readonly { readonly count?: unknown }[]).reduce((least, { count }) => (typeof count === 'number' ? Math.min(least, count) : least), Infinity);
}
