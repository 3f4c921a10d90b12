import type { NoiseLaw } from '../../core/statement.js';

/**
 * Which keys of the data may be shown, so that a key which only a few units have stays hidden but for delta.
 * Plain numbers about public parameters; samplers and aggregates use them.
 */
export interface KeySelection {
  readonly rule: 'optimal' | 'laplace-threshold' | 'gaussian-threshold' | 'weighted-gaussian-threshold';
  readonly epsilon: number;
  readonly delta: number;
  readonly groupsPerUnit: number;
  /** A key held by fewer distinct units than this is never shown; 1 where no such floor was asked for. */
  readonly preThreshold: number;
  /** The probability that a key with this true count is shown, never above what the proof allows. */
  keepProbability(count: number): number;
  /** The least count that is shown with at least this probability, 0.5 for "as likely as not". */
  leastCount(probability: number): number;
}

/** Selection by a threshold on a noisy count, which may then be published as well: one draw serves both. */
export interface ThresholdSelection extends KeySelection {
  readonly noise: Exclude<NoiseLaw, { readonly law: 'none' }>;
  /** A key is shown when its noisy count reaches this whole number. */
  readonly threshold: number;
  /** How delta was divided; `noise` is 0 for Laplace noise. */
  readonly deltas: { readonly noise: number; readonly threshold: number };
}
