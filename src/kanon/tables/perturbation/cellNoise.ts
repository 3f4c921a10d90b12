import { TokumeiError } from '../../../core/errors.js';
import type { Json } from '../../../core/statement.js';

/** Keys are whole numbers below this, so that the sum of two is exact. */
export const KEYS: number = 2 ** 52;

/** How a count is changed: made by `perturbationTable` or `randomRounding`. */
export interface CellNoise {
  readonly method: 'cell-key' | 'random-rounding';
  /** No count is changed by more. */
  readonly maximumNoise: number;
  /** Declared, and published in the manifest. */
  readonly parameters: { readonly [name: string]: Json };
  /** The published count for a true one and the key of its cell, a whole number below 2^52. */
  readonly publish: (count: number, cellKey: number) => number;
}

/** What manifests say of it. */
export const accuracyOf = ({ maximumNoise, parameters }: CellNoise): { readonly [name: string]: Json } => ({
  count: { within: maximumNoise, mean: 0, ...('variance' in parameters ? { variance: parameters['variance']! } : {}) },
});

const made = new WeakSet<object>();

/** Registers noise as one of ours: a stage takes no other, since anything could call itself noise. */
export function makeNoise<N extends CellNoise>(noise: N): N {
  made.add(noise);
  return Object.freeze(noise);
}

/** @throws {TokumeiError} `TOKUMEI_CELL_NOISE` */
export function checkNoise(where: string, noise: CellNoise): CellNoise {
  if (typeof noise === 'object' && noise !== null && made.has(noise)) return noise;
  throw new TokumeiError('TOKUMEI_CELL_NOISE', { where, parameter: 'noise', expected: 'perturbationTable({ … }) or randomRounding({ … })', received: noise });
}
