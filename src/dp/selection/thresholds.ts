import { checkInteger } from '../../core/checks.js';
import { outwardMargin } from '../../numeric/outward.js';
import { smallestInteger } from '../../numeric/roots.js';
import { checkDeltaAbove0, checkEpsilonAbove0 } from '../accounting/checks.js';
import { discreteGaussianSigma } from '../accounting/discreteGaussian.js';
import { laplaceScale } from '../accounting/laplaceScale.js';
import type { NoiseLaw } from '../../core/statement.js';
import { noiseSurvival } from '../accounting/laws/noiseLaw.js';
import { checkGroupsPerUnit, checkPreThreshold, checkProbability, divideDelta, type SelectionOptions } from './checks.js';
import { thresholdFor } from './thresholdFor.js';
import type { ThresholdSelection } from './types.js';

export interface ThresholdOptions extends SelectionOptions {
  /** How much one unit can add to one key's count: 1 for distinct units (when left out), `rowsPerGroup` for rows. */
  readonly rowsPerGroup?: number;
  /** A key of fewer distinct units is never shown. */
  readonly preThreshold?: number;
}

/**
 * Discrete Laplace noise of scale `L0 rowsPerGroup / epsilon` on every count, and the least threshold that hides what only
 * one unit has, but for delta.
 *
 * A key that one unit alone has is shown when its count, at most `rowsPerGroup`, and the noise reach the threshold: with
 * probability at most d each, `1 - (1 - d)^L0 = delta` together. With `preThreshold` m a key is shown when its count is more
 * than m - 1 units can give it and its noisy count reaches the threshold, which is then higher by that much: the same rule for
 * the count beyond (docs/proofs/key-selection.md).
 *
 * Google: `ThresholdedLaplace` on a finer grid; OpenDP: `make_laplace_threshold` on integers.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_ROWS_PER_GROUP`, `TOKUMEI_PRE_THRESHOLD`.
 * @example
 * laplaceSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1 }).threshold; // => 15
 */
export function laplaceSelection(o: ThresholdOptions): ThresholdSelection {
  const where = 'laplaceSelection';
  const { epsilon, delta, groupsPerUnit, rows, preThreshold } = checkThreshold(o, where);
  const scale = laplaceScale({ epsilon, sensitivity: groupsPerUnit * rows });
  const noise = { law: 'discrete-laplace', scale } as const;
  return { ...rule('laplace-threshold', noise, thresholdFor(noise, delta, groupsPerUnit, rows), (preThreshold - 1) * rows, o), noise, deltas: { noise: 0, threshold: delta } };
}

/**
 * Discrete Gaussian noise on every count, exactly calibrated on integers, and the least threshold that hides what only one
 * unit has, but for delta.
 *
 * Delta is divided: a part for the noise, `thresholdShare` of it (one half when left out) for the threshold. Noise grows
 * with the square root of L0 only, so from about L0 = 4 on this shows smaller groups than the other rules.
 *
 * Google: Gaussian thresholding, half and half; the sigma of theirs is the analytic one on reals.
 *
 * @throws {TokumeiError} as `laplaceSelection`; `TOKUMEI_SHARES`.
 */
export function gaussianSelection(o: ThresholdOptions & { readonly thresholdShare?: number }): ThresholdSelection {
  const where = 'gaussianSelection';
  const { epsilon, delta, groupsPerUnit, rows, preThreshold } = checkThreshold(o, where);
  const deltas = divideDelta(delta, o.thresholdShare, where);
  const sigma = discreteGaussianSigma({ epsilon, delta: deltas.noise, l0: groupsPerUnit, linf: rows });
  const noise = { law: 'discrete-gaussian', sigma } as const;
  return { ...rule('gaussian-threshold', noise, thresholdFor(noise, deltas.threshold, groupsPerUnit, rows), (preThreshold - 1) * rows, o), noise, deltas };
}

function rule(
  name: 'laplace-threshold' | 'gaussian-threshold',
  noise: NoiseLaw,
  base: number,
  shift: number,
  o: ThresholdOptions,
): Omit<ThresholdSelection, 'noise' | 'deltas' | 'rule'> & { readonly rule: 'laplace-threshold' | 'gaussian-threshold' } {
  const threshold = base + shift;
  const survival = (k: number): number => noiseSurvival(noise, k);
  const keepProbability = (count: number): number => (Math.floor(count) > shift ? survival(threshold - Math.floor(count)) * (1 - outwardMargin) : 0);
  return {
    rule: name,
    epsilon: o.epsilon,
    delta: o.delta,
    groupsPerUnit: o.groupsPerUnit,
    preThreshold: o.preThreshold ?? 1,
    threshold,
    keepProbability,
    leastCount: (probability) => {
      const least = checkProbability(probability, name);
      // From a count far above the threshold on, anything asked for below 1 is certain enough.
      let high = threshold + 1;
      while (survival(threshold - high) < least && high < 2 ** 52) high = 2 * high;
      return smallestInteger((n) => n > shift && survival(threshold - n) >= least, 1, high);
    },
  };
}

function checkThreshold(o: ThresholdOptions, where: string): { epsilon: number; delta: number; groupsPerUnit: number; rows: number; preThreshold: number } {
  const rows = o.rowsPerGroup === undefined ? 1 : checkInteger(o.rowsPerGroup, where, 'rowsPerGroup', 'TOKUMEI_ROWS_PER_GROUP', 1, 2 ** 31);
  const preThreshold = checkPreThreshold(o.preThreshold, where);
  return {
    epsilon: checkEpsilonAbove0(o.epsilon, where),
    delta: checkDeltaAbove0(o.delta, where),
    groupsPerUnit: checkGroupsPerUnit(o.groupsPerUnit, where),
    rows,
    preThreshold,
  };
}
