import { TokumeiError } from '../../../core/errors.js';
import type { Measured } from '../../../table/plan.js';
import { halfWidth } from '../engine/halfWidth.js';
import type { Kind, Options } from '../engine/kind.js';
import type { CountNoise } from '../engine/noise.js';
import { checkBounds, checkGroupsPerUnit, checkRowsPerGroup, checkValue } from '../engine/options.js';

/** A row is divided into this many steps: 2^20. */
export const ROW_STEPS = 1048576;

/** The bounds of a mean or variance. */
export interface MomentBounds {
  readonly value: string;
  readonly lower: number;
  readonly upper: number;
  readonly groupsPerUnit: number;
  readonly rowsPerGroup: number;
}

/** What a mean and a variance have in common. All numbers of one unit and group sum to at most its rows' steps: that bounds L1, and L2 with it. */
export function momentsKind(degree: 1 | 2): Pick<Kind<MomentBounds>, 'check' | 'reach' | 'says'> {
  const name = degree === 1 ? 'mean' : 'variance';
  return {
    check: checkMoments,
    reach: ({ rowsPerGroup }, l0) => ({ places: l0, each: rowsPerGroup * ROW_STEPS, counted: false }),
    says: ({ value, lower, upper, groupsPerUnit, rowsPerGroup }, noise, unit) => ({
      bounds: { groupsPerUnit, rowsPerGroup, lower, upper },
      parameters: { value },
      // Not by the name of the figure: the noise is that of the numbers behind it, which a ranking of figures must not take for theirs.
      measure: { name: 'parts', what: `${name} of ${value}, from ${degree + 1} numbers that carry this noise each and sum to the count`, step: 1 / ROW_STEPS },
      accuracy: {
        [name]: { confidence: 0.95, interval: 'stands in each line' },
        count: { confidence: 0.95, halfWidth: ((degree + 1) * reachOf(noise, degree + 1)) / ROW_STEPS },
      },
      notCovered: [`values are clamped to ${lower} to ${upper}; a ${unit} with more than ${rowsPerGroup} rows in a group counts there as ${rowsPerGroup} rows of its average`],
    }),
  };
}

function checkMoments(where: string, o: Options): MomentBounds {
  const { lower, upper } = checkBounds(where, o['lower'], o['upper']);
  // So that squares of the range stay finite.
  if (!(upper - lower <= 2 ** 500)) throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'upper', expected: 'at most 2^500 above lower', received: upper });
  return { value: checkValue(where, o['value']), lower, upper, groupsPerUnit: checkGroupsPerUnit(where, o['groupsPerUnit']), rowsPerGroup: checkRowsPerGroup(where, o['rowsPerGroup']) };
}

export function momentsOf({ value, lower, upper, rowsPerGroup }: MomentBounds, degree: 1 | 2): Measured {
  return { measure: 'moments', value, degree, lower, upper, rowsPerGroup, rowSteps: ROW_STEPS };
}

/** Each of `numbers` independent noises is at most this, in steps, all at once with probability 0.95. */
export function reachOf(noise: CountNoise, numbers: number): number {
  return halfWidth(noise, 0.95 ** (1 / numbers));
}

/** Where between the bounds. */
export const between = (lower: number, upper: number, share: number): number => lower * (1 - share) + upper * share;

/**
 * The ends of an interval of a share, moved outward by what rounding rows to steps can have moved it, and laid between the
 * bounds; outward again by what doubles near a bound far from zero are apart.
 */
export function spanBetween(lower: number, upper: number, low: number, high: number, rounding: number): [low: number, high: number] {
  const ulps = 2 ** -50 * Math.max(Math.abs(lower), Math.abs(upper));
  return [Math.max(lower, between(lower, upper, Math.max(0, low - rounding)) - ulps), Math.min(upper, between(lower, upper, Math.min(1, high + rounding)) + ulps)];
}

/** What a noisy number that is not negative can be, at the least and at the most. */
export const atLeast = (noisy: number, reach: number): number => Math.max(0, noisy - reach);
export const atMost = (noisy: number, reach: number): number => Math.max(0, noisy + reach);

/** a / (a + b), and what it is where both are zero. */
export const ratio = (a: number, b: number, otherwise: number): number => (a + b > 0 ? a / (a + b) : otherwise);
