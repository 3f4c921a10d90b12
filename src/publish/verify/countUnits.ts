import { designCounts, type CountNoise } from '../../dp/aggregates/countDesign.js';
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
  const stated = measures.find((measure) => measure.name === 'count')?.noise;
  if (stated === undefined || stated.law === 'none') return [check('noise', false, 'a private count has noise')];
  const law = stated.law === 'discrete-laplace' ? 'laplace' : 'gaussian';
  const { noise, threshold: needed } = designCounts('verifyManifest', spendOf(guarantee.epsilon, guarantee.delta), groupsPerUnit, keys.origin === 'public' ? keys.declared : 'discover', law);
  const checks = [
    check('noise scale', spread(stated) >= spread(noise) * (1 - 1e-12), `stated ${spread(stated)}, needed ${spread(noise)}`),
    check('measure', (guarantee.delta === 0) === (guarantee.measure === 'pure'), `${guarantee.measure}, delta ${guarantee.delta}`),
  ];
  if (!discover) return checks;
  const threshold = Number(parameters['threshold']);
  const smallest = smallestCount(data);
  return [
    ...checks,
    check('threshold', threshold >= needed!, `stated ${threshold}, needed ${needed}`),
    check('published counts', smallest >= threshold, `the smallest published count is ${smallest}`),
  ];
}

const spread = (noise: CountNoise): number => (noise.law === 'discrete-laplace' ? noise.scale : noise.sigma);

function smallestCount(data: unknown): number {
  if (!Array.isArray(data)) return NaN;
  return (data as readonly { readonly count?: unknown }[]).reduce((least, { count }) => (typeof count === 'number' ? Math.min(least, count) : least), Infinity);
}
