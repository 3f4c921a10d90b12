export {
  discreteLaplaceRenyi,
  exponentialRenyi,
  gaussianRenyi,
  laplaceRenyi,
  pureRenyi,
  zcdpRenyi,
  type RenyiCurve,
} from './curves.js';
export { composeRenyi, renyiDelta, renyiEpsilon, repeatRenyi, type RenyiAnswer } from './renyi.js';
