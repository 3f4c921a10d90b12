/** How a differentially private guarantee is measured. */
export type PrivacyMeasure = 'pure' | 'approximate' | 'zcdp';

/**
 * Adding or removing everything of one unit changes the odds of any output by at most `exp(epsilon)`,
 * up to probability `delta`. Neighbouring data: one unit with all its rows is added or removed.
 */
export interface DifferentialPrivacy<Unit extends string = string, Measure extends PrivacyMeasure = PrivacyMeasure> {
  readonly kind: 'differential-privacy';
  readonly unit: Unit;
  readonly measure: Measure;
  /** Infinity (null in JSON) for `zcdp`, which promises no epsilon until a delta is chosen: `zcdpEpsilon` states it. */
  readonly epsilon: number;
  readonly delta: number;
  /** Zero-concentrated differential privacy, where the account was kept in it. */
  readonly rho?: number;
}

/** Every published group stands for at least `k` distinct units. Bounds no inference by itself. */
export interface KAnonymity<Unit extends string = string> {
  readonly kind: 'k-anonymity';
  readonly unit: Unit;
  readonly k: number;
}

/** Cells that break a rule, and those that would give them away, are withheld. Bounds no inference by itself. */
export interface TableControl<Unit extends string = string> {
  readonly kind: 'table-control';
  readonly unit: Unit;
  readonly rules: readonly string[];
}

/** Cells carry small keyed or random changes (cell-key noise, rounding). Bounds no inference by itself. */
export interface Perturbed<Unit extends string = string> {
  readonly kind: 'perturbed';
  readonly unit: Unit;
  readonly method: string;
}

export type Guarantee = DifferentialPrivacy | KAnonymity | TableControl | Perturbed;
