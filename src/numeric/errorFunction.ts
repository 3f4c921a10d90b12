/**
 * The error function and its relatives, to within a few units in the last place.
 * Rational Chebyshev approximations of W. J. Cody, Math. Comp. 23 (1969) 631-637; nominal error below 1e-18.
 */

const small = [3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947, 0.185777706184603153] as const;
const smallBelow = [23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062] as const;
const middle = [
  0.564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.63513819740013, 881.95222124176909, 1712.04761263407058, 2051.07837782607147,
  1230.33935479799725, 2.15311535474403846e-8,
] as const;
const middleBelow = [
  15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963, 4362.61909014324716, 3439.36767414372164,
  1230.33935480374942,
] as const;
const large = [
  0.305326634961232344, 0.360344899949804439, 0.125781726111229246, 0.0160837851487422766, 6.58749161529837803e-4, 0.0163153871373020978,
] as const;
const largeBelow = [2.56852019228982242, 1.87295284992346047, 0.527905102951428412, 0.0605183413124413191, 2.33520497626869185e-3] as const;

/** 1 / sqrt(pi). */
const inverseRootPi = 0.5641895835477563;

/** erf(x) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return x * smallRatio(y);
  const tail = erfc(y);
  return x > 0 ? 1 - tail : tail - 1;
}

/** erfc(x) = 1 - erf(x), accurate in relative terms also far out in the right tail. */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return 1 - x * smallRatio(y);
  const tail = expMinusSquare(y) * scaledErfc(y);
  return x > 0 ? tail : 2 - tail;
}

/** exp(x^2) erfc(x) for x >= 0, which neither overflows nor underflows: about 1 / (x sqrt(pi)) for large x. */
export function scaledErfc(x: number): number {
  if (x <= 0.46875) return Math.exp(x * x) * (1 - x * smallRatio(x));
  if (x <= 4) {
    let above = middle[8] * x;
    let below = x;
    for (let i = 0; i < 7; i++) {
      above = (above + (middle[i] as number)) * x;
      below = (below + (middleBelow[i] as number)) * x;
    }
    return (above + middle[7]) / (below + middleBelow[7]);
  }
  const y = 1 / (x * x);
  let above = large[5] * y;
  let below = y;
  for (let i = 0; i < 4; i++) {
    above = (above + (large[i] as number)) * y;
    below = (below + (largeBelow[i] as number)) * y;
  }
  return (inverseRootPi - (y * (above + large[4])) / (below + largeBelow[4])) / x;
}

/** erf(x) / x for |x| <= 0.46875. */
function smallRatio(x: number): number {
  const y = x * x;
  let above = small[4] * y;
  let below = y;
  for (let i = 0; i < 3; i++) {
    above = (above + (small[i] as number)) * y;
    below = (below + (smallBelow[i] as number)) * y;
  }
  return (above + small[3]) / (below + smallBelow[3]);
}

/** exp(-x^2), with x split so that the large part of the square is exact. */
function expMinusSquare(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}
