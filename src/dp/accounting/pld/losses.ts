import { TokumeiError } from '../../../core/errors.js';
import { normalSurvival } from '../../../numeric/normal.js';
import { checkDeltaFrom0, checkEpsilonAbove0, checkScale, checkSensitivity, checkSigma, checkWhole } from '../checks.js';
import { latticeFactor, type IntegerSensitivity } from '../discreteGaussian.js';
import { discreteGaussianMass, discreteGaussianSurvival } from '../laws/discreteGaussian.js';
import { GridBuilder, type GridLaw } from './grid.js';

/** The law of the privacy loss of one release, to be put on a grid once the step is known. */
export interface Loss {
  /** The largest loss; Infinity where there is none. */
  readonly largest: number;
  /** About the standard deviation of the loss, from which the grid's step is chosen. */
  readonly spread: number;
  /** All losses are whole multiples of this, where they are. */
  readonly lattice?: number;
  onGrid(step: number): GridLaw;
}

/** Beyond this many standard deviations, mass below 1e-40 is charged in full. */
const reach = 13.4;

/**
 * Discrete Laplace noise on one whole number that a unit moves by at most `sensitivity`. On integers the loss is a lattice
 * law, with more mass at its ends than that of Laplace noise on reals: 100 releases at scale 10 and delta 1e-6 compose to
 * 4.7746 and not to 4.693. For several numbers moved by one each give that many releases.
 */
export function discreteLaplaceLoss(o: { readonly scale: number; readonly sensitivity?: number }): Loss {
  const scale = checkScale(o.scale, 'discreteLaplaceLoss');
  const moved = checkWhole(o.sensitivity ?? 1, 'discreteLaplaceLoss', 'sensitivity');
  if (moved > 1e6) throw new TokumeiError('TOKUMEI_SENSITIVITY_RANGE', { where: 'discreteLaplaceLoss', parameter: 'sensitivity', expected: 'at most 1e6', received: moved });
  const unit = 1 / scale;
  const q = Math.exp(-unit);
  return {
    largest: moved * unit,
    spread: moved * unit,
    lattice: unit,
    onGrid: (step) => {
      const grid = new GridBuilder(step, -moved * unit, moved * unit);
      grid.atom(moved * unit, 1 / (1 + q));
      grid.atom(-moved * unit, Math.exp(-moved * unit) / (1 + q));
      for (let k = 1; k < moved; k++) grid.atom((moved - 2 * k) * unit, Math.tanh(unit / 2) * Math.exp(-k * unit));
      return grid.finish();
    },
  };
}

/**
 * Discrete Gaussian noise of parameter `sigma` on each of the whole numbers of a vector: at most `l0` are moved, each by
 * at most `linf`. The loss is that of one discrete Gaussian of parameter `sigma sqrt(l0)` moved by `l0 linf`, up to the
 * factor of docs/proofs/discrete-gaussian.md. Cost: 27 sigma sqrt(l0) atoms; above 1e5 of these account in zCDP instead.
 */
export function discreteGaussianLoss(o: { readonly sigma: number } & IntegerSensitivity): Loss {
  const where = 'discreteGaussianLoss';
  const each = checkSigma(o.sigma, where);
  const l0 = checkWhole(o.l0 ?? 1, where, 'l0');
  const moved = l0 * checkWhole(o.linf ?? 1, where, 'linf');
  const sigma = each * Math.sqrt(l0);
  const factor = l0 === 1 ? 1 : latticeFactor(each, l0);
  if (sigma > 1e5 || factor > 2) {
    throw new TokumeiError('TOKUMEI_SIGMA_RANGE', { where, parameter: 'sigma', expected: 'at most 1e5 / sqrt(l0), and not far below 2 for l0 > 1', received: each });
  }
  const unit = moved / (2 * sigma * sigma);
  const last = Math.ceil(reach * sigma) + 1;
  return {
    largest: Infinity,
    spread: moved / sigma,
    lattice: unit,
    onGrid: (step) => {
      const grid = new GridBuilder(step, (moved - 2 * last) * unit, (moved + 2 * last) * unit);
      for (let k = -last; k <= last; k++) grid.atom((2 * k + moved) * unit, factor * discreteGaussianMass(sigma, k));
      const beyond = factor * discreteGaussianSurvival(sigma, last + 1);
      grid.infinity(beyond);
      // Below the range: raised to its lower end, which is never better.
      grid.atom((moved - 2 * last) * unit, beyond);
      return grid.finish();
    },
  };
}

/** Any release of pure epsilon: randomized response, the worst there is. Also for permute-and-flip and other choices. */
export function pureLoss(epsilon: number): Loss {
  return approximateLoss({ epsilon, delta: 0 });
}

/** Any (epsilon, delta)-differentially private release: the worst there is (Kairouz, Oh and Viswanath 2015, theorem 3.2). */
export function approximateLoss(o: { readonly epsilon: number; readonly delta: number }): Loss {
  const epsilon = checkEpsilonAbove0(o.epsilon, 'approximateLoss');
  const delta = checkDeltaFrom0(o.delta, 'approximateLoss');
  return {
    largest: delta === 0 ? epsilon : Infinity,
    spread: epsilon,
    lattice: epsilon,
    onGrid: (step) => {
      const grid = new GridBuilder(step, -epsilon, epsilon);
      grid.atom(epsilon, (1 - delta) / (1 + Math.exp(-epsilon)));
      grid.atom(-epsilon, ((1 - delta) * Math.exp(-epsilon)) / (1 + Math.exp(-epsilon)));
      grid.infinity(delta);
      return grid.finish();
    },
  };
}

/** Laplace noise on reals, for comparison with other accounts; this library draws `discreteLaplaceLoss`. */
export function laplaceLoss(o: { readonly scale: number; readonly sensitivity?: number }): Loss {
  const epsilon = checkSensitivity(o.sensitivity ?? 1, 'laplaceLoss') / checkScale(o.scale, 'laplaceLoss');
  const front = 0.25 * Math.exp(-epsilon / 2);
  return {
    largest: epsilon,
    spread: epsilon,
    onGrid: (step) => {
      const grid = new GridBuilder(step, -epsilon, epsilon);
      grid.atom(epsilon, 0.5);
      grid.atom(-epsilon, 0.5 * Math.exp(-epsilon));
      grid.density(-epsilon, epsilon, 0.5, (loss) => front * Math.exp(loss / 2));
      return grid.finish();
    },
  };
}

/** Gaussian noise on reals, for comparison with other accounts; this library draws `discreteGaussianLoss`. */
export function gaussianLoss(o: { readonly sigma: number; readonly sensitivity?: number }): Loss {
  const s = checkSigma(o.sigma, 'gaussianLoss') / checkSensitivity(o.sensitivity ?? 1, 'gaussianLoss');
  const mean = 1 / (2 * s * s);
  const deviation = 1 / s;
  const [low, high] = [mean - reach * deviation, mean + reach * deviation];
  const front = 1 / (deviation * Math.sqrt(2 * Math.PI));
  return {
    largest: Infinity,
    spread: deviation,
    onGrid: (step) => {
      const grid = new GridBuilder(step, low, high);
      grid.density(low, high, deviation / 2, (loss) => front * Math.exp(-0.5 * ((loss - mean) / deviation) ** 2));
      grid.atom(low, normalSurvival(reach));
      grid.infinity(normalSurvival(reach));
      return grid.finish();
    },
  };
}
