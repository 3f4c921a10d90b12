import { checkInteger, checkOptions } from '../../../core/checks.js';
import { KEYS, makeNoise, type CellNoise } from './cellNoise.js';

/**
 * Random rounding to multiples of a base, without bias: a count with remainder r is rounded up with probability r / base.
 *
 * **When.** For `cellKeyCounts`, where the same cell is rounded the same way in every table. **Convention.** Statistics New Zealand's
 * RR3 is `base: 3`; sdcMicro has no such call. The published count differs by less than the base from the true one; multiples stay.
 *
 * @throws {TokumeiError} `TOKUMEI_ROUNDING_BASE` when the base is no whole number from 2 to 1,000,000.
 * @example
 * randomRounding({ base: 5 }).publish(10, 0); // => 10
 */
/* @__NO_SIDE_EFFECTS__ */
export function randomRounding(options: { readonly base: number }): CellNoise {
  const where = 'randomRounding';
  const base = checkInteger(checkOptions(options, where, 'base').base, where, 'base', 'TOKUMEI_ROUNDING_BASE', 2, 1_000_000);
  return makeNoise({
    method: 'random-rounding',
    maximumNoise: base - 1,
    parameters: Object.freeze({ base, maximumNoise: base - 1 }),
    publish: (count: number, cellKey: number) => {
      const rest = count % base;
      // Keys are uniform below 2^52; the share r / base of them is met to one key.
      return count - rest + (cellKey < Math.round((rest / base) * KEYS) ? base : 0);
    },
  });
}
