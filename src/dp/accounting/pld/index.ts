export { approximateLoss, discreteGaussianLoss, discreteLaplaceLoss, gaussianLoss, laplaceLoss, pureLoss, type Loss } from './losses.js';
export { lossDelta, lossEpsilon, type LossOptions, type Releases } from './account.js';
