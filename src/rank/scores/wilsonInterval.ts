import { checkOneOf } from '../../core/checks.js';
import { normalUpperQuantile } from '../../numeric/normal.js';
import { checkConfidence } from '../intervals/rankIntervals.js';
import { checkNumber, notNegative } from './checks.js';

/** `two`: both bounds hold together. `one`: each bound holds by itself, as for ranking by the lower one. */
export type Sides = 'one' | 'two';

export interface WilsonInterval {
  readonly estimate: number | null;
  readonly lower: number;
  readonly upper: number;
  /** The normal quantile that was used; 1.96 for two sides at 0.95, 1.645 for one. */
  readonly z: number;
  readonly sides: Sides;
  readonly confidence: number;
}

/**
 * Wilson's score interval of a share: rank by its lower bound, and few votes do not win.
 *
 * Use it on true counts or on protected ones; noise in these is not in it. `z` and the sides are returned because
 * libraries differ in what they call 95 %. R: `prop.test(x, n, correct = FALSE)$conf.int` (two sides);
 * statsmodels: `proportion_confint(x, n, method="wilson")`. Wilson 1927.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless 0 <= successes <= trials and `sides` is `one` or `two`; `TOKUMEI_CONFIDENCE`.
 * @example
 * const { lower, z } = wilsonInterval({ successes: 90, trials: 100 });
 * [lower.toFixed(5), z.toFixed(6)]; // => ['0.82563', '1.959964']
 */
export function wilsonInterval(o: { readonly successes: number; readonly trials: number; readonly confidence?: number; readonly sides?: Sides }): WilsonInterval {
  const where = 'wilsonInterval';
  const n = checkNumber(o.trials, where, 'trials', 'finite and >= 0', notNegative);
  const x = checkNumber(o.successes, where, 'successes', 'from 0 to trials', (value) => value >= 0 && value <= n);
  const confidence = checkConfidence(o.confidence ?? 0.95, where);
  const sides: Sides = checkOneOf(o.sides ?? 'two', where, 'sides', 'TOKUMEI_SCORE', ['one', 'two']);
  const z = normalUpperQuantile((1 - confidence) / (sides === 'two' ? 2 : 1));
  if (n === 0) return { estimate: null, lower: 0, upper: 1, z, sides, confidence };
  const p = x / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  // No success says nothing of the lower bound but that it is 0; the difference below may be off by a rounding.
  return { estimate: p, lower: x === 0 ? 0 : Math.max(0, (middle - half) / whole), upper: x === n ? 1 : Math.min(1, (middle + half) / whole), z, sides, confidence };
}
