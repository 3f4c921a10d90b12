import { TokumeiError } from '../../core/errors.js';
import { bernoulli } from '../../random/bernoulli.js';
import { discreteGaussian } from '../../random/discreteGaussian.js';
import { discreteLaplace } from '../../random/discreteLaplace.js';
import { isSecureRandom } from '../../random/secure.js';
import type { RandomSource } from '../../random/source.js';
import { addToAll } from './noise/integerMechanism.js';

/** What every request to a {@link NoisePort} says: exact private values, and by how much one unit can move them. */
export interface PrivateRequest {
  /** Exact values, one for each key: whole numbers of magnitude at most 2^52. */
  readonly values: ArrayLike<number>;
  /** At most this for adding or removing one unit, in the norm of the mechanism, over all values of the request together. */
  readonly sensitivity: number;
  /** The names of the values, where they have any. Leave them out for a single figure. */
  readonly keys?: readonly unknown[];
  /** For keys found in the data: at most this many can exist with a unit and not without it (L0). 0, or left out, for declared keys. */
  readonly newKeys?: number;
}

export interface LaplaceRequest extends PrivateRequest {
  /** Sensitivity is meant in L1. */
  readonly scale: number;
}
export interface GaussianRequest extends PrivateRequest {
  /** Sensitivity is meant in L2. */
  readonly sigma: number;
}
/** A request to toss one exact coin for each value; sensitivity is meant in L-infinity: for each value by itself. */
export interface CoinRequest extends PrivateRequest {
  /** What the coin is, in public words and numbers: `optimal selection, epsilon 0.5, delta 1e-7`. */
  readonly law: string;
  /** The probability of heads for a value. A function of the value and of public parameters alone. */
  readonly probability: (value: number) => number;
}
/** A request to choose among the values; sensitivity is meant in L-infinity. */
export interface ChoiceRequest extends PrivateRequest {
  /** Which mechanism chooses, in public words and numbers: `exponential, scale 2, 20 picks`. */
  readonly law: string;
  /** At most this many positions are chosen. */
  readonly picks: number;
  /** The mechanism: sees the exact values, returns positions. */
  readonly choose: (values: ArrayLike<number>, random: RandomSource) => readonly number[];
}

/**
 * The one way from exact values to noised ones. Every aggregate asks here for each thing it releases, and nowhere else.
 *
 * So a test can stand in for the port, record each value with its declared sensitivity, and compare what was recorded on
 * neighbouring data (`recordNoise`, `keepsSensitivity` in `tokumei/testing`), without noise and without luck.
 */
export interface NoisePort {
  /** True only when all bits come from the platform's generator: for `Protected`. */
  readonly secure: boolean;
  /** For choices that need no protection themselves, such as the key by which a unit's groups are sampled. */
  readonly random: RandomSource;
  laplace(request: LaplaceRequest): Float64Array;
  gaussian(request: GaussianRequest): Float64Array;
  /** 1 where the coin fell heads. */
  coins(request: CoinRequest): Uint8Array;
  choose(request: ChoiceRequest): readonly number[];
}

/** Under this property a source may carry its own port: the recorder of the testing kit does. */
export const NOISE_PORT: unique symbol = /* @__PURE__ */ Symbol('tokumei.noise-port');

/**
 * The port that belongs to the `random` option of an aggregate: `noisePort(options.random ?? secureRandom())`.
 *
 * @example
 * const port = noisePort(secureRandom());
 * port.laplace({ values: [10, 20], sensitivity: 1, scale: 2 }); // e.g. Float64Array [11, 17]
 */
export function noisePort(random: RandomSource): NoisePort {
  const carried = (random as RandomSource & { readonly [NOISE_PORT]?: NoisePort })[NOISE_PORT];
  return carried === undefined ? new SourcePort(random) : notSecure(carried);
}

/** Whoever carries a port of their own is a test: whatever the port says of itself, nothing that it touched is released. */
function notSecure(port: NoisePort): NoisePort {
  return {
    secure: false,
    random: port.random,
    laplace: (request) => port.laplace(request),
    gaussian: (request) => port.gaussian(request),
    coins: (request) => port.coins(request),
    choose: (request) => port.choose(request),
  };
}

class SourcePort implements NoisePort {
  readonly random: RandomSource;

  constructor(random: RandomSource) {
    this.random = random;
    Object.freeze(this);
  }
  get secure(): boolean {
    return isSecureRandom(this.random);
  }
  laplace({ values, scale }: LaplaceRequest): Float64Array {
    return addToAll('laplace', discreteLaplace(scale), values, this.random);
  }
  gaussian({ values, sigma }: GaussianRequest): Float64Array {
    return addToAll('gaussian', discreteGaussian(sigma), values, this.random);
  }
  coins({ values, probability }: CoinRequest): Uint8Array {
    const heads = new Uint8Array(values.length);
    for (let i = 0; i < heads.length; i++) heads[i] = bernoulli(probability(values[i] as number), this.random) ? 1 : 0;
    return heads;
  }
  choose({ values, picks, choose }: ChoiceRequest): readonly number[] {
    const chosen = choose(values, this.random);
    if (chosen.length > picks) throw new TokumeiError('TOKUMEI_NOISE_PORT', { where: 'choose', message: 'a mechanism chose more than it declared' });
    return chosen;
  }

  // A spy left behind on one port must not become the noise of every other that calls itself secure.
  static {
    Object.freeze(SourcePort.prototype);
  }
}
