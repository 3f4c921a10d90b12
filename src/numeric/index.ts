export { betaCdf, betaQuantile } from './beta.js';
export { binomialMass } from './binomial.js';
export { clopperPearsonLower, clopperPearsonUpper } from './clopperPearson.js';
export { doubleInSmallestUnits, nextDown, nextUp, splitDouble, sumsAtMost } from './doubles.js';
export { digamma, trigamma } from './digamma.js';
export { erf, erfc, scaledErfc } from './errorFunction.js';
export { exactSum } from './exactSum.js';
export { chiSquareSurvival, gammaCdf, gammaSurvival, logGamma } from './gamma.js';
export { log1mExp, logAddExp, logSubExp, logSumExp } from './logarithms.js';
export { millsRatio, normalCdf, normalDensity, normalQuantile, normalSurvival, normalUpperQuantile } from './normal.js';
export { outwardMargin, roundDown, roundUp } from './outward.js';
export {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  rational,
  rationalOf,
  rationalToDouble,
  subtractRational,
  type Rational,
} from './rational.js';
export { findRoot, minimize, smallestInteger } from './roots.js';
