export type { MechanismCost } from './cost.js';
export { discreteLaplaceMechanism, type ScaleOptions } from './noise/laplace.js';
export { discreteGaussianMechanism, type SigmaOptions } from './noise/gaussian.js';
export { gridGaussian, gridLaplace, type GridMechanism } from './noise/grid.js';
export type { IntegerMechanism } from './noise/integerMechanism.js';
export { discreteGaussian } from '../../random/discreteGaussian.js';
export { discreteLaplace } from '../../random/discreteLaplace.js';
export type { IntegerSampler } from '../../random/integerNoise.js';
export { secureRandom } from '../../random/secure.js';
