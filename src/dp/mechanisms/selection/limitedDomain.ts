import { checkInteger, checkOptions, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { divideRational, rational, rationalOf } from '../../../numeric/rational.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import { boundedRangeCost, scaleFor, type MechanismCost } from '../cost.js';
import { checkValues } from '../noise/addNoise.js';
import { peel } from './exponential.js';
import { checkPicks, selectionScale } from './options.js';

export interface LimitedDomainOptions {
  /** All picks together. */
  readonly epsilon: number;
  /** The probability with which a name that one unit brought may show. */
  readonly delta: number;
  /** At most this many names are published. */
  readonly picks: number;
  /** Only the names with the largest counts are looked at: this many. Ten times `picks` and more keeps the choice good. */
  readonly domain: number;
  /** In at most this many counts one unit appears (L0); left out, it may appear in all. */
  readonly groupsPerUnit?: number;
}

export interface LimitedDomainMechanism {
  readonly law: 'limited-domain';
  readonly scale: number;
  readonly picks: number;
  readonly domain: number;
  /** How far above the first count that is not looked at the threshold lies. */
  readonly margin: number;
  spend(): MechanismCost & { readonly delta: number };
  /**
   * Positions of the chosen names, in order; fewer than `picks` when the threshold was chosen first.
   * `compare` puts names in a fixed order that does not depend on the data, for equal counts: by the names' own content.
   */
  choose(counts: ArrayLike<number>, compare: (a: number, b: number) => number, random?: RandomSource): number[];
}

/**
 * Private top-k over names that are themselves private: only the largest counts are read, and the list ends where a threshold wins.
 *
 * **When.** The names are found in the data, there are very many, or one unit can be in any number of them; from a store that can
 * say `ORDER BY count DESC LIMIT domain + 1`. Names only, no counts. **Convention.** Durfee and Rogers 2019.
 * **Guarantee.** (epsilon, delta) for adding or removing one unit, which moves each count by at most one: `picks` exponential
 * mechanisms of bounded range, and delta for the names that only one side has. **Duties.** Counts are of distinct units; `compare`
 * looks at names alone. Cost: sorting the counts, then as `exponentialMechanism` on `domain` candidates.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_PICKS`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_NOISE_SCALE`; `TOKUMEI_NOISE_VALUE` when it runs.
 * @see docs/proofs/limited-domain.md
 * @example
 * const names = ['b', 'a', 'c'];
 * const top = limitedDomain({ epsilon: 1, delta: 1e-6, picks: 2, domain: 20, groupsPerUnit: 3 });
 * top.choose([900, 950, 2], (i, j) => (names[i]! < names[j]! ? -1 : 1)); // e.g. [1, 0]
 */
/* @__NO_SIDE_EFFECTS__ */
export function limitedDomain(options: LimitedDomainOptions): LimitedDomainMechanism {
  const where = 'limitedDomain';
  const { epsilon, delta, groupsPerUnit } = checkOptions(options, where);
  const picks = checkPicks(options.picks, where);
  const domain = checkInteger(options.domain, where, 'domain', 'TOKUMEI_PICKS', picks, 2 ** 24);
  if (!(delta > 0 && delta < 1)) throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'above 0 and below 1', received: delta });
  const l0 = groupsPerUnit === undefined ? Infinity : checkInteger(groupsPerUnit, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1);
  const scale = scaleFor(picks, checkPositive(epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE'));
  const exact = selectionScale(scale, where);
  // A whole number, rounded up with room for what Math.log may be off by. Each pick may fail with delta / picks, which zCDP needs.
  const margin = Math.ceil(1 + scale * Math.log((picks * Math.min(l0, domain)) / delta) * (1 + 2 ** -30));
  const rate = { numerator: exact.denominator, denominator: exact.numerator };
  return Object.freeze({
    law: 'limited-domain' as const,
    scale,
    picks,
    domain,
    margin,
    spend: () => ({ ...boundedRangeCost(divideRational(rational(1n), rationalOf(scale)), picks), delta }),
    choose: (counts: ArrayLike<number>, compare: (a: number, b: number) => number, random: RandomSource = secureRandom()) => {
      checkValues(counts, where);
      const order = Array.from({ length: counts.length }, (_, i) => i).filter((i) => (counts[i] as number) > 0);
      order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || compare(a, b));
      // Always `domain` candidates: places without a name count zero, and fall out when chosen.
      const scores = new Float64Array(domain + 1);
      for (let i = 0; i < Math.min(domain, order.length); i++) scores[i] = counts[order[i] as number] as number;
      const first = order[domain];
      scores[domain] = (first === undefined ? 0 : (counts[first] as number)) + margin;
      const chosen = peel(scores, rate, picks, random);
      const end = chosen.indexOf(domain);
      return (end < 0 ? chosen : chosen.slice(0, end)).filter((i) => i < order.length).map((i) => order[i] as number);
    },
  });
}
