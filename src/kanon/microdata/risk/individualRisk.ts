import { TokumeiError } from '../../../core/errors.js';

/**
 * Individual risk of a row that shares its quasi-identifiers with f rows of the sample and, by their weights, with F
 * people of the population (Benedetti and Franconi 1998): the expected value of 1 by the unknown class size.
 *
 * Exact at every f, p^f/f 2F1(f, f; f+1; 1-p) with p = f/F. sdcMicro's `measure_risk` has the same for f = 1 and 2, and p/(f-1+p) from 3 on,
 * which is up to 4 % too high there. f = F: 1/f.
 *
 * @throws {TokumeiError} `TOKUMEI_RISK`
 * @example
 * individualRisk(4, 4); // => 0.25
 */
export function individualRisk(f: number, F: number): number {
  if (!Number.isSafeInteger(f) || f < 1 || !(F >= f) || !Number.isFinite(F)) {
    throw new TokumeiError('TOKUMEI_RISK', { where: 'individualRisk', parameter: 'f', expected: 'a whole number from 1 up to F', received: f });
  }
  if (f === F) return 1 / f;
  const p = f / F;
  // The integral of x^(f-1) / (1 + odds x) from 0 to 1. Where the population is the larger part its recurrence shrinks errors ...
  const odds = (1 - p) / p;
  if (odds >= 1 && f <= SERIES_FROM) {
    let risk = Math.log1p(odds) / odds;
    for (let i = 1; i < f; i++) risk = (1 / i - risk) / odds;
    return risk;
  }
  // ... elsewhere p/f 2F1(1, 1; f+1; 1-p), whose terms are positive and at most halve.
  let sum = 0;
  for (let k = 0, term = p / f; term > sum * 1e-17; k++) {
    sum += term;
    term *= ((1 - p) * (k + 1)) / (f + 1 + k);
  }
  return sum;
}

/** From here on twenty terms of the series are enough at any odds. */
const SERIES_FROM = 40;
