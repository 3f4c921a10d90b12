export { advancedEpsilon, optimalDelta, optimalEpsilon, type RepeatedRelease } from './optimal.js';
export { boundedRangeRho, spendAsApproximate, spendAsZcdp } from './convert.js';
export { composeParallel, composeSpends, groupSpend, repeatSpend } from './compose.js';
export { discreteGaussianDelta, discreteGaussianSigma, discreteGaussianSigmaByZcdp, type IntegerSensitivity } from './discreteGaussian.js';
export { gaussianDelta, gaussianEpsilon, gaussianSigma } from './gaussian.js';
export { noiseHalfWidth, noiseMass, noiseMeanError, noiseSurvival, noiseVariance } from './laws/noiseLaw.js';
export { discreteLaplaceDelta, laplaceDelta } from './laplace.js';
export { laplaceScale } from './laplaceScale.js';
export { zcdpDelta, zcdpEpsilon, zcdpRho } from './zcdp.js';
