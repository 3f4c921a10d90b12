import { TokumeiError } from '../../../core/errors.js';

/**
 * Individual risk of a row that shares its quasi-identifiers with f rows of the sample and, by their weights, with F
 * people of the population (Benedetti and Franconi 1998): the expected value of 1 by the unknown class size.
 *
 * As sdcMicro's `measure_risk`: exact for f = 1 and 2, its approximation from 3 on. f = F: 1/f.
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
  const odds = p / (1 - p);
  if (f === 1) return odds * Math.log(1 / p);
  if (f === 2) return odds - odds * odds * Math.log(1 / p);
  return p / (f - (1 - p));
}
