import { COUNTS_OF_UNITS } from '../../dp/aggregates/countStatement.js';
import { check, type Check } from '../../rank/verify/check.js';
import { makeRanking } from '../../rank/private/verifyRanking.js';
import { PRIVATE_RANKING } from '../../rank/private/run/statementOf.js';
import type { Made, StatedManifest } from '../../rank/verify/made.js';
import { isRecord } from '../../rank/verify/sameJson.js';
import { checksOf } from '../../rank/verify/shape.js';
import { contentHash } from '../../hash/contentHash.js';
import { jsonCopy } from '../release/plain.js';
import type { Manifest, Release } from '../release/manifest.js';
import { isAggregate, remakeAggregate } from './aggregates.js';
import { verifyCellNoise } from './cellNoise.js';
import { remakeCountUnits } from './countUnits.js';
import { asStated, manifestChecks } from './manifestChecks.js';
import { apartFromTotal } from './shares.js';
import { notCheckedOf } from './notChecked.js';
import { verifyCountTable, verifySumTable } from './tables/verifyTable.js';
import { verifyThreshold } from './threshold.js';

/** What a third party finds out from a release alone. */
export interface Verification {
  /** True when every check passed and the mechanism is one that can be recomputed. */
  readonly valid: boolean;
  readonly checks: readonly Check[];
  /** In words, what no third party can find out from a release of this kind. */
  readonly notChecked: readonly string[];
}

/**
 * Checks a release with nothing but itself: that it is unchanged, and that everything it says follows from the budget and the bounds it states.
 *
 * **Guarantee.** A pass says that the whole statement (noise, threshold, cost, accuracy, steps, words) is what the stated inputs give
 * when it is made again, that manifest and lines have the fields of this mechanism and no others, each with values that it can
 * have, and that the content is what was hashed. That is so for differential privacy. For a threshold on units and for cell keys a
 * pass says less: that the lines fit the stated k or noise, the words on accuracy and on what is not covered, and the hash. For a table of `kTable` or `kSum`: that no published count is
 * below k, that all figures add up, the words, and that no withheld one follows from them by the verifier's own arithmetic. What a pass does
 * not say stands in `notChecked`. **Cost:** one SHA-256 of the release; for tables of up to 600 cells also a linear program for each withheld cell.
 *
 * Never throws for a bad release: whatever is wrong is a failed check.
 *
 * @param published a release, as it was made or read back from its JSON.
 */
export function verifyManifest(published: Release<unknown> | unknown): Verification {
  const shape = attempt(() => {
    const { data, manifest, ...more } = isRecord(published) ? (jsonCopy(published) as Record<string, unknown>) : {};
    return data !== undefined && isRecord(manifest) && manifest['manifestVersion'] === 1 && Object.keys(more).length === 0 ? { data, manifest } : undefined;
  });
  if (shape === undefined) return { valid: false, checks: [check('shape', false, 'not { data, manifest } of version 1')], notChecked: notCheckedOf(undefined) };
  const { data, manifest } = shape;
  const checks: Check[] = [check('shape', true, 'manifest of version 1')];
  const hash = attempt(() => contentHash(data, manifest));
  checks.push(check('content hash', hash !== undefined && manifest['contentHash'] === hash, `recomputed ${hash ?? 'nothing'}`), ...manifestChecks(manifest));
  checks.push(...(attempt(() => mechanismChecks(asStated(manifest), data)) ?? [check('parameters', false, 'the stated parameters are not ones that this mechanism can have')]));
  return { valid: checks.every(({ ok }) => ok), checks, notChecked: notCheckedOf(manifest['mechanism']) };
}

function mechanismChecks(manifest: StatedManifest | undefined, data: unknown): readonly Check[] {
  if (manifest === undefined) return [check('statement', false, 'a member is missing or of another type')];
  const rules = RULES.get(manifest.mechanism);
  if (rules !== undefined) return rules(manifest as unknown as Manifest, data);
  if (remakerOf(manifest.mechanism, manifest.parameters) === undefined) return [check('mechanism', false, 'no rule to recompute this mechanism')];
  if (manifest.guarantee.kind !== 'differential-privacy') return [check('guarantee', false, 'a mechanism of this kind is differentially private')];
  const { alone, checks } = apartFromTotal(manifest, remake);
  return [...checks, ...checksOf(alone, data, remake(alone))];
}

/** Mechanisms that promise by a rule and not by noise for a budget. */
const RULES: ReadonlyMap<string, (manifest: Manifest, data: unknown) => readonly Check[]> = /* @__PURE__ */ new Map([
  ['threshold on distinct units', verifyThreshold],
  ['noise by cell key', verifyCellNoise],
  ['threshold on distinct units with secondary suppression', verifyCountTable],
  ['rules on contributions with secondary suppression', verifySumTable],
]);

const remake = (manifest: StatedManifest): Made => remakerOf(manifest.mechanism, manifest.parameters)!(manifest);

function remakerOf(mechanism: string, parameters: StatedManifest['parameters']): ((manifest: StatedManifest) => Made) | undefined {
  // A count of units selects its keys by the noisy counts, unless it says how it selected them before.
  if (mechanism === COUNTS_OF_UNITS && !Object.hasOwn(parameters, 'keys')) return remakeCountUnits;
  if (mechanism === PRIVATE_RANKING) return makeRanking;
  return isAggregate(mechanism) ? remakeAggregate : undefined;
}

// A manifest read from a file may hold anything: what a verifier cannot compute with is a failed check.
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
