import { checkInteger } from '../../core/checks.js';
import { byThreshold, CHOICE_OF_CELLS } from '../../kanon/tables/stages/notCovered.js';
import { sameJson } from '../../rank/verify/sameJson.js';
import type { Manifest } from '../release/manifest.js';
import { besideRule } from './beside.js';
import { check, type Check } from './check.js';
import { wordChecks } from './words.js';

/** Holds the lines of a thresholded count against the k that the manifest states. */
export function verifyThreshold(manifest: Manifest, data: unknown): readonly Check[] {
  const { guarantee, keys, parameters, steps } = manifest;
  const k = checkInteger(guarantee.kind === 'k-anonymity' ? guarantee.k : parameters['k'], 'verifyManifest', 'k', 'TOKUMEI_K_RANGE', 2);
  const [beside] = besideRule(manifest);
  const stated = beside === undefined ? { kind: 'k-anonymity', unit: manifest.unit, k } : { kind: 'table-control', unit: manifest.unit, rules: [`at least ${k} distinct ${manifest.unit}s`, beside] };
  if (guarantee.kind !== stated.kind) return [check('guarantee', false, `a threshold on units gives ${stated.kind}`)];
  const zeros = parameters['zeros'] === 'published';
  const lines = linesOf(data);
  if (lines === undefined) return [check('lines', false, 'the data is a list of lines')];
  const fits = ({ state, count }: Line): boolean => (state === 'suppressed' ? count === null : Number.isSafeInteger(count) && ((count as number) >= k || (zeros && count === 0)));
  const ranked = steps.some(({ stage }) => stage === 'toRanking');
  return [
    ...wordChecks(manifest, { count: 'exact' }, [...byThreshold(k, manifest.unit), ...(beside === undefined ? [] : [CHOICE_OF_CELLS])]),
    check('k', parameters['k'] === k && sameJson(guarantee, stated) && (keys.origin === 'public' || (keys.origin === 'threshold' && keys.k === k)), `${k}`),
    check('published counts', lines.every(fits), `all at least ${k}${zeros ? ' or 0' : ''}, or withheld`),
    check('number of lines', keys.origin !== 'public' || (ranked ? lines.length <= keys.declared : lines.length === keys.declared), `${lines.length}`),
  ];
}

/** One line of data that may come from a file. */
export interface Line {
  readonly state?: unknown;
  readonly count?: unknown;
}

export function linesOf(data: unknown): readonly Line[] | undefined {
  return Array.isArray(data) && data.every((line) => typeof line === 'object' && line !== null) ? (data as readonly Line[]) : undefined;
}
