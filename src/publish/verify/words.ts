import type { Json } from '../../core/statement.js';
import { isRecord, sameJson } from '../../rank/verify/sameJson.js';
import { intervalAccuracy } from '../../rank/toRanking.js';
import type { Manifest } from '../release/manifest.js';
import { check, type Check } from './check.js';

/** Holds what a release under rules says of its accuracy, and of what it does not cover, against what its mechanism says. */
export function wordChecks(manifest: Manifest, exactly: { readonly [name: string]: Json }, notCovered: readonly string[]): readonly Check[] {
  const ranked = manifest.steps.some(({ stage }) => stage === 'toRanking');
  const fits = ranked ? intervalsOf(manifest).some((rankIntervals) => sameJson(manifest.accuracy, { ...exactly, rankIntervals })) : sameJson(manifest.accuracy, exactly);
  return [check('accuracy', fits, 'as the mechanism gives it'), check('not covered', sameJson(manifest.notCovered, notCovered), 'as the mechanism says')];
}

/** Of a ranked list: places among all declared keys, or, where some were withheld when it was ranked, among those that are shown. */
function intervalsOf({ accuracy, keys, measures }: Manifest): readonly { readonly [name: string]: Json }[] {
  const stated = accuracy['rankIntervals'];
  const confidence = isRecord(stated) && typeof stated['confidence'] === 'number' ? stated['confidence'] : NaN;
  const declared = keys.origin === 'public' ? keys.declared : 0;
  return (['published-items', 'population'] as const).map((target) => intervalAccuracy(measures[0]!, target, declared, confidence));
}
