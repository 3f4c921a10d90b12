import { verifyRanking } from '../../rank/private/verifyRanking.js';
import { contentHash } from '../release/contentHash.js';
import type { Manifest, Release } from '../release/manifest.js';
import { isAggregate, verifyAggregate } from './aggregates.js';
import { check, type Check } from './check.js';
import { verifyCellNoise } from './cellNoise.js';
import { verifyCountUnits } from './countUnits.js';
import { verifyThreshold } from './threshold.js';

/** What a third party finds out from a release alone. */
export interface Verification {
  /** True when every check passed and the mechanism is one that can be recomputed. */
  readonly valid: boolean;
  readonly checks: readonly Check[];
}

type Verifier = (manifest: Manifest, data: unknown) => readonly Check[];

const VERIFIERS: Readonly<Record<string, Verifier>> = {
  'noisy counts of units': verifyCountUnits,
  'private ranking': verifyRanking,
  'threshold on distinct units': verifyThreshold,
  'noise by cell key': verifyCellNoise,
};

/**
 * Checks a release with nothing but itself: that it is unchanged, and that the stated noise pays for the stated guarantee.
 *
 * **Guarantee.** A pass says that the figures fit together: scale and threshold follow from budget and bounds, and the
 * content is what was hashed. It cannot say that the publisher used this code. **Cost:** one SHA-256 of the release.
 *
 * Never throws for a bad release: whatever is wrong is a failed check.
 *
 * @param published a release, as it was made or read back from its JSON.
 */
export function verifyManifest(published: Release<unknown> | unknown): Verification {
  let shape: Release<unknown> | undefined;
  guarded('shape', () => {
    shape = asRelease(published);
    return [];
  });
  if (shape === undefined) return { valid: false, checks: [check('shape', false, 'not { data, manifest } of version 1')] };
  const { data, manifest } = shape;
  const checks: Check[] = [check('shape', true, 'manifest of version 1')];
  const verifier = Object.hasOwn(VERIFIERS, manifest.mechanism) ? VERIFIERS[manifest.mechanism] : isAggregate(manifest.mechanism) ? verifyAggregate : undefined;
  checks.push(...guarded('content hash', () => {
    const hash = contentHash(data, manifest);
    return [check('content hash', manifest.contentHash === hash, `recomputed ${hash}`)];
  }));
  if (verifier === undefined) checks.push(check('mechanism', false, 'no rule to recompute this mechanism'));
  else checks.push(...guarded('parameters', () => verifier(manifest, data)));
  return { valid: checks.every(({ ok }) => ok), checks };
}

function asRelease(value: unknown): Release<unknown> | undefined {
  const { data, manifest } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Release<unknown>>;
  const m = manifest as Partial<Manifest> | undefined;
  const fits =
    data !== undefined && typeof m === 'object' && m !== null && m.manifestVersion === 1 && typeof m.mechanism === 'string' &&
    isObject(m.guarantee) && isObject(m.bounds) && isObject(m.parameters) && isObject(m.keys) && Array.isArray(m.measures);
  return fits ? { data, manifest: m as Manifest } : undefined;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

// A manifest read from a file may hold anything: what a verifier cannot compute with is a failed check.
function guarded(name: string, run: () => readonly Check[]): readonly Check[] {
  try {
    return run();
  } catch {
    return [check(name, false, 'the stated parameters are not ones that this mechanism can have')];
  }
}
