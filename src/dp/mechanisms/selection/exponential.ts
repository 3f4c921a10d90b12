import type { Rational } from '../../../numeric/rational.js';
import type { RandomSource } from '../../../random/source.js';
import { uniformBelow, uniformBelowBig } from '../../../random/uniform.js';
import { boundedRangeCost } from '../cost.js';
import { Candidates, LAST_LEVEL } from './candidates.js';
import { selectionMechanism, type SelectionMechanism, type SelectionOptions } from './options.js';

/**
 * The exponential mechanism: chooses a candidate with probability proportional to `exp(score / scale)`; with several
 * picks, each time among those that are left. Probabilities are exact.
 *
 * **When.** Which items lead (names, not counts), from declared candidates: `picks` of them, in order. The peeled mechanism is the same in
 * distribution as adding Gumbel noise once and taking the top (Durfee and Rogers 2019), so this is also the one-shot
 * Gumbel top-k. **Convention.** McSherry and Talwar 2007; OpenDP `make_noisy_top_k` under zCDP.
 * **Guarantee.** Each pick costs 2 sensitivity / scale in epsilon, half of that for monotone scores (all scores move in one
 * direction, as counts do when a unit is added), and epsilon²/8 in rho, being of bounded range. **Duties.** Candidates and `sensitivity`
 * (how much one unit moves any one score) are public; publish the order, never a score.
 * Cost: linear in the candidates, again where the leaders are used up; 100 picks of 10^5 candidates take 0.02 to 0.2 s of CPU.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_SCALE`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_SENSITIVITY`, `TOKUMEI_PICKS`; `TOKUMEI_NOISE_VALUE` when it runs.
 * @see docs/proofs/exponential-mechanism.md
 * @example
 * const leaders = exponentialMechanism({ epsilon: 1, sensitivity: 1, monotone: true, picks: 2 });
 * leaders.scale; // => 2
 * leaders.choose([120, 80, 119, 3]); // e.g. [2, 0]
 */
/* @__NO_SIDE_EFFECTS__ */
export function exponentialMechanism(options: SelectionOptions): SelectionMechanism {
  return selectionMechanism('exponentialMechanism', 'exponential', options, boundedRangeCost, peel);
}

/** `picks` positions (or all, where there are fewer), by peeling. */
export function peel(scores: ArrayLike<number>, rate: Rational, picks: number, random: RandomSource): number[] {
  const candidates = new Candidates(scores, rate);
  const chosen: number[] = [];
  while (chosen.length < picks && candidates.count > 0) {
    // Where all that was likely is gone, measuring from the best that is left keeps the coins likely to fall heads.
    if (!someBelow(candidates, LAST_LEVEL / 2)) candidates.sort();
    chosen.push(pickOne(candidates, random));
  }
  return chosen;
}

/** A level by its weight `size * 2^-level`, a candidate of it uniformly, and the exact coin: until one passes. */
function pickOne(candidates: Candidates, random: RandomSource): number {
  const { size, start, items } = candidates;
  let total = 0n;
  for (let level = 0; level <= LAST_LEVEL; level++) if (size[level]) total += BigInt(size[level] as number) << BigInt(LAST_LEVEL - level);
  for (;;) {
    let rest = uniformBelowBig(total, random);
    let level = 0;
    for (; ; level++) {
      const weight = BigInt(size[level] as number) << BigInt(LAST_LEVEL - level);
      if (rest < weight) break;
      rest -= weight;
    }
    const offset = uniformBelow(size[level] as number, random);
    if (candidates.passes(items[(start[level] as number) + offset] as number, level, random)) return candidates.remove(level, offset);
  }
}

function someBelow(candidates: Candidates, end: number): boolean {
  for (let level = 0; level < end; level++) if ((candidates.size[level] as number) > 0) return true;
  return false;
}
