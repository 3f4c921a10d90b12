export type { RandomSource } from './source.js';
export { isSecureRandom, secureRandom } from './secure.js';
export { shuffle, uniform53, uniformBelow, uniformBelowBig, uniformBits } from './uniform.js';
export { bernoulli, bernoulliRational } from './bernoulli.js';
export { bernoulliExp } from './bernoulliExp.js';
