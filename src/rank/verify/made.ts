import type { Json, KeyOrigin, MeasureStatement } from '../../core/statement.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';

/** Whether a value can stand in a column, beside the others of its line. */
export type CellRule = (value: unknown, line: Readonly<Record<string, unknown>>) => boolean;

/** How lines are ranked. `by` is the column that is shown, if it is. */
export interface RankedBy {
  readonly ties: string;
  readonly order: string;
  readonly by: string | null;
  readonly top: number | null;
}

/** What a mechanism says of itself in the manifest, made again from the inputs that the manifest states, and what its lines can hold. */
export interface Made {
  readonly guarantee: DifferentialPrivacy;
  readonly parameters: { readonly [name: string]: Json };
  readonly measures: readonly MeasureStatement[];
  readonly keys: KeyOrigin;
  readonly bounds: { readonly [name: string]: number };
  readonly accuracy: { readonly [name: string]: Json };
  readonly notCovered: readonly string[];
  /** The steps from the aggregate on that belong to the mechanism. The stage of the first may be any of `stages`. */
  readonly steps: readonly { readonly [name: string]: Json }[];
  readonly stages: readonly string[];
  /** Columns beside `key`, in no order. */
  readonly columns: Readonly<Record<string, CellRule>>;
  readonly declared: number | 'discover';
  /** The smallest count of a key that was discovered by it. */
  readonly threshold: number | null;
  readonly ranked: RankedBy | null;
  /** One line for all groups, with the key null. */
  readonly pooled?: boolean;
}

/** A manifest whose shape was checked. */
export interface StatedManifest {
  readonly unit: string;
  readonly by: readonly string[];
  readonly guarantee: DifferentialPrivacy;
  readonly mechanism: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly measures: readonly MeasureStatement[];
  readonly keys: Readonly<Record<string, unknown>>;
  readonly bounds: Readonly<Record<string, unknown>>;
  readonly steps: readonly (Readonly<Record<string, unknown>> & { readonly stage: string })[];
  readonly accuracy: Readonly<Record<string, unknown>>;
  readonly notCovered: readonly string[];
  readonly guard: { readonly onIdentifier: string };
}

export const isState: CellRule = (value) => value === 'value';
export const isRankedState: CellRule = (value) => value === 'value' || value === 'tied';

/** A finite multiple of a step. */
export const multipleOf =
  (step: number): CellRule =>
  (value) =>
    typeof value === 'number' && Number.isFinite(value) && (Math.round(value / step) * step === value || value === 0);

export const within =
  (low: number, high: number): CellRule =>
  (value) =>
    typeof value === 'number' && value >= low && value <= high;

export const listOf =
  (length: number, rule: CellRule): CellRule =>
  (value, line) =>
    Array.isArray(value) && value.length === length && value.every((item) => rule(item, line));

/** A pair that rises or stays, both of one kind. */
export const pairOf =
  (rule: CellRule): CellRule =>
  (value, line) =>
    listOf(2, rule)(value, line) && (value as number[])[0]! <= (value as number[])[1]!;
